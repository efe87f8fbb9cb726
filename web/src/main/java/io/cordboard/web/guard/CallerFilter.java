package io.cordboard.web.guard;

import io.cordboard.kernel.Fault;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import io.cordboard.web.problem.ProblemWriter;
import io.cordboard.web.problem.Problems;
import io.cordboard.web.session.Secrets;
import io.cordboard.web.session.SessionCookie;
import io.cordboard.web.session.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets the rest know who is asking; a cookie counts only when our own page sent it. */
final class CallerFilter extends OncePerRequestFilter {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private final CallerFinder finder;
  private final OriginRule origins;
  private final ProblemWriter problems;

  CallerFilter(CallerFinder finder, OriginRule origins, ProblemWriter problems) {
    this.finder = finder;
    this.origins = origins;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return BodyLimit.isHook(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      Optional<Caller> caller = finder.find(request);
      if (isChange(request)) {
        check(request, caller);
      }
      caller.ifPresent(who -> enter(who, request));
    } catch (Denied | Fault no) {
      problems.write(response, Problems.of(no));
      return;
    }
    chain.doFilter(request, response);
  }

  private static void enter(Caller who, HttpServletRequest request) {
    SecurityContextHolder.setContext(new SecurityContextImpl(who));
    // for the access log, which writes when the context is empty again
    request.setAttribute(Caller.class.getName(), who);
  }

  static boolean isChange(HttpServletRequest request) {
    return !READS.contains(request.getMethod());
  }

  private void check(HttpServletRequest request, Optional<Caller> caller) {
    if (origins.isForeign(request)) {
      throw new Denied(Kind.ORIGIN, "Only pages of this server may change anything here.");
    }
    boolean person = caller.flatMap(Caller::session).isPresent();
    if (person && !isSignIn(request) && !hasCsrf(request)) {
      throw new Denied(
          Kind.CSRF, "Send the X-CSRF-Token that GET /api/v1/session gave; then try again.");
    }
  }

  private static boolean isSignIn(HttpServletRequest request) {
    return request.getMethod().equals("POST") && request.getRequestURI().equals("/api/v1/session");
  }

  private static boolean hasCsrf(HttpServletRequest request) {
    String sent = request.getHeader("X-CSRF-Token");
    return sent != null
        && SessionCookie.read(request)
            .filter(token -> Secrets.same(sent, Sessions.csrf(token)))
            .isPresent();
  }
}
