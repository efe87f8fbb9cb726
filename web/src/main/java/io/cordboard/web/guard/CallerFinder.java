package io.cordboard.web.guard;

import io.cordboard.core.trust.ApiKeys;
import io.cordboard.core.trust.Principal;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import io.cordboard.web.session.SessionCookie;
import io.cordboard.web.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** Finds out who sent a request: a key counts before a cookie. */
public final class CallerFinder {
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";
  private final Sessions sessions;
  private final ApiKeys keys;
  private final LocalToken localToken;

  CallerFinder(Sessions sessions, ApiKeys keys, LocalToken localToken) {
    this.sessions = sessions;
    this.keys = keys;
    this.localToken = localToken;
  }

  /**
   * Who it is; empty when nothing was sent to tell.
   *
   * @throws Denied when a key is sent that is none
   */
  Optional<Caller> find(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    return authorization == null
        ? SessionCookie.read(request).flatMap(sessions::find).map(Caller::of)
        : Optional.of(program(authorization, request));
  }

  private Caller program(String authorization, HttpServletRequest request) {
    String presented = presented(authorization, request);
    return localToken
        .find(presented, request)
        .or(() -> keys.find(presented).map(Principal::of))
        .map(Caller::of)
        .orElseThrow(CallerFinder::badKey);
  }

  private static String presented(String authorization, HttpServletRequest request) {
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return authorization.substring(BEARER.length()).strip();
    }
    // who speaks SOAP often knows nothing else
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
        && request.getRequestURI().startsWith("/soap/")) {
      return password(authorization.substring(BASIC.length()).strip());
    }
    throw new Denied(Kind.UNAUTHENTICATED, "Send the API key as 'Authorization: Bearer KEY'.");
  }

  private static String password(String coded) {
    try {
      String pair = new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException noBase64) {
      throw badKey();
    }
  }

  private static Denied badKey() {
    return new Denied(
        Kind.UNAUTHENTICATED, "This API key is not known or was revoked; ask for a new one.");
  }
}
