package io.cordboard.core.setup;

import io.cordboard.core.identity.Stamp;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.Fault;
import java.util.List;

/** Keeps everything that is set up. Thread-safe. */
public interface SetupStore {
  /** How it is now. */
  Setup load();

  /**
   * Makes it so, all or nothing.
   *
   * @throws Fault.Refused when it is no longer as {@code order} expects it, or a rule of the users stands
   *     against it
   * @throws Fault.OutcomeUnknown when the connection was lost while it was committed
   */
  void apply(Order order);

  /**
   * What shall be.
   *
   * @param expected how it was when the changes were shown
   * @param fresh those of {@code wanted} who are new, with their passwords' hashes
   */
  record Order(Setup expected, Setup wanted, List<Fresh> fresh, Stamp how) {
    public Order {
      fresh = List.copyOf(fresh);
    }
  }

  /** A new user. */
  record Fresh(User user, String passwordHash) {
    @Override
    public String toString() {
      return "Fresh[" + user.username() + "]";
    }
  }
}
