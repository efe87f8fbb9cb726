package io.cordboard.web.guard;

import io.cordboard.core.trust.Permission;
import io.cordboard.web.problem.Problem;
import io.cordboard.web.problem.Problem.Kind;
import io.cordboard.web.problem.ProblemWriter;
import io.cordboard.web.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Before a socket opens: our own page, a session, the right to take calls. */
public final class SocketGate implements HandshakeInterceptor {
  private static final int MOST_SOCKETS = 30;
  private static final String SESSION = "cordboard.session";
  private final OriginRule origins;
  private final ProblemWriter problems;

  public SocketGate(OriginRule origins, ProblemWriter problems) {
    this.origins = origins;
    this.problems = problems;
  }

  /** The session on which a socket lives. */
  public static Session session(WebSocketSession socket) {
    return (Session) Objects.requireNonNull(socket.getAttributes().get(SESSION));
  }

  @Override
  public boolean beforeHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes)
      throws IOException {
    HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
    Optional<Session> session = Caller.current().flatMap(Caller::session);
    Optional<Problem> no = refusal(servlet, session);
    if (no.isPresent()) {
      problems.write(((ServletServerHttpResponse) response).getServletResponse(), no.get());
      return false;
    }
    attributes.put(SESSION, session.orElseThrow());
    return true;
  }

  private Optional<Problem> refusal(HttpServletRequest request, Optional<Session> session) {
    if (!origins.isOurs(request)) {
      return refuse(Kind.ORIGIN, "Only pages of this server may open its sockets.");
    }
    if (session.isEmpty()) {
      return refuse(Kind.FORBIDDEN, "Sockets are for people who signed in.");
    }
    if (session.get().sockets() >= MOST_SOCKETS) {
      return refuse(Kind.BUSY, "This sign-in has too many sockets open: close some pages.");
    }
    if (session.get().user().mustChangePassword()) {
      return refuse(Kind.PASSWORD_CHANGE_REQUIRED, "Choose another password first.");
    }
    return session.get().principal().may(Permission.TAKE_CALLS)
        ? Optional.empty()
        : refuse(Kind.FORBIDDEN, "This user takes no calls.");
  }

  private static Optional<Problem> refuse(Kind kind, String detail) {
    return Optional.of(Problem.of(kind, detail));
  }

  @Override
  public void afterHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      @Nullable Exception failed) {}
}
