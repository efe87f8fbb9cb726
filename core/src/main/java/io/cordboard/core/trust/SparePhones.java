package io.cordboard.core.trust;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The second phones of users who have two: the one that does not ring now. Thread-safe; throws {@link
 * Fault.Unreachable} while the database is away.
 */
public interface SparePhones {
  /** All of them, by their users. */
  Map<AgentId, Phone> all();

  /**
   * Gives the user this one beside the phone that rings, or takes it away.
   *
   * @throws Fault.NotFound for an unknown user
   * @throws Fault.Refused when it belongs to somebody, or the user's other phone is of the same kind
   */
  void give(AgentId user, @Nullable Phone phone);

  /**
   * The user's phone of this kind rings from now on, the other one is the spare. Idempotent.
   *
   * @throws Fault.Refused when the user has none of this kind
   */
  void use(AgentId user, Phone.Kind kind);
}
