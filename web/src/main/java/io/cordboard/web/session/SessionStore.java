package io.cordboard.web.session;

import io.cordboard.kernel.AgentId;
import java.util.Collection;
import java.util.List;

/**
 * Keeps sessions over a restart, so that nobody has to sign in again in the middle of a call.
 * Called by one thread at a time.
 */
public interface SessionStore {
  /** Keeps nothing: a restart signs everybody out. */
  SessionStore NONE =
      new SessionStore() {
        @Override
        public List<Saved> load() {
          return List.of();
        }

        @Override
        public void save(Collection<Saved> sessions) {}
      };

  /** What was last saved; nothing when there is nothing readable. */
  List<Saved> load();

  /** Replaces everything. */
  void save(Collection<Saved> sessions);

  /**
   * A session.
   *
   * @param id hash of its token
   * @param createdAt microseconds UTC
   * @param usedAt microseconds UTC
   */
  record Saved(String id, AgentId user, long createdAt, long usedAt) {}
}
