package io.cordboard.adapterkit.http;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param method in capitals
 * @param body null where there is none
 * @param harmless it may arrive twice without doing anything: an answer that is lost is no doubt
 */
public record Request(
    String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration within, boolean harmless) {
  public Request {
    headers = new LinkedHashMap<>(headers);
  }

  /** One that only reads. */
  public static Request get(URI uri, Map<String, String> headers, Duration within) {
    return new Request("GET", uri, headers, null, within, true);
  }

  /** One that may change something. */
  public static Request post(URI uri, Map<String, String> headers, byte[] body, Duration within) {
    return new Request("POST", uri, headers, body, within, false);
  }
}
