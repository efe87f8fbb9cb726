package io.cordboard.adapters.odoo;

import io.cordboard.adapterkit.http.Allowed;
import io.cordboard.adapterkit.http.Answer;
import io.cordboard.adapterkit.http.HttpCaller;
import io.cordboard.adapterkit.http.Request;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls methods of Odoo's models over its JSON-2 interface; each call is a transaction there. */
final class JsonTwo implements AutoCloseable {
  private static final int MOST_BYTES = 32 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<Integer> NO_ANSWER = Set.of(502, 504);

  private final String system;
  private final URI url;
  private final Map<String, String> headers;
  private final HttpCaller http;
  private final Clock clock;
  private final Duration timeout;
  private final long endNanos;

  JsonTwo(String system, OdooFile file, String key, boolean internal, Clock clock) {
    this.system = system;
    this.url = file.url();
    this.headers =
        Map.of(
            "Authorization",
            "bearer " + key,
            "X-Odoo-Database",
            file.database(),
            "Content-Type",
            "application/json",
            "Accept",
            "application/json");
    this.http = new HttpCaller(system, new Allowed(file.hosts(), internal), MOST_BYTES);
    this.clock = clock;
    this.timeout = file.timeout();
    this.endNanos = 0;
  }

  private JsonTwo(JsonTwo whole, Duration within) {
    this.system = whole.system;
    this.url = whole.url;
    this.headers = whole.headers;
    this.http = whole.http;
    this.clock = whole.clock;
    this.timeout = within;
    this.endNanos = clock.nanos() + within.toNanos();
  }

  /** The same for requests that may take so long together. */
  JsonTwo within(Duration together) {
    return new JsonTwo(this, together);
  }

  /** An answer, and when it was given by their clock. */
  record Said(JsonNode value, Instant at) {}

  /** A method that only reads. */
  JsonNode ask(String model, String method, Map<String, ?> arguments) {
    return send(model, method, arguments, true).value();
  }

  /** Rows that were searched for, and when they were read. */
  Said search(String model, Map<String, ?> arguments) {
    Said said = send(model, "search_read", arguments, true);
    if (!said.value().isArray()) {
      throw new Fault.Unreachable(
          "'%s' answered a search with something else than rows.".formatted(system), null);
    }
    return said;
  }

  /** A method that changes something. */
  JsonNode order(String model, String method, Map<String, ?> arguments) {
    return send(model, method, arguments, false).value();
  }

  private Said send(String model, String method, Map<String, ?> arguments, boolean harmless) {
    Duration left = endNanos == 0 ? timeout : Duration.ofNanos(endNanos - clock.nanos());
    if (left.toMillis() < 1) {
      throw new Fault.Unreachable(
          "'%s' was not asked: the time for it is over.".formatted(system), null);
    }
    URI uri = URI.create("%s/json/2/%s/%s".formatted(url, path(model), path(method)));
    byte[] body = JSON.writeValueAsBytes(arguments);
    Answer answer = http.send(new Request("POST", uri, headers, body, left, harmless));
    JsonNode value = read(answer);
    if (answer.status() == 200 && value != null) {
      return new Said(value, time(answer));
    }
    throw fault(answer, value, harmless);
  }

  private static String path(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }

  private static @Nullable JsonNode read(Answer answer) {
    try {
      JsonNode value = answer.isJson() ? JSON.readTree(answer.body()) : null;
      return value == null || value.isMissingNode() ? null : value;
    } catch (JacksonException unreadable) {
      return null;
    }
  }

  private Instant time(Answer answer) {
    try {
      return ZonedDateTime.parse(
              answer.headers().getOrDefault("date", ""), DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant();
    } catch (DateTimeException untold) {
      return clock.now();
    }
  }

  private Fault fault(Answer answer, @Nullable JsonNode value, boolean harmless) {
    int status = answer.status();
    if (status == 429 || status == 503) {
      return new Fault.Busy(
          "'%s' is overloaded (%d).".formatted(system, status),
          answer.retryAfter(Duration.ofSeconds(5)));
    }
    if (value != null && value.path("name").isString()) {
      return Refusals.fault(
          system, value.path("name").asString(), value.path("message").asString(""));
    }
    if (status == 401 || status == 403) {
      return Refusals.lapsed(system);
    }
    if (status == 404) {
      return new Fault.Refused(
          ("'%s' knows no such address or database: look at odoo.url and odoo.database, and whether"
                  + " it is Odoo 19 or newer.")
              .formatted(system));
    }
    String words =
        "'%s' answered with status %d and nothing that can be understood."
            .formatted(system, status);
    boolean unknown = status == 200 || status >= 500 || NO_ANSWER.contains(status);
    return !unknown
        ? new Fault.Refused(words)
        : harmless ? new Fault.Unreachable(words, null) : new Fault.OutcomeUnknown(words, null);
  }

  @Override
  public void close() {
    http.close();
  }

  /** A domain: all of these conditions. */
  static List<Object> all(List<?>... parts) {
    return Arrays.stream(parts).<Object>flatMap(List::stream).toList();
  }
}
