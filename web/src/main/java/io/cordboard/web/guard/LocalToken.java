package io.cordboard.web.guard;

import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Role;
import io.cordboard.web.session.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The token in the data directory, by which the command line on this machine acts as administrator.
 * Worth nothing from another machine.
 */
public final class LocalToken {
  private static final Principal LOCAL =
      new Principal(Principal.Kind.KEY, new UUID(0, 1), "local", Role.ADMINISTRATOR, Set.of());
  private final String token;

  public LocalToken(String token) {
    this.token = token;
  }

  Optional<Principal> find(String presented, HttpServletRequest request) {
    return Secrets.same(token, presented) && fromHere(request)
        ? Optional.of(LOCAL)
        : Optional.empty();
  }

  /** Whether the request came from this machine and not through a proxy on it. */
  static boolean fromHere(HttpServletRequest request) {
    return request.getHeader("X-Forwarded-For") == null
        && request.getHeader("Forwarded") == null
        && address(request).isLoopbackAddress();
  }

  /** Where the request came from, as the socket says. */
  public static InetAddress address(HttpServletRequest request) {
    try {
      return InetAddress.getByName(request.getRemoteAddr());
    } catch (UnknownHostException never) {
      throw new IllegalStateException("The container gave no address", never);
    }
  }

  @Override
  public String toString() {
    return "LocalToken";
  }
}
