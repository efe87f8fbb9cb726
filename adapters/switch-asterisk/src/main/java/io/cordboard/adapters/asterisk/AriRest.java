package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * ARI's requests: over the WebSocket while one stands, else over HTTP. What Asterisk answers becomes an
 * {@link Answer}; what goes wrong, a {@link Fault}.
 */
final class AriRest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AsteriskConfig.Ari config;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;
  private volatile @Nullable AriCommands commands;

  AriRest(AsteriskConfig.Ari config) {
    this.config = config;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .executor(threads)
            .build();
  }

  /** One request. */
  record Ask(String method, String path, Map<String, String> query, @Nullable String body) {
    static Ask get(String path) {
      return new Ask("GET", path, Map.of(), null);
    }

    static Ask post(String path) {
      return new Ask("POST", path, Map.of(), null);
    }

    static Ask delete(String path) {
      return new Ask("DELETE", path, Map.of(), null);
    }

    Ask with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(query);
      more.put(name, value);
      return new Ask(method, path, more, body);
    }

    Ask with(String json) {
      return new Ask(method, path, query, json);
    }

    /** Path and query. */
    String resource() {
      StringBuilder text = new StringBuilder(path);
      char separator = '?';
      for (Map.Entry<String, String> one : query.entrySet()) {
        text.append(separator).append(one.getKey()).append('=').append(encode(one.getValue()));
        separator = '&';
      }
      return text.toString();
    }

    /** Playing the same id again would play it again; everything else may be said twice. */
    boolean mayBeRepeated() {
      return !path.contains("/play/");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** What Asterisk answered. */
  record Answer(Ask ask, int status, byte[] body) {
    boolean good() {
      return status / 100 == 2;
    }

    Json json() {
      return Json.read(body);
    }

    /**
     * @throws Fault unless it is good
     */
    Answer orThrow() {
      if (!good()) {
        throw fault();
      }
      return this;
    }

    /**
     * @throws Fault unless it is good, or what was named is gone already
     */
    void orGone() {
      if (status != 404) {
        orThrow();
      }
    }

    Fault fault() {
      String what =
          "Asterisk answered '%s' to %s with HTTP status %d.".formatted(words(), ask, status);
      return switch (status) {
        case 400, 405 -> new Fault.BadRequest(what);
        case 401, 403 ->
            new Fault.AuthLapsed(
                what
                    + " Check ariUser and ariPassword in connection.json; 'pbx up' writes it"
                    + " anew.");
        case 404 -> new Fault.NotFound("It is not on the switch any more. " + what);
        case 409, 412, 422 -> new Fault.Refused(what);
        default -> new Fault.OutcomeUnknown(what, null);
      };
    }

    /** Asterisk's own explanation. */
    String words() {
      try {
        Json json = json();
        String message = json.text("message");
        return Fault.excerpt(message.isEmpty() ? json.text("error") : message);
      } catch (Fault.BadRequest noJson) {
        return "";
      }
    }
  }

  /** From now on requests go this way; null for HTTP. */
  void over(@Nullable AriCommands socket) {
    commands = socket;
  }

  CompletionStage<Answer> send(Ask ask) {
    AriCommands socket = commands;
    return socket == null ? overHttp(ask) : socket.send(ask);
  }

  private CompletionStage<Answer> overHttp(Ask ask) {
    HttpRequest request = request(ask);
    return attempt(ask, request)
        .exceptionallyCompose(
            failed ->
                ask.mayBeRepeated() && connectionWasStale(failed)
                    ? attempt(ask, request)
                    : CompletableFuture.failedFuture(failed))
        .exceptionallyCompose(failed -> CompletableFuture.failedFuture(fault(ask, failed)));
  }

  /** The answer, waited for, for the thread that connects: it also reads what the WebSocket brings. */
  Answer get(Ask ask) {
    try {
      return overHttp(ask).toCompletableFuture().join().orThrow();
    } catch (CompletionException failed) {
      throw Lanes.fault(failed);
    }
  }

  /** Runs work that blocks, such as a program or a disk. */
  <T extends @Nullable Object> CompletionStage<T> blocking(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, threads);
  }

  /** Runs later, on a thread that may block. */
  void later(Duration delay, Runnable work) {
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads)
        .execute(work);
  }

  String authorization() {
    String pair = config.user() + ":" + config.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdown();
  }

  private CompletableFuture<Answer> attempt(Ask ask, HttpRequest request) {
    return client
        .sendAsync(request, BodyHandlers.ofByteArray())
        .thenApply(response -> new Answer(ask, response.statusCode(), response.body()));
  }

  private HttpRequest request(Ask ask) {
    String body = ask.body;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(config.url() + ask.resource()))
            .timeout(PATIENCE)
            .header("Authorization", authorization())
            .method(
                ask.method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return (body == null ? request : request.header("Content-Type", "application/json")).build();
  }

  /** A kept connection that Asterisk had closed meanwhile: it has not seen the request. */
  private static boolean connectionWasStale(Throwable failed) {
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    return cause instanceof IOException
        && !(cause instanceof HttpTimeoutException)
        && !(cause instanceof ConnectException);
  }

  private Fault fault(Ask ask, Throwable failed) {
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    if (cause instanceof Fault fault) {
      return fault;
    }
    String who = config.url().getHost() + ":" + config.url().getPort();
    return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
        ? new Fault.Unreachable(
            "Asterisk at %s does not answer. Is it running? See 'cordboard pbx status'."
                .formatted(who),
            cause)
        : new Fault.OutcomeUnknown(
            "%s was sent to Asterisk at %s and no answer came: %s.".formatted(ask, who, cause),
            cause);
  }
}
