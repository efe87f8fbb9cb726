package io.cordboard.web.guard;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered without its body being read would be read to its end by the
 * container, for as long as the sender likes. What is here already is thrown away; if that is not
 * all, the connection closes after the answer. What is on its way then has a moment to arrive: a
 * closed door would answer it with a reset, which takes the answer away from its sender.
 */
public final class UnreadBody extends ValveBase {
  private static final int PIECE = 8 * 1024;
  private static final int MOST_PIECES = 64;
  private static final int MOST_LOOKS = 250;
  private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(2).toNanos();

  /** So many threads may wait for what nobody needs; who comes then is cut off at once. */
  private final Semaphore waiting = new Semaphore(8);

  UnreadBody() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    boolean upgraded = response.getStatus() == Response.SC_SWITCHING_PROTOCOLS;
    if (upgraded || request.isAsync() || isRead(request)) {
      return;
    }
    InputStream body = body(request);
    if (body != null) {
      for (int pieces = 0; pieces < MOST_PIECES && throwAway(body) > 0; pieces++) {}
    }
    if (!isRead(request)) {
      closeAfterAnswer(request, response, body);
    }
  }

  private void closeAfterAnswer(Request request, Response response, @Nullable InputStream body)
      throws IOException {
    if (!response.isCommitted()) {
      response.setHeader("Connection", "close");
    }
    // before the last line, which makes an error of an answer that has not left
    response.finishResponse();
    if (body != null && waiting.tryAcquire()) {
      try {
        linger(request, body);
      } finally {
        waiting.release();
      }
    }
    // an answer that had left before did not say that the connection closes: it goes on where it can
    if (!isRead(request)) {
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  /** Half a second at most, or two megabytes. */
  private static void linger(Request request, InputStream body) throws IOException {
    for (int looks = 0; looks < MOST_LOOKS && !isRead(request); looks++) {
      if (throwAway(body) == 0) {
        LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      }
    }
  }

  private static boolean isRead(Request request) {
    AtomicBoolean read = new AtomicBoolean(true);
    request.getCoyoteRequest().action(ActionCode.REQUEST_BODY_FULLY_READ, read);
    return read.get();
  }

  /** Null where the container's own page has read it as text. */
  private static @Nullable InputStream body(Request request) throws IOException {
    try {
      return request.getInputStream();
    } catch (IllegalStateException readAsText) {
      return null;
    }
  }

  /** A piece of what is here; how much that was. */
  private static int throwAway(InputStream in) throws IOException {
    int here = Math.min(in.available(), PIECE);
    return here <= 0 ? 0 : Math.max(0, in.read(new byte[here]));
  }
}
