package io.cordboard.adapters.fhir;

import io.cordboard.adapterkit.http.Answer;
import io.cordboard.adapterkit.http.HttpCaller;
import io.cordboard.adapterkit.http.Request;
import io.cordboard.kernel.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests to the server, and what its answers mean for who asked. */
final class FhirHttp {
  /** After how long a server that says nothing about it may be asked again. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final String TYPE = "application/fhir+json";
  private static final int LONGEST_WORDS = 200;

  private final String name;
  private final URI base;
  private final HttpCaller caller;
  private final Login login;

  FhirHttp(String name, URI base, HttpCaller caller, Login login) {
    this.name = name;
    this.base = base;
    this.caller = caller;
    this.login = login;
  }

  /**
   * An answer that can be understood.
   *
   * @param body null where there is none
   */
  record Told(int status, @Nullable ObjectNode body, Map<String, String> headers) {
    boolean ok() {
      return status < 300;
    }

    /** The resource; there is one wherever the status says that it went well. */
    ObjectNode resource() {
      return body == null ? FhirJson.object() : body;
    }
  }

  /** Reads. */
  Told get(String path, Deadline until) {
    // some servers answer a repeated search from memory for a minute
    return send("GET", path, null, Map.of("Cache-Control", "no-cache", "Prefer", "handling=strict"), until, true);
  }

  /** Makes or changes something. */
  Told write(String method, String path, ObjectNode body, Map<String, String> headers, Deadline until) {
    return send(method, path, body, headers, until, false);
  }

  private Told send(
      String method, String path, @Nullable ObjectNode body, Map<String, String> headers, Deadline until,
      boolean harmless) {
    Map<String, String> let = login.headers(until);
    Answer answer = once(method, path, body, headers, let, until, harmless);
    if (answer.status() == 401 && login.renew(let, until)) {
      answer = once(method, path, body, headers, login.headers(until), until, harmless);
    }
    return told(answer, harmless);
  }

  private Answer once(
      String method, String path, @Nullable ObjectNode body, Map<String, String> headers, Map<String, String> let,
      Deadline until, boolean harmless) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(let);
    all.put("Accept", TYPE);
    URI uri = URI.create(base + (path.startsWith("?") ? path : "/" + path));
    if (body == null) {
      return caller.send(Request.get(uri, all, until.left()));
    }
    all.put("Content-Type", TYPE);
    return caller.send(new Request(method, uri, all, FhirJson.bytes(body), until.left(), harmless));
  }

  private Told told(Answer answer, boolean harmless) {
    int status = answer.status();
    if (status == 401) {
      throw new Fault.AuthLapsed(
          "'%s' does not let us in: give a login that is good and not ended.".formatted(name));
    }
    if (status == 403) {
      throw new Fault.Refused(
          "'%s' does not allow this to our login (%s): widen its rights there.".formatted(name, reason(answer)));
    }
    if (status == 429 || status == 503) {
      throw new Fault.Busy("'%s' has too much to do.".formatted(name), answer.retryAfter(PAUSE));
    }
    if (status >= 500) {
      throw unheard(harmless, "answered with status %d (%s)".formatted(status, reason(answer)));
    }
    if (status >= 300 && status < 400) {
      throw new Fault.Refused(
          "'%s' sends us to another address: write that one into the configuration.".formatted(name));
    }
    ObjectNode body = FhirJson.read(answer.body());
    boolean resource = body != null && body.path("resourceType").isString();
    if (resource || status == 204 || (status < 300 && !harmless && isSilent(answer))) {
      return new Told(status, body, answer.headers());
    }
    throw unheard(harmless, "answered with something that is no FHIR resource (status %d)".formatted(status));
  }

  // a server may answer a write with its place and its version alone
  private static boolean isSilent(Answer answer) {
    Map<String, String> headers = answer.headers();
    return answer.body().length == 0 && (headers.containsKey("etag") || headers.containsKey("location"));
  }

  private Fault unheard(boolean harmless, String what) {
    String words = "'%s' %s.".formatted(name, what);
    return harmless ? new Fault.Unreachable(words, null) : new Fault.OutcomeUnknown(words, null);
  }

  private static String reason(Answer answer) {
    ObjectNode body = FhirJson.read(answer.body());
    return body == null ? "no reason told" : reason(body);
  }

  /** What an OperationOutcome says, in short. */
  static String reason(JsonNode outcome) {
    JsonNode issue = outcome.path("issue").path(0);
    String words = issue.path("details").path("text").asString(issue.path("diagnostics").asString("no reason told"));
    String place = issue.path("expression").path(0).asString("");
    String all = place.isEmpty() ? words : place + ": " + words;
    return Fault.cut(all.replaceAll("[\\p{Cntrl}\\p{Cf}]", "·"), LONGEST_WORDS);
  }
}
