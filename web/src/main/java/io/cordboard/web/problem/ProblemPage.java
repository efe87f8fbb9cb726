package io.cordboard.web.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What goes wrong outside the controllers becomes a problem too. */
@Hidden
@Controller
public final class ProblemPage implements ErrorController {
  private final ProblemWriter writer;

  public ProblemPage(ProblemWriter writer) {
    this.writer = writer;
  }

  @RequestMapping("/error")
  void on(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    writer.write(
        response,
        thrown instanceof Throwable throwable
            ? Problems.of(throwable)
            : ofStatus(status instanceof Integer code ? code : 404));
  }

  static Problem ofStatus(int status) {
    Problem.Kind kind = Problem.Kind.of(status);
    return kind == Problem.Kind.BUG
        ? Problem.bug()
        : Problem.of(kind, "The request cannot be answered; see /api/openapi.json.");
  }
}
