package io.cordboard.adapterkit.http;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request at a time and waits for the whole answer, so long and so much as was agreed. Connects to the
 * addresses that were looked at and to no others, follows no redirect, keeps no cookie, tries nothing twice.
 * Thread-safe.
 */
public final class HttpCaller implements AutoCloseable {
  private final String system;
  private final Allowed allowed;
  private final int mostBytes;
  private final CloseableHttpClient client;
  private final Executor small;

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
    this.client = Connections.to(allowed);
    this.small = task -> Thread.ofVirtual().name("http-" + system).start(task);
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
    HttpUriRequestBase built = built(request);
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(() -> exchanged(request, built), small);
    try {
      return answer.get(request.within().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      built.cancel();
      throw unanswered(request, "did not answer within %d ms".formatted(request.within().toMillis()), late);
    } catch (ExecutionException failed) {
      throw Fault.of(failed.getCause(), "A request to '%s' failed.".formatted(system));
    } catch (InterruptedException stopped) {
      built.cancel();
      Thread.currentThread().interrupt();
      throw unanswered(request, "was not waited for, because we stop", stopped);
    }
  }

  private static HttpUriRequestBase built(Request request) {
    HttpUriRequestBase built = new HttpUriRequestBase(request.method(), request.uri());
    request.headers().forEach(built::addHeader);
    byte[] body = request.body();
    if (body != null) {
      built.setEntity(new ByteArrayEntity(body, null));
    }
    return built;
  }

  private Answer exchanged(Request request, HttpUriRequestBase built) {
    try (ClassicHttpResponse response = client.executeOpen(null, built, null)) {
      return new Answer(response.getCode(), headers(response), read(built, response.getEntity()));
    } catch (IOException failed) {
      throw fault(request, failed);
    }
  }

  private byte[] read(HttpUriRequestBase built, @Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    InputStream body = entity.getContent();
    byte[] read = body.readNBytes(mostBytes + 1);
    if (read.length > mostBytes) {
      // else closing it would read all the rest, which may have no end
      built.cancel();
      throw new Fault.Refused(
          "'%s' answered with more than %,d bytes, which is more than we read.".formatted(system, mostBytes));
    }
    return read;
  }

  private static Map<String, String> headers(ClassicHttpResponse response) {
    return Arrays.stream(response.getHeaders())
        .collect(
            Collectors.toMap(
                header -> header.getName().toLowerCase(Locale.ROOT),
                Header::getValue,
                (first, second) -> first + ", " + second));
  }

  private Fault fault(Request request, IOException failed) {
    return switch (failed) {
      case ConnectTimeoutException late -> unreachable("did not take the connection in time", late);
      case ConnectException refused -> unreachable("refuses the connection or is not there", refused);
      case NoRouteToHostException away -> unreachable("refuses the connection or is not there", away);
      case UnknownHostException unknown -> unreachable("has a name that cannot be resolved", unknown);
      case SSLHandshakeException untrusted -> unreachable("has a certificate that is not trusted here", untrusted);
      case SSLPeerUnverifiedException other -> unreachable("has a certificate of another name", other);
      default -> unanswered(request, "closed the connection without an answer", failed);
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
    client.close(CloseMode.IMMEDIATE);
  }
}
