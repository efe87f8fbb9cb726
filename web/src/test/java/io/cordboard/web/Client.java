package io.cordboard.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP as a browser's page or a program does. */
public final class Client {
  private static final JsonMapper JSON = new JsonMapper();
  private final String base;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Map<String, String> headers = new LinkedHashMap<>();

  Client(String base) {
    this.base = base;
  }

  /** An answer. */
  public record Answer(int status, String body, java.net.http.HttpHeaders headers) {
    /** The body as JSON. */
    public JsonNode json() {
      return JSON.readTree(body);
    }

    /** A text in the body, by JSON pointer. */
    public String text(String pointer) {
      return json().at(pointer).asString();
    }

    /** The type of the problem that the body tells. */
    public String problem() {
      return header("Content-Type").startsWith("application/problem+json")
          ? text("/type")
          : "no problem but: " + body;
    }

    /** A header, empty when it is not there. */
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /** Sends this header from now on; null takes it away. */
  public Client header(String name, @Nullable String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return this;
  }

  /** Signs in and keeps cookie and token. */
  public Answer signIn(String user, String password) {
    Answer answer = post("/api/v1/session", Map.of("user", user, "password", password));
    if (answer.status() == 200) {
      header("X-CSRF-Token", answer.text("/csrf"));
    }
    return answer;
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  public Answer post(String path, Object body) {
    return send("POST", path, JSON.writeValueAsString(body));
  }

  /** Sends a request; {@code body} is JSON, or what is to be taken for it. */
  public Answer send(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    headers.forEach(request::setHeader);
    if (body != null && !headers.containsKey("Content-Type")) {
      request.setHeader("Content-Type", "application/json");
    }
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return send(request.build());
  }

  /** Sends any request. */
  public Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response.headers());
    } catch (IOException broken) {
      throw new AssertionError(request.uri() + " could not be asked", broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  /** The cookies that came, as the server wrote them. */
  public String cookies() {
    return cookies.getCookieStore().getCookies().toString();
  }

  /** Where the server is. */
  public String base() {
    return base;
  }

  /** Opens a socket from one of our pages. */
  public CompletableFuture<WebSocket> socket(
      String path, WebSocket.Listener listener, String... subprotocols) {
    return socketFrom(base, path, listener, subprotocols);
  }

  /** Opens a socket from a page of {@code origin}; null for no page. */
  public CompletableFuture<WebSocket> socketFrom(
      @Nullable String origin, String path, WebSocket.Listener listener, String... subprotocols) {
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
    if (origin != null) {
      builder.header("Origin", origin);
    }
    if (subprotocols.length > 0) {
      builder.subprotocols(subprotocols[0]);
    }
    return builder.buildAsync(URI.create(base.replace("http", "ws") + path), listener);
  }
}
