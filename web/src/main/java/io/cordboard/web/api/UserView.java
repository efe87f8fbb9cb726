package io.cordboard.web.api;

import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user as administrators and the user see them. */
record UserView(
    String id,
    String username,
    String name,
    Role role,
    List<Permission> grants,
    boolean active,
    @Nullable PhoneView phone,
    Instant createdAt) {

  /** The device that rings. */
  record PhoneView(String switchId, String address, Phone.Kind kind) {}

  static UserView of(User user) {
    Phone phone = user.phone();
    return new UserView(
        user.id().toString(),
        user.username().value(),
        user.displayName().value(),
        user.role(),
        user.grants().stream().sorted().toList(),
        user.active(),
        phone == null ? null : new PhoneView(phone.switchId(), phone.address(), phone.kind()),
        Clock.instant(user.createdAt()));
  }
}
