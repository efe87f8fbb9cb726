package io.cordboard.web.guard;

import io.cordboard.core.trust.Principal;
import io.cordboard.web.session.Session;
import java.io.Serial;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Whoever sent this request: a person with a session, or a program with a key. */
public final class Caller extends AbstractAuthenticationToken {
  @Serial private static final long serialVersionUID = 1L;
  private final transient Principal principal;
  private final transient @Nullable Session session;

  private Caller(Principal principal, @Nullable Session session) {
    super(List.of());
    this.principal = principal;
    this.session = session;
    setAuthenticated(true);
  }

  static Caller of(Session session) {
    return new Caller(session.principal(), session);
  }

  static Caller of(Principal program) {
    return new Caller(program, null);
  }

  /** The caller of the request that this thread serves. */
  public static Optional<Caller> current() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }

  @Override
  public Principal getPrincipal() {
    return principal;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public String getName() {
    return principal.auditName();
  }

  /** The session of a person. */
  public Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
