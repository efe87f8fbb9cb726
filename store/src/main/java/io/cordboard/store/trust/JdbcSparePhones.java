package io.cordboard.store.trust;

import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.SparePhones;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.SqlFaults;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Second phones as rows of {@code spare_phone}; the one that rings stands with the user. */
public final class JdbcSparePhones implements SparePhones {
  private static final String TAKE = "delete from spare_phone where user_id = ?";
  private static final String GIVE =
      "insert into spare_phone (user_id, switch_id, phone_address, phone_kind) values (?, ?, ?, ?)";
  private static final String RINGS =
      "select switch_id, phone_address, phone_kind from app_user where id = ? for update";
  private static final String SPARE =
      "select switch_id, phone_address, phone_kind from spare_phone where user_id = ?";
  private static final String RING =
      "update app_user set switch_id = ?, phone_address = ?, phone_kind = ? where id = ?";

  private final Transactions transactions;

  public JdbcSparePhones(DataSource source) {
    this.transactions = new Transactions(source);
  }

  @Override
  public Map<AgentId, Phone> all() {
    return transactions.get("read second phones", JdbcSparePhones::all);
  }

  /** All of them, in a transaction of somebody else. */
  public static Map<AgentId, Phone> all(Connection connection) throws SQLException {
    Map<AgentId, Phone> phones = new HashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select switch_id, phone_address, phone_kind, user_id from spare_phone");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        phones.put(new AgentId(row.getObject(4, UUID.class)), phone(row));
      }
    }
    return phones;
  }

  @Override
  public void give(AgentId user, @Nullable Phone phone) {
    transactions.change(
        "give the second phone",
        connection -> {
          Found rings = rings(connection, user);
          if (phone != null && rings.phone() != null && rings.phone().kind() == phone.kind()) {
            throw new Fault.Refused(
                "The user has a phone of kind %s already: the second one is of another kind."
                    .formatted(phone.kind()));
          }
          take(connection, user);
          if (phone != null) {
            insert(connection, user, phone);
          }
        });
  }

  @Override
  public void use(AgentId user, Phone.Kind kind) {
    transactions.change(
        "change the phone",
        connection -> {
          Phone rings = rings(connection, user).phone();
          if (rings != null && rings.kind() == kind) {
            return;
          }
          Phone spare = one(connection, SPARE, user).phone();
          if (spare == null || spare.kind() != kind) {
            throw new Fault.Refused("You have no phone of kind %s.".formatted(kind));
          }
          take(connection, user);
          ring(connection, user, spare);
          if (rings != null) {
            insert(connection, user, rings);
          }
        });
  }

  /** A row, and the phone in it. */
  private record Found(boolean row, @Nullable Phone phone) {}

  private static Found rings(Connection connection, AgentId user) throws SQLException {
    Found found = one(connection, RINGS, user);
    if (!found.row()) {
      throw new Fault.NotFound("There is no user " + user + ".");
    }
    return found;
  }

  private static Found one(Connection connection, String query, AgentId user) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setObject(1, user.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Found(true, row.getString(1) == null ? null : phone(row))
            : new Found(false, null);
      }
    }
  }

  /** Takes the second phone away, in a transaction of somebody else. */
  public static void take(Connection connection, AgentId user) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(TAKE)) {
      delete.setObject(1, user.value());
      delete.executeUpdate();
    }
  }

  private static void ring(Connection connection, AgentId user, Phone phone) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RING)) {
      update.setString(1, phone.switchId());
      update.setString(2, phone.address());
      update.setString(3, phone.kind().name());
      update.setObject(4, user.value());
      update.executeUpdate();
    }
  }

  /** Gives a second phone, in a transaction of somebody else. */
  public static void insert(Connection connection, AgentId user, Phone phone)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(GIVE)) {
      insert.setObject(1, user.value());
      insert.setString(2, phone.switchId());
      insert.setString(3, phone.address());
      insert.setString(4, phone.kind().name());
      insert.executeUpdate();
    } catch (SQLException failed) {
      if (SqlFaults.state(failed).equals("23505")) {
        throw new Fault.Refused(
            "The phone %s on the switch %s belongs to a user: take it away there first."
                .formatted(phone.address(), phone.switchId()));
      }
      throw failed;
    }
  }

  private static Phone phone(ResultSet row) throws SQLException {
    return new Phone(row.getString(1), row.getString(2), Phone.Kind.valueOf(row.getString(3)));
  }
}
