package io.cordboard.web.api;

import io.cordboard.core.trust.PasswordHasher;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.web.session.Secrets;

/** New users and their passwords for once. */
final class OneTimePasswords {
  private final PasswordHasher hasher;
  private final Secrets secrets;
  private final Ids ids;
  private final Clock clock;

  OneTimePasswords(PasswordHasher hasher, Secrets secrets, Ids ids, Clock clock) {
    this.hasher = hasher;
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
  }

  User user(UserOrder order) {
    return order.created(new AgentId(ids.next()), clock.micros());
  }

  String make() {
    return secrets.password();
  }

  String hash(String password) {
    return hasher.hash(password);
  }
}
