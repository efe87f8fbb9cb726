package io.cordboard.web.problem;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What a controller throws becomes a problem. */
@Hidden
@RestControllerAdvice
public final class ProblemAdvice {
  private final ProblemWriter writer;

  public ProblemAdvice(ProblemWriter writer) {
    this.writer = writer;
  }

  @ExceptionHandler
  ResponseEntity<byte[]> on(Throwable thrown) {
    Problem problem = Problems.of(thrown);
    return ResponseEntity.status(problem.status())
        .headers(ProblemWriter.headers(problem))
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(writer.text(problem).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
