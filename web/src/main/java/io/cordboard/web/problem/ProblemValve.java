package io.cordboard.web.problem;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * What the container refuses before any of our code sees it, such as an address with a NUL in it, is
 * answered as a problem and not as a page of the container's own.
 */
public final class ProblemValve extends ErrorReportValve {
  private final ProblemWriter writer;

  public ProblemValve(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setCharacterEncoding("utf-8");
      Writer out = response.getReporter();
      if (out != null) {
        out.write(writer.text(ProblemPage.ofStatus(response.getStatus())));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException gone) {
      // there is nobody left to tell
    }
  }
}
