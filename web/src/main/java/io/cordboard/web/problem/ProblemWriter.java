package io.cordboard.web.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller does. */
public final class ProblemWriter {
  private final JsonMapper mapper;

  public ProblemWriter(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** Answers with the problem, unless something was answered already. */
  public void write(HttpServletResponse response, Problem problem) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(problem.status());
    headers(problem).forEach((name, values) -> response.setHeader(name, values.getFirst()));
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(text(problem).getBytes(StandardCharsets.UTF_8));
  }

  /** The problem as JSON. */
  String text(Problem problem) {
    return mapper.writeValueAsString(problem);
  }

  /** What the status demands beside the body. */
  static HttpHeaders headers(Problem problem) {
    HttpHeaders headers = new HttpHeaders();
    if (problem.retryAfterSeconds() != null) {
      headers.set(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds().toString());
    }
    if (problem.status() == 401) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"cordboard\"");
    }
    return headers;
  }
}
