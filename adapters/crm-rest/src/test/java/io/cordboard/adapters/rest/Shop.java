package io.cordboard.adapters.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A small server that answers as a test says, and remembers what it was asked. */
final class Shop implements AutoCloseable {
  private final HttpServer server;
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final List<Integer> connections = new CopyOnWriteArrayList<>();
  private volatile Function<Asked, Told> answer = asked -> Told.json(500, "{}");

  /** A request. */
  record Asked(String method, String uri, Map<String, String> headers, String body) {
    String path() {
      return uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
    }

    boolean is(String wishedMethod, String wishedPath) {
      return method.equals(wishedMethod) && path().equals(wishedPath);
    }

    @Nullable String header(String name) {
      return headers.get(name.toLowerCase());
    }
  }

  /** An answer; {@code cut} breaks the connection after the head. */
  record Told(int status, String type, String body, Map<String, String> headers, boolean cut) {
    static Told json(int status, String body) {
      return new Told(status, "application/json", body, Map.of(), false);
    }

    static Told of(int status, String type, String body) {
      return new Told(status, type, body, Map.of(), false);
    }

    Told with(String name, String value) {
      Map<String, String> more = new java.util.HashMap<>(headers);
      more.put(name, value);
      return new Told(status, type, body, more, cut);
    }

    static Told broken() {
      return new Told(200, "application/json", "{\"id\": ", Map.of(), true);
    }
  }

  Shop() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers like this from now on. */
  void answers(Function<Asked, Told> answer) {
    this.answer = answer;
  }

  long times(String method, String path) {
    return asked.stream().filter(each -> each.is(method, path)).count();
  }

  private void serve(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new java.util.HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
    Asked request = new Asked(
        exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    asked.add(request);
    connections.add(exchange.getRemoteAddress().getPort());
    Told told;
    try {
      told = answer.apply(request);
    } catch (RuntimeException | AssertionError wrong) {
      told = Told.json(500, "{\"message\": \"the test itself failed\"}");
    }
    byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
    told.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    if (!told.type().isEmpty()) {
      exchange.getResponseHeaders().add("Content-Type", told.type());
    }
    exchange.sendResponseHeaders(told.status(), body.length == 0 ? -1 : told.cut() ? body.length + 100 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    if (told.cut()) {
      exchange.getResponseBody().flush();
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
