package io.cordboard.app;

import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.Fault;
import io.cordboard.web.phone.PhoneSettings;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The browser phones of the Asterisk beside this server. Whoever may take calls and has no phone gets
 * a free one; an administrator may give another. Thread-safe.
 */
final class AgentPhones implements PhoneSettings {
  private static final Logger LOG = LoggerFactory.getLogger(AgentPhones.class);

  private final Users users;
  private final Supplier<List<Phone>> spares;
  private final Runnable directory;
  private volatile List<BrowserPhone> phones = List.of();

  /**
   * Makes it.
   *
   * @param spares phones that are somebody's and do not ring
   * @param directory reads the team again
   */
  AgentPhones(Users users, Supplier<List<Phone>> spares, Runnable directory) {
    this.users = users;
    this.spares = spares;
    this.directory = directory;
  }

  /** These phones are there from now on; none while there is no Asterisk. */
  void set(List<BrowserPhone> now) {
    phones = List.copyOf(now);
    allot();
  }

  @Override
  public Optional<BrowserPhone> of(Phone phone) {
    return phone.switchId().equals(AsteriskBeside.ID)
        ? phones.stream().filter(p -> p.extension().equals(phone.address())).findFirst()
        : Optional.empty();
  }

  /** Gives everybody a phone who needs one; the directory knows it afterwards. */
  synchronized void allot() {
    List<User> all = users.list();
    Set<String> taken =
        Stream.concat(all.stream().map(User::phone), spares.get().stream())
            .filter(phone -> phone != null && phone.switchId().equals(AsteriskBeside.ID))
            .map(Phone::address)
            .collect(Collectors.toSet());
    Iterator<String> free =
        phones.stream().map(BrowserPhone::extension).filter(e -> !taken.contains(e)).iterator();
    for (User user : all) {
      if (user.phone() == null && takesCalls(user) && !phones.isEmpty()) {
        give(user, free);
      }
    }
    directory.run();
  }

  private static boolean takesCalls(User user) {
    return user.active()
        && (user.role().permissions().contains(Permission.TAKE_CALLS)
            || user.grants().contains(Permission.TAKE_CALLS));
  }

  private void give(User user, Iterator<String> free) {
    if (!free.hasNext()) {
      LOG.warn(
          "No browser phone is left for user {}: './cordboard pbx down', then 'pbx up --web-agents N'"
              + " with a greater N, makes more.",
          user.username());
      return;
    }
    Phone phone = new Phone(AsteriskBeside.ID, free.next(), Phone.Kind.BROWSER);
    try {
      users.update(withPhone(user, phone));
    } catch (Fault.Refused taken) {
      LOG.warn("User {} got no phone: {}", user.username(), taken.getMessage());
    }
  }

  private static User withPhone(User user, Phone phone) {
    return new User(
        user.id(), user.username(), user.displayName(), user.role(), user.grants(), user.active(),
        phone, user.mustChangePassword(), user.createdAt());
  }
}
