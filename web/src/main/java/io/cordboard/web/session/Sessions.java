package io.cordboard.web.session;

import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.web.session.SessionStore.Saved;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The sessions that live. A session ends by signing out, by age, when its user is disabled or gets
 * another password; its sockets end with it. Thread-safe.
 */
public final class Sessions {
  private static final int MAX_PER_USER = 10;
  private static final long USER_FRESH_MICROS = 10_000_000;
  private static final long USE_STEP_MICROS = 1_000_000;

  private final Users users;
  private final SessionStore store;
  private final Clock clock;
  private final Secrets secrets;
  private final SessionLimits limits;
  private final Predicate<AgentId> inCall;
  private final Map<String, Session> byId = new ConcurrentHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean();

  /**
   * Goes on with the sessions that were saved.
   *
   * @param basics what it needs of the rest
   * @param inCall whether an agent is in a call: nobody is signed out in the middle of one
   */
  public Sessions(
      Basics basics, SessionStore store, SessionLimits limits, Predicate<AgentId> inCall) {
    this.users = basics.users();
    this.clock = basics.clock();
    this.secrets = basics.secrets();
    this.store = store;
    this.limits = limits;
    this.inCall = inCall;
    store.load().forEach(this::restore);
  }

  /** Users, time and randomness. */
  public record Basics(Users users, Clock clock, Secrets secrets) {}

  private void restore(Saved saved) {
    // a user who is gone or disabled meanwhile is found out at the first use
    users
        .byId(saved.user())
        .filter(User::active)
        .map(user -> new Session(saved.id(), user, saved.createdAt(), saved.usedAt()))
        .ifPresent(session -> byId.put(session.id(), session));
  }

  /** A new session; the token goes into the cookie and is kept nowhere. */
  public String open(User user) {
    String token = secrets.token();
    long now = clock.micros();
    Session session = new Session(Secrets.hash("session", token), user, now, now);
    session.user(user, now);
    byId.put(session.id(), session);
    endOldest(user.id());
    save();
    return token;
  }

  private void endOldest(AgentId user) {
    List<Session> own = of(user);
    own.stream()
        .sorted(Comparator.comparingLong(Session::usedAt))
        .limit(Math.max(0, own.size() - MAX_PER_USER))
        .forEach(this::end);
  }

  /** The session of a cookie, if it lives; counts as use. */
  public Optional<Session> find(String token) {
    return Optional.ofNullable(byId.get(Secrets.hash("session", token)))
        .filter(this::alive)
        .filter(this::userStillThere)
        .map(this::used);
  }

  /** The token that the page has to send with every change, made of the session's own. */
  public static String csrf(String token) {
    return Secrets.hash("csrf", token);
  }

  /** The session's user did something. */
  public Session used(Session session) {
    long now = clock.micros();
    if (now - session.usedAt() > USE_STEP_MICROS) {
      session.use(now);
      changed.set(true);
    }
    return session;
  }

  private boolean alive(Session session) {
    if (!session.ended() && !expired(session, clock.micros())) {
      return true;
    }
    end(session);
    return false;
  }

  private boolean expired(Session session, long now) {
    boolean old = now - session.createdAt() > limits.absoluteMicros();
    boolean idle = now - session.usedAt() > limits.idleMicros();
    if (!old && !idle) {
      return false;
    }
    return now - session.createdAt() > limits.absoluteMicros() + limits.graceMicros()
        || !inCall.test(session.user().id());
  }

  private boolean userStillThere(Session session) {
    long now = clock.micros();
    if (session.readBefore(now - USER_FRESH_MICROS)) {
      refresh(session, now);
    }
    return !session.ended();
  }

  private void refresh(Session session, long now) {
    try {
      Optional<User> fresh = users.byId(session.user().id()).filter(User::active);
      fresh.ifPresentOrElse(user -> session.user(user, now), () -> end(session));
    } catch (Fault.Unreachable databaseAway) {
      // an agent in a call goes on with the rights that were last read
      session.user(session.user(), now);
    }
  }

  /** Ends one session with its sockets. */
  public void end(Session session) {
    if (byId.remove(session.id(), session)) {
      session.end();
      save();
    }
  }

  /** Ends all sessions of a user. */
  public void endAll(AgentId user) {
    of(user).forEach(this::end);
  }

  /** The rights of a user changed: reads them again. */
  public void changed(AgentId user) {
    of(user).forEach(session -> refresh(session, clock.micros()));
  }

  private List<Session> of(AgentId user) {
    return byId.values().stream().filter(s -> s.user().id().equals(user)).toList();
  }

  /** How many live. */
  public int size() {
    return byId.size();
  }

  /** Ends what is too old and saves what was used; called every few seconds. */
  public void sweep() {
    long now = clock.micros();
    byId.values().stream().filter(session -> expired(session, now)).forEach(this::end);
    if (changed.getAndSet(false)) {
      save();
    }
  }

  private synchronized void save() {
    store.save(
        byId.values().stream()
            .map(s -> new Saved(s.id(), s.user().id(), s.createdAt(), s.usedAt()))
            .toList());
  }

  /** When a session ends at the latest, microseconds UTC. */
  public long endsAt(Session session) {
    return session.createdAt() + limits.absoluteMicros();
  }

  /** How long it lasts without use. */
  public long idleSeconds() {
    return limits.idle().toSeconds();
  }
}
