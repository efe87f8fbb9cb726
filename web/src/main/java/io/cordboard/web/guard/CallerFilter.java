package io.cordboard.web.guard;

import io.cordboard.core.trust.ApiKeys;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import io.cordboard.web.problem.ProblemWriter;
import io.cordboard.web.problem.Problems;
import io.cordboard.web.session.Secrets;
import io.cordboard.web.session.Session;
import io.cordboard.web.session.SessionCookie;
import io.cordboard.web.session.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who is asking: a key before a cookie, and a cookie only from our own page. */
final class CallerFilter extends OncePerRequestFilter {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final String BEARER = "Bearer ";

  private final Sessions sessions;
  private final ApiKeys keys;
  private final LocalToken localToken;
  private final OriginRule origins;
  private final ProblemWriter problems;

  CallerFilter(
      Sessions sessions,
      ApiKeys keys,
      LocalToken localToken,
      OriginRule origins,
      ProblemWriter problems) {
    this.sessions = sessions;
    this.keys = keys;
    this.localToken = localToken;
    this.origins = origins;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    @Nullable Caller caller;
    try {
      caller = find(request);
    } catch (Denied | Fault no) {
      problems.write(response, Problems.of(no));
      return;
    }
    if (caller != null) {
      SecurityContextHolder.setContext(new SecurityContextImpl(caller));
    }
    chain.doFilter(request, response);
  }

  private @Nullable Caller find(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    return authorization == null ? person(request) : program(authorization, request);
  }

  private Caller program(String authorization, HttpServletRequest request) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Denied(Kind.UNAUTHENTICATED, "Send the API key as 'Authorization: Bearer KEY'.");
    }
    String presented = authorization.substring(BEARER.length()).strip();
    Optional<Principal> local = localToken.find(presented, request);
    return Caller.of(
        local.orElseGet(() -> keys.find(presented).map(Principal::of).orElseThrow(this::badKey)));
  }

  private Denied badKey() {
    return new Denied(
        Kind.UNAUTHENTICATED, "This API key is not known or was revoked; ask for a new one.");
  }

  private @Nullable Caller person(HttpServletRequest request) {
    boolean changes = !READS.contains(request.getMethod());
    if (changes && origins.isForeign(request)) {
      throw new Denied(Kind.ORIGIN, "Only pages of this server may change anything here.");
    }
    Optional<String> token = SessionCookie.read(request);
    Optional<Session> session = token.flatMap(sessions::find);
    if (session.isEmpty()) {
      return null;
    }
    if (changes && !isSignIn(request) && !hasCsrf(request, token.get())) {
      throw new Denied(
          Kind.CSRF, "Send the X-CSRF-Token that GET /api/v1/session gave; then try again.");
    }
    return Caller.of(session.get());
  }

  private static boolean isSignIn(HttpServletRequest request) {
    return request.getMethod().equals("POST") && request.getRequestURI().equals("/api/v1/session");
  }

  private static boolean hasCsrf(HttpServletRequest request, String token) {
    String sent = request.getHeader("X-CSRF-Token");
    return sent != null && Secrets.same(sent, Sessions.csrf(token));
  }
}
