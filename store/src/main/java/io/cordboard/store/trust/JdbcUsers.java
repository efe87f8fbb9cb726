package io.cordboard.store.trust;

import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.SqlFaults;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Users as rows of {@code app_user}. */
public final class JdbcUsers implements Users {
  private static final String COLUMNS =
      """
      id, username, display_name, role, grants, active, switch_id, phone_address, phone_kind,
      must_change_password, created_at, password_hash
      """;
  private static final String SELECT = "select " + COLUMNS + " from app_user ";
  private static final String INSERT =
      "insert into app_user (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String UPDATE =
      """
      update app_user set display_name = ?, role = ?, grants = ?, active = ?, switch_id = ?,
          phone_address = ?, phone_kind = ?
        where id = ?
      """;
  // one after the other: two administrators who disable each other at once must not both succeed
  private static final String LOCK_ADMINISTRATORS =
      "select id from app_user where role = 'ADMINISTRATOR' and active order by id for update";
  private static final String PASSWORD =
      "update app_user set password_hash = ?, must_change_password = ? where id = ?";

  private final Transactions transactions;

  public JdbcUsers(DataSource source) {
    this.transactions = new Transactions(source);
  }

  @Override
  public void create(User user, String passwordHash) {
    transactions.change("create the user", connection -> create(connection, user, passwordHash));
  }

  /** The same in a transaction of somebody else. */
  public static void create(Connection connection, User user, String passwordHash)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, user.id().value());
      insert.setString(2, user.username().value());
      insert.setString(3, user.displayName().value());
      insert.setString(4, user.role().name());
      insert.setArray(5, grants(connection, user));
      insert.setBoolean(6, user.active());
      setPhone(insert, 7, user.phone());
      insert.setBoolean(10, user.mustChangePassword());
      insert.setLong(11, user.createdAt());
      insert.setString(12, passwordHash);
      execute(insert, user);
    }
  }

  @Override
  public Optional<User> byId(AgentId id) {
    return one("where id = ?", id.value()).map(Login::user);
  }

  @Override
  public Optional<Login> login(Username username) {
    return one("where username = ?", username.value());
  }

  @Override
  public List<User> list() {
    return transactions.get("read users", JdbcUsers::list);
  }

  @Override
  public void update(User user) {
    transactions.change(
        "change the user",
        connection -> {
          keepAnAdministrator(connection, user);
          write(connection, user);
        });
  }

  /** Writes the user as {@link #update} does, without looking after the last administrator. */
  public static void write(Connection connection, User user) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      update.setString(1, user.displayName().value());
      update.setString(2, user.role().name());
      update.setArray(3, grants(connection, user));
      update.setBoolean(4, user.active());
      setPhone(update, 5, user.phone());
      update.setObject(8, user.id().value());
      mustExist(execute(update, user), user.id());
    }
  }

  @Override
  public void changePassword(AgentId id, String passwordHash, boolean mustChange) {
    transactions.change(
        "change the password",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(PASSWORD)) {
            update.setString(1, passwordHash);
            update.setBoolean(2, mustChange);
            update.setObject(3, id.value());
            mustExist(update.executeUpdate(), id);
          }
        });
  }

  private static void keepAnAdministrator(Connection connection, User user) throws SQLException {
    if (user.active() && user.role() == Role.ADMINISTRATOR) {
      return;
    }
    try (PreparedStatement lock = connection.prepareStatement(LOCK_ADMINISTRATORS);
        ResultSet rows = lock.executeQuery()) {
      List<UUID> administrators = new ArrayList<>();
      while (rows.next()) {
        administrators.add(rows.getObject(1, UUID.class));
      }
      if (administrators.equals(List.of(user.id().value()))) {
        throw new Fault.Refused(
            "%s is the last active administrator: make somebody else administrator first."
                .formatted(user.username()));
      }
    }
  }

  private static int execute(PreparedStatement change, User user) throws SQLException {
    try {
      return change.executeUpdate();
    } catch (SQLException failed) {
      if (SqlFaults.state(failed).equals("23505")) {
        throw taken(failed, user);
      }
      throw failed;
    }
  }

  private static Fault.Refused taken(SQLException failed, User user) {
    Phone phone = user.phone();
    boolean byPhone = String.valueOf(failed.getMessage()).contains("app_user_phone");
    return new Fault.Refused(
        byPhone && phone != null
            ? "The phone %s on the switch %s belongs to another user: take it away there first."
                .formatted(phone.address(), phone.switchId())
            : "There is a user '%s' already: choose another name.".formatted(user.username()));
  }

  private static void mustExist(int rows, AgentId id) {
    if (rows == 0) {
      throw new Fault.NotFound("There is no user " + id + ".");
    }
  }

  private static java.sql.Array grants(Connection connection, User user) throws SQLException {
    return connection.createArrayOf(
        "text", user.grants().stream().map(Permission::name).sorted().toArray());
  }

  private static void setPhone(PreparedStatement statement, int at, @Nullable Phone phone)
      throws SQLException {
    statement.setString(at, phone == null ? null : phone.switchId());
    statement.setString(at + 1, phone == null ? null : phone.address());
    statement.setString(at + 2, phone == null ? null : phone.kind().name());
  }

  private Optional<Login> one(String where, Object value) {
    return select(where, value).stream().findFirst();
  }

  private List<Login> select(String rest, @Nullable Object value) {
    return transactions.get("read users", connection -> select(connection, rest, value));
  }

  /** All users, by name. */
  public static List<User> list(Connection connection) throws SQLException {
    return select(connection, "order by username", null).stream().map(Login::user).toList();
  }

  private static List<Login> select(Connection connection, String rest, @Nullable Object value)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + rest)) {
      if (value != null) {
        select.setObject(1, value);
      }
      List<Login> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(new Login(user(rows), rows.getString(12)));
        }
      }
      return found;
    }
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        new AgentId(row.getObject(1, UUID.class)),
        new Username(row.getString(2)),
        new DisplayName(row.getString(3)),
        Role.valueOf(row.getString(4)),
        grants((String[]) row.getArray(5).getArray()),
        row.getBoolean(6),
        phone(row),
        row.getBoolean(10),
        row.getLong(11));
  }

  // a permission that a later version took away grants nothing
  private static Set<Permission> grants(String[] names) {
    Set<String> held = Set.of(names);
    return Arrays.stream(Permission.values())
        .filter(p -> held.contains(p.name()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable Phone phone(ResultSet row) throws SQLException {
    String switchId = row.getString(7);
    return switchId == null
        ? null
        : new Phone(switchId, row.getString(8), Phone.Kind.valueOf(row.getString(9)));
  }
}
