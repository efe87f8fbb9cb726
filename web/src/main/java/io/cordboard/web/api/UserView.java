package io.cordboard.web.api;

import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user as administrators and the user see them.
 *
 * @param sparePhone the phone that could ring instead; told among the users, not by a session
 */
record UserView(
    String id,
    String username,
    String name,
    Role role,
    List<Permission> grants,
    boolean active,
    @Nullable PhoneView phone,
    @Nullable PhoneView sparePhone,
    Instant createdAt) {

  /** The device that rings, or the one that could ring instead. */
  record PhoneView(String switchId, String address, Phone.Kind kind) {
    static @Nullable PhoneView of(@Nullable Phone phone) {
      return phone == null
          ? null
          : new PhoneView(phone.switchId(), phone.address(), phone.kind());
    }
  }

  static UserView of(User user, @Nullable Phone spare) {
    return new UserView(
        user.id().toString(),
        user.username().value(),
        user.displayName().value(),
        user.role(),
        user.grants().stream().sorted().toList(),
        user.active(),
        PhoneView.of(user.phone()),
        PhoneView.of(spare),
        Clock.instant(user.createdAt()));
  }
}
