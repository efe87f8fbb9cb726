package io.cordboard.web.api;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.Clock;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.ForAnybody;
import io.cordboard.web.guard.ForSignedIn;
import io.cordboard.web.guard.LocalToken;
import io.cordboard.web.session.Session;
import io.cordboard.web.session.SessionCookie;
import io.cordboard.web.session.Sessions;
import io.cordboard.web.session.SignIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out. */
@Tag(name = "session")
@RestController
@RequestMapping("/api/v1/session")
class SessionController {
  private final SignIn signIn;
  private final Sessions sessions;
  private final Audit audit;
  private final Clock clock;

  SessionController(SignIn signIn, Sessions sessions, Audit audit, Clock clock) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.audit = audit;
    this.clock = clock;
  }

  record SignInOrder(String user, String password) {}

  record PasswordOrder(String current, String password) {}

  /**
   * A sign-in.
   *
   * @param csrf to be sent as X-CSRF-Token with every change
   * @param idleSeconds after so long without anything done the session ends
   */
  record SessionView(
      UserView user,
      List<Permission> permissions,
      String csrf,
      boolean mustChangePassword,
      Instant endsAt,
      long idleSeconds) {}

  @Operation(summary = "Sign in")
  @ForAnybody
  @PostMapping
  SessionView open(
      @RequestBody SignInOrder order, HttpServletRequest request, HttpServletResponse response) {
    // whoever is signed in here already leaves: two people never share a session
    SessionCookie.read(request).flatMap(sessions::find).ifPresent(sessions::end);
    String token = signIn.open(order.user(), order.password(), LocalToken.address(request));
    return opened(token, request, response);
  }

  @Operation(summary = "Who is signed in, and the page's token")
  @ForSignedIn
  @GetMapping
  SessionView show(Caller caller, HttpServletRequest request) {
    return view(caller.session().orElseThrow(), SessionCookie.read(request).orElseThrow());
  }

  @Operation(summary = "Sign out")
  @ForSignedIn
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void close(Caller caller, HttpServletRequest request, HttpServletResponse response) {
    Session session = caller.session().orElseThrow();
    String who = caller.getPrincipal().auditName();
    audit.record(AuditEntry.done(caller.getPrincipal(), "signed-out", who));
    sessions.end(session);
    SessionCookie.clear(request, response);
  }

  @Operation(summary = "Choose another password")
  @ForSignedIn
  @PostMapping("/password")
  SessionView changePassword(
      @RequestBody PasswordOrder order,
      Caller caller,
      HttpServletRequest request,
      HttpServletResponse response) {
    User user = caller.session().orElseThrow().user();
    String token =
        signIn.changePassword(user, order.current(), order.password(), LocalToken.address(request));
    return opened(token, request, response);
  }

  private SessionView opened(
      String token, HttpServletRequest request, HttpServletResponse response) {
    Session session = sessions.find(token).orElseThrow();
    long left = sessions.endsAt(session) - clock.micros();
    SessionCookie.write(request, response, token, Duration.ofSeconds(left / 1_000_000));
    return view(session, token);
  }

  private SessionView view(Session session, String token) {
    User user = session.user();
    List<Permission> may =
        Arrays.stream(Permission.values()).filter(session.principal()::may).toList();
    return new SessionView(
        UserView.of(user, null),
        may,
        Sessions.csrf(token),
        user.mustChangePassword(),
        Clock.instant(sessions.endsAt(session)),
        sessions.idleSeconds());
  }
}
