package io.cordboard.app;

import io.cordboard.adapterkit.http.Allowed;
import io.cordboard.adapterkit.http.Answer;
import io.cordboard.adapterkit.http.HttpCaller;
import io.cordboard.adapterkit.http.Request;
import io.cordboard.core.sync.webhook.Sender;
import io.cordboard.kernel.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Sends webhooks: by HTTPS, and never to an address inside of the own network.
 *
 * @param inside hosts of the own network that may be told nevertheless, also without HTTPS
 */
record HttpSender(Set<String> inside) implements Sender {
  private static final Duration WITHIN = Duration.ofSeconds(15);
  // nobody reads what a receiver answers
  private static final int MOST_BYTES = 1 << 20;

  HttpSender {
    inside = Set.copyOf(inside);
  }

  @Override
  public void mustReach(String url) {
    URI uri = parsed(url);
    String host = host(uri);
    if (!"https".equalsIgnoreCase(uri.getScheme()) && !inside.contains(host)) {
      throw new Fault.Refused(
          "'%s' is no address of HTTPS: what is told may be personal.".formatted(Fault.excerpt(url)));
    }
    allowed(host).mustReach(uri);
  }

  private static URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException wrong) {
      throw new Fault.BadRequest("'%s' is no address.".formatted(Fault.excerpt(url)));
    }
  }

  private static String host(URI uri) {
    String host = uri.getHost();
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }

  private Allowed allowed(String host) {
    return new Allowed(Set.of(host), inside.contains(host));
  }

  @Override
  public Line open(String url) {
    URI uri = parsed(url);
    String host = host(uri);
    HttpCaller caller = new HttpCaller(Fault.excerpt(host), allowed(host), MOST_BYTES);
    return new Line() {
      @Override
      public Reply post(Map<String, String> headers, byte[] body) {
        Answer answer = caller.send(Request.post(uri, headers, body, WITHIN));
        Duration pause = answer.retryAfter(Duration.ZERO);
        return new Reply(answer.status(), pause.isZero() ? null : pause);
      }

      @Override
      public void close() {
        caller.close();
      }
    };
  }
}
