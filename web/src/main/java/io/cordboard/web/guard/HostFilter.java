package io.cordboard.web.guard;

import io.cordboard.web.problem.Problem;
import io.cordboard.web.problem.Problem.Kind;
import io.cordboard.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers nobody who asks for another name, see {@link HostRule}. */
final class HostFilter extends OncePerRequestFilter {
  private static final Problem NOT_OURS =
      Problem.of(
          Kind.MISDIRECTED,
          "This server is not known by that name: use its address, or start it with --host NAME.");
  private final HostRule rule;
  private final ProblemWriter problems;

  HostFilter(HostRule rule, ProblemWriter problems) {
    this.rule = rule;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (rule.isOurs(request)) {
      chain.doFilter(request, response);
    } else {
      problems.write(response, NOT_OURS);
    }
  }
}
