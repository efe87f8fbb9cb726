package io.cordboard.adapterkit;

import io.cordboard.kernel.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect and what to bear.
 *
 * @param address {@code ws://} or {@code wss://}, with path and query
 * @param headers sent with the request, such as {@code Authorization}
 * @param maxMessageBytes a longer message, or frame, ends the connection
 * @param pingEvery after so much silence the other side is asked for a sign of life
 * @param deadAfter after so much silence, or so long within one message, the connection is given up
 * @param tls for {@code wss}; null takes the platform's trust store
 */
public record WebSocketOptions(
    URI address,
    Map<String, String> headers,
    int maxMessageBytes,
    Duration pingEvery,
    Duration deadAfter,
    @Nullable SSLContext tls) {

  public WebSocketOptions {
    headers = Map.copyOf(headers);
    headers.forEach(WebSocketOptions::checkHeader);
    if (address.getHost() == null || !(secure(address) || "ws".equals(address.getScheme()))) {
      throw new Fault.BadRequest("'" + address + "' is no WebSocket address: ws://HOST:PORT/PATH.");
    }
  }

  boolean secure() {
    return secure(address);
  }

  String host() {
    return address.getHost();
  }

  int port() {
    return address.getPort() > 0 ? address.getPort() : secure() ? 443 : 80;
  }

  String resource() {
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    String query = address.getRawQuery();
    return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }

  private static boolean secure(URI address) {
    return "wss".equals(address.getScheme());
  }

  private static void checkHeader(String name, String value) {
    if ((name + value).chars().anyMatch(c -> c == '\r' || c == '\n')) {
      throw new Fault.BadRequest("The header '" + Fault.excerpt(name) + "' holds a line break.");
    }
  }

  /** Without header values: they hold the password. */
  @Override
  public String toString() {
    return "WebSocketOptions[" + host() + ":" + port() + "]";
  }
}
