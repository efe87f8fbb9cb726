package io.cordboard.web.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** The cookie that carries the session's token. */
public final class SessionCookie {
  private static final String PLAIN = "cordboard-session";
  // the browser refuses a cookie of this name from another host, path or plain HTTP
  private static final String SECURE = "__Host-cordboard-session";
  private static final int TOKEN_LENGTH = 43;

  private SessionCookie() {}

  /** The token that came with the request. */
  public static Optional<String> read(HttpServletRequest request) {
    if (request.getCookies() == null) {
      return Optional.empty();
    }
    String name = request.isSecure() ? SECURE : PLAIN;
    for (Cookie cookie : request.getCookies()) {
      if (cookie.getName().equals(name) && cookie.getValue().length() == TOKEN_LENGTH) {
        return Optional.of(cookie.getValue());
      }
    }
    return Optional.empty();
  }

  /** Gives the token to the browser. */
  public static void write(
      HttpServletRequest request, HttpServletResponse response, String token, Duration age) {
    ResponseCookie cookie =
        ResponseCookie.from(request.isSecure() ? SECURE : PLAIN, token)
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Strict")
            .path("/")
            .maxAge(age)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  /** Takes it away. */
  public static void clear(HttpServletRequest request, HttpServletResponse response) {
    write(request, response, "", Duration.ZERO);
  }
}
