package io.cordboard.store.setup;

import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkStore.Change;
import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.OutcomeForm;
import io.cordboard.core.routing.OutcomeForm.OutcomeField;
import io.cordboard.core.routing.OutcomeForm.NoteTemplate;
import io.cordboard.core.setup.Setup;
import io.cordboard.core.setup.Setup.Group;
import io.cordboard.core.setup.Setup.Person;
import io.cordboard.core.setup.SetupStore;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.HoursRows;
import io.cordboard.store.JdbcSettings;
import io.cordboard.store.OutcomeRows;
import io.cordboard.store.JdbcTrunks;
import io.cordboard.store.Transactions;
import io.cordboard.store.trust.JdbcSparePhones;
import io.cordboard.store.trust.JdbcUsers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The whole set-up, read and written in one transaction. Thread-safe. */
public final class JdbcSetup implements SetupStore {
  // who changes a user or a trunk meanwhile waits, and so does a second file
  private static final String LOCK =
      "lock table app_user, trunk_version, queue, team, phone_line in share row exclusive mode";
  private static final String EMPTY =
      """
      delete from phone_line; delete from queue; delete from queue_auto_answer; delete from team; delete from opening_hours;
      delete from disposition; delete from outcome_field; delete from note_template
      """;

  private final Transactions transactions;

  public JdbcSetup(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Setup load() {
    return transactions.get("read the set-up", JdbcSetup::load);
  }

  private static Setup load(Connection connection) throws SQLException {
    List<User> users = JdbcUsers.list(connection);
    Map<String, String> names = new HashMap<>();
    users.forEach(user -> names.put(user.id().toString(), user.username().value()));
    Map<String, String> teamOf = pairs(connection, "select agent_id::text, team_id from team_member");
    Map<AgentId, Phone> spares = JdbcSparePhones.all(connection);
    Map<String, Person> people = new LinkedHashMap<>();
    users.forEach(
        user ->
            people.put(
                user.username().value(),
                Person.of(user, teamOf.get(user.id().toString()), spares.get(user.id()))));
    Map<String, Disposition> dispositions = new LinkedHashMap<>();
    OutcomeRows.dispositions(connection).forEach(d -> dispositions.put(d.code(), d));
    OutcomeForm form = OutcomeRows.load(connection);
    Map<String, OutcomeField> fields = new LinkedHashMap<>();
    form.fields().forEach(field -> fields.put(field.id(), field));
    Map<String, NoteTemplate> templates = new LinkedHashMap<>();
    form.templates().forEach(template -> templates.put(template.id(), template));
    Map<String, TrunkRules> trunks = new TreeMap<>();
    JdbcTrunks.load(connection)
        .forEach(
            (name, version) -> {
              TrunkRules rules = version.rules();
              if (rules != null) {
                trunks.put(name, rules);
              }
            });
    return new Setup(
        people, pairs(connection, "select id, label from team order by id"),
        queues(connection, names), HoursRows.load(connection), JdbcSettings.lines(connection),
        dispositions, fields, templates, trunks);
  }

  private static Map<String, Group> queues(Connection connection, Map<String, String> names)
      throws SQLException {
    Map<String, List<String>> agents =
        lists(connection, "select queue_id, agent_id::text from queue_member");
    Map<String, List<String>> teams = lists(connection, "select queue_id, team_id from queue_team");
    Map<String, Group> queues = new LinkedHashMap<>();
    JdbcSettings.queueRows(connection)
        .forEach(
            queue ->
                queues.put(
                    queue.id(),
                    new Group(
                        queue.label(),
                        agents.getOrDefault(queue.id(), List.of()).stream()
                            .filter(names::containsKey)
                            .map(names::get)
                            .toList(),
                        teams.getOrDefault(queue.id(), List.of()),
                        queue.comfort(), queue.autoAnswer())));
    return queues;
  }

  private static Map<String, String> pairs(Connection connection, String query)
      throws SQLException {
    Map<String, String> found = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        found.put(row.getString(1), row.getString(2));
      }
    }
    return found;
  }

  private static Map<String, List<String>> lists(Connection connection, String query)
      throws SQLException {
    Map<String, List<String>> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        found.computeIfAbsent(row.getString(1), key -> new ArrayList<>()).add(row.getString(2));
      }
    }
    return found;
  }

  @Override
  public void apply(Order order) {
    transactions.change(
        "change the set-up",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
            if (!load(connection).equals(order.expected())) {
              throw new Fault.Refused(
                  "Somebody changed the set-up meanwhile: look at what would change now, then apply the file again.");
            }
            users(connection, order);
            statement.execute(EMPTY);
          }
          new SetupRows(connection, ids(connection)).insert(order.wanted());
          trunks(connection, order);
        });
  }

  private static Map<String, AgentId> ids(Connection connection) throws SQLException {
    Map<String, AgentId> ids = new HashMap<>();
    JdbcUsers.list(connection).forEach(user -> ids.put(user.username().value(), user.id()));
    return ids;
  }

  // ---- users -----------------------------------------------------------------------------------

  private static void users(Connection connection, Order order) throws SQLException {
    List<User> changed = new ArrayList<>();
    Map<AgentId, Phone> spares = new HashMap<>();
    for (User user : JdbcUsers.list(connection)) {
      String name = user.username().value();
      Person wanted = order.wanted().users().get(name);
      if (wanted != null && !wanted.equals(order.expected().users().get(name))) {
        changed.add(as(user, wanted, wanted.phone()));
        spare(spares, user, wanted);
        // two may swap their phones: both let go first
        JdbcUsers.write(connection, as(user, wanted, null));
        JdbcSparePhones.take(connection, user.id());
      }
    }
    for (User user : changed) {
      JdbcUsers.write(connection, user);
    }
    for (Fresh fresh : order.fresh()) {
      JdbcUsers.create(connection, fresh.user(), fresh.passwordHash());
      spare(spares, fresh.user(), order.wanted().users().get(fresh.user().username().value()));
    }
    for (Map.Entry<AgentId, Phone> spare : spares.entrySet()) {
      JdbcSparePhones.insert(connection, spare.getKey(), spare.getValue());
    }
  }

  private static void spare(Map<AgentId, Phone> spares, User user, @Nullable Person wanted) {
    Phone spare = wanted == null ? null : wanted.spare();
    if (spare != null) {
      spares.put(user.id(), spare);
    }
  }

  private static User as(User user, Person wanted, @Nullable Phone phone) {
    return new User(
        user.id(), user.username(), wanted.shown(), wanted.role(), wanted.grants(),
        wanted.active(), phone, user.mustChangePassword(), user.createdAt());
  }

  // ---- trunks ----------------------------------------------------------------------------------

  private static void trunks(Connection connection, Order order) throws SQLException {
    Map<String, TrunkRules> before = order.expected().trunks();
    Map<String, TrunkRules> after = order.wanted().trunks();
    Change change = new Change(null, order.how());
    for (Map.Entry<String, TrunkRules> one : after.entrySet()) {
      if (!one.getValue().equals(before.get(one.getKey()))) {
        JdbcTrunks.save(connection, one.getKey(), one.getValue(), change);
      }
    }
    for (String name : before.keySet()) {
      if (!after.containsKey(name)) {
        JdbcTrunks.save(connection, name, null, change);
      }
    }
  }
}
