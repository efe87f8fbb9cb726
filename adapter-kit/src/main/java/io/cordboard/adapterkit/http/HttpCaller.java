package io.cordboard.adapterkit.http;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends one request at a time and waits for the whole answer, so long and so much as was agreed. Follows no redirect,
 * keeps no cookie, tries nothing twice. Thread-safe.
 */
public final class HttpCaller implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final String system;
  private final Allowed allowed;
  private final int mostBytes;
  private final HttpClient client;

  /**
   * To one system.
   *
   * @param system its name in messages
   * @param mostBytes the longest answer that is read
   */
  public HttpCaller(String system, Allowed allowed, int mostBytes) {
    this.system = system;
    this.allowed = allowed;
    this.mostBytes = mostBytes;
    Executor small = task -> Thread.ofVirtual().name("http-" + system).start(task);
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .executor(small)
            .build();
  }

  /**
   * Sends it.
   *
   * @throws Fault.Refused where it may not go there, or the answer is longer than agreed
   * @throws Fault.Unreachable when nothing was sent, or a harmless one was not answered
   * @throws Fault.OutcomeUnknown when one that may have changed something was not answered to the end
   */
  public Answer send(Request request) {
    allowed.mustReach(request.uri());
    CompletableFuture<HttpResponse<InputStream>> asked =
        client.sendAsync(built(request), HttpResponse.BodyHandlers.ofInputStream());
    CompletableFuture<Answer> answer =
        asked.thenApplyAsync(response -> read(request, response), task -> Thread.ofVirtual().start(task));
    try {
      return answer.get(request.within().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      asked.cancel(true);
      throw unanswered(request, "did not answer within %d ms".formatted(request.within().toMillis()), late);
    } catch (ExecutionException failed) {
      throw fault(request, failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException stopped) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw unanswered(request, "was not waited for, because we stop", stopped);
    }
  }

  private static HttpRequest built(Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .method(
                request.method(),
                request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(builder::header);
    return builder.build();
  }

  private Answer read(Request request, HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      byte[] read = body.readNBytes(mostBytes + 1);
      if (read.length > mostBytes) {
        throw new Fault.Refused(
            "'%s' answered with more than %,d bytes, which is more than we read.".formatted(system, mostBytes));
      }
      return new Answer(response.statusCode(), headers(response), read);
    } catch (IOException cut) {
      throw unanswered(request, "broke its answer off", cut);
    }
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    return response.headers().map().entrySet().stream()
        .collect(
            Collectors.toMap(
                header -> header.getKey().toLowerCase(Locale.ROOT),
                header -> String.join(", ", header.getValue()),
                (first, second) -> first + ", " + second));
  }

  private Fault fault(Request request, Throwable failed) {
    Throwable cause = failed instanceof java.util.concurrent.CompletionException && failed.getCause() != null
        ? failed.getCause() : failed;
    return switch (cause) {
      case Fault fault -> fault;
      case ConnectException refused -> unreachable("refuses the connection or is not there", refused);
      case UnresolvedAddressException unknown -> unreachable("has a name that cannot be resolved", unknown);
      case HttpConnectTimeoutException late -> unreachable("did not take the connection in time", late);
      case SSLHandshakeException untrusted -> unreachable("has a certificate that is not trusted here", untrusted);
      case IOException cut -> unanswered(request, "closed the connection without an answer", cut);
      default -> new Fault.Bug("A request to '%s' failed: %s".formatted(system, cause), cause);
    };
  }

  private Fault unreachable(String what, Throwable cause) {
    return new Fault.Unreachable(
        "'%s' %s: look whether it runs and whether its address is right.".formatted(system, what), cause);
  }

  private Fault unanswered(Request request, String what, Throwable cause) {
    String words = "'%s' %s.".formatted(system, what);
    return request.harmless() ? new Fault.Unreachable(words, cause) : new Fault.OutcomeUnknown(words, cause);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
