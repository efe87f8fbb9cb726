package io.cordboard.web.fake;

import io.cordboard.core.setup.Setup;
import io.cordboard.core.setup.Setup.Person;
import io.cordboard.core.setup.SetupStore;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.Fault;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The set-up in memory, over the users there. */
public final class FakeSetup implements SetupStore {
  private final FakeUsers users;
  private final FakeSparePhones spares;
  private final Map<String, String> teams = new HashMap<>();
  private Setup rest = Setup.NONE;
  private boolean answerLost;

  FakeSetup(FakeUsers users, FakeSparePhones spares) {
    this.users = users;
    this.spares = spares;
  }

  @Override
  public synchronized Setup load() {
    Map<String, Person> people = new LinkedHashMap<>();
    for (User user : users.list()) {
      String name = user.username().value();
      people.put(name, Person.of(user, teams.get(name), spares.all().get(user.id())));
    }
    return new Setup(
        people, rest.teams(), rest.queues(), rest.hours(), rest.lines(), rest.dispositions(),
        rest.fields(), rest.templates(),
        rest.trunks());
  }

  /** From now on it is done, and the answer does not come. */
  public synchronized void loseAnswers() {
    answerLost = true;
  }

  @Override
  public synchronized void apply(Order order) {
    if (!load().equals(order.expected())) {
      throw new Fault.Refused("Somebody changed the set-up meanwhile.");
    }
    for (User user : users.list()) {
      Person as = order.wanted().users().get(user.username().value());
      if (as != null) {
        users.update(
            new User(
                user.id(), user.username(), as.shown(), as.role(), as.grants(), as.active(),
                as.phone(), user.mustChangePassword(), user.createdAt()));
        spares.give(user.id(), as.spare());
      }
    }
    for (Fresh fresh : order.fresh()) {
      users.create(fresh.user(), fresh.passwordHash());
      Person as = order.wanted().users().get(fresh.user().username().value());
      spares.give(fresh.user().id(), as == null ? null : as.spare());
    }
    teams.clear();
    order
        .wanted()
        .users()
        .forEach(
            (name, person) -> {
              if (person.team() != null) {
                teams.put(name, person.team());
              }
            });
    rest = order.wanted();
    if (answerLost) {
      throw new Fault.OutcomeUnknown("The database went away at the commit.", null);
    }
  }
}
