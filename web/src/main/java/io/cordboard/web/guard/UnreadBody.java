package io.cordboard.web.guard;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * A request that was answered without its body being read would be read to its end by the
 * container, for as long as the sender likes. What is here already is thrown away; if that is not
 * all, the connection closes after the answer. What is on its way then has a moment to arrive: a
 * closed door would answer it with a reset, which takes the answer away from its sender. Only where
 * its length was told: to find the end of another the container waits for as long as the sender likes.
 */
public final class UnreadBody extends ValveBase {
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
    boolean known = request.getContentLengthLong() >= 0;
    if (known) {
      throwAwayWhatIsHere(request);
    }
    if (!isRead(request)) {
      closeAfterAnswer(request, response, known);
    }
  }

  private static void throwAwayWhatIsHere(Request request) {
    try {
      int pieces = 0;
      while (!isRead(request) && pieces < MOST_PIECES && throwAway(request) > 0) {
        pieces++;
      }
    } catch (IOException gone) {
      // the answer leaves all the same
    }
  }

  private void closeAfterAnswer(Request request, Response response, boolean known)
      throws IOException {
    if (!response.isCommitted()) {
      response.setHeader("Connection", "close");
    }
    // before the last line, which makes an error of an answer that has not left
    response.finishResponse();
    if (known && waiting.tryAcquire()) {
      try {
        linger(request);
      } catch (IOException gone) {
        // who has the answer may go
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
  private static void linger(Request request) throws IOException {
    for (int looks = 0; looks < MOST_LOOKS && !isRead(request); looks++) {
      if (throwAway(request) == 0) {
        LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      }
    }
  }

  private static boolean isRead(Request request) {
    AtomicBoolean read = new AtomicBoolean(true);
    request.getCoyoteRequest().action(ActionCode.REQUEST_BODY_FULLY_READ, read);
    return read.get();
  }

  /**
   * A piece of what is here, also where the container has not looked yet; how much that was. Never after
   * the body's end: what is read then is the next request. Not through the request's own stream: whoever
   * read from that may have closed it.
   */
  private static int throwAway(Request request) throws IOException {
    org.apache.coyote.Request coyote = request.getCoyoteRequest();
    coyote.action(ActionCode.AVAILABLE, Boolean.TRUE);
    return coyote.getAvailable() <= 0 ? 0 : Math.max(0, coyote.doRead(new Scratch()));
  }

  /** Takes the container's own buffer, and leaves it. */
  private static final class Scratch implements ApplicationBufferHandler {
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer given) {
      buffer = given;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return buffer;
    }

    @Override
    public void expand(int size) {}
  }
}
