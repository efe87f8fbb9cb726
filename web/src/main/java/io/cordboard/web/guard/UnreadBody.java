package io.cordboard.web.guard;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * A request that was answered without its body being read would be read to its end by the
 * container, for as long as the sender likes. What is here already is thrown away; if that is not
 * all, the connection closes with the answer.
 */
public final class UnreadBody extends ValveBase {
  private static final int SCRATCH = 8 * 1024;

  public UnreadBody() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    boolean upgraded = response.getStatus() == Response.SC_SWITCHING_PROTOCOLS;
    if (!upgraded && !request.isAsync() && !isRead(request)) {
      throwAwayWhatIsHere(request);
      if (!isRead(request)) {
        closeAfterAnswer(request, response);
      }
    }
  }

  private static void closeAfterAnswer(Request request, Response response) throws IOException {
    if (!response.isCommitted()) {
      response.setHeader("Connection", "close");
    }
    // before the next line, which makes an error of an answer that has not left
    response.finishResponse();
    request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
  }

  private static boolean isRead(Request request) {
    AtomicBoolean read = new AtomicBoolean(true);
    request.getCoyoteRequest().action(ActionCode.REQUEST_BODY_FULLY_READ, read);
    return read.get();
  }

  private static void throwAwayWhatIsHere(Request request) throws IOException {
    try {
      InputStream in = request.getInputStream();
      byte[] scratch = new byte[SCRATCH];
      for (int here = in.available(); here > 0; here = in.available()) {
        if (in.read(scratch, 0, Math.min(here, SCRATCH)) < 0) {
          return;
        }
      }
    } catch (IllegalStateException readAsText) {
      // the container's own page; then the connection closes
    }
  }
}
