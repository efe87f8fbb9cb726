package io.cordboard.web.session;

import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.User;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One sign-in of one user. Thread-safe. */
public final class Session {
  private final String id;
  private final long createdAt;
  private final Set<Runnable> enders = ConcurrentHashMap.newKeySet();
  private volatile long usedAt;
  private volatile long userReadAt;
  private volatile User user;
  private volatile boolean ended;

  Session(String id, User user, long createdAt, long usedAt) {
    this.id = id;
    this.user = user;
    this.createdAt = createdAt;
    this.usedAt = usedAt;
  }

  /** Hash of the token in the cookie: who reads it cannot sign in with it. */
  String id() {
    return id;
  }

  /** Who signed in, as last read. */
  public User user() {
    return user;
  }

  /** Who signed in, for the doors. */
  public Principal principal() {
    return Principal.of(user);
  }

  /** Microseconds UTC. */
  long createdAt() {
    return createdAt;
  }

  /** When its user last did something; microseconds UTC. */
  long usedAt() {
    return usedAt;
  }

  void use(long at) {
    usedAt = at;
  }

  boolean readBefore(long at) {
    return userReadAt < at;
  }

  void user(User fresh, long at) {
    user = fresh;
    userReadAt = at;
  }

  /**
   * Has {@code ender} run when the session ends, for sockets that live on it; at once when it has
   * ended already.
   */
  public void onEnd(Runnable ender) {
    enders.add(ender);
    if (ended && enders.remove(ender)) {
      ender.run();
    }
  }

  /** The socket ended by itself. */
  public void forget(Runnable ender) {
    enders.remove(ender);
  }

  /** How many sockets live on it. */
  public int sockets() {
    return enders.size();
  }

  void end() {
    ended = true;
    for (Runnable ender : enders) {
      if (enders.remove(ender)) {
        ender.run();
      }
    }
  }

  /** Whether it is over. */
  public boolean ended() {
    return ended;
  }
}
