package io.cordboard.store.customer;

import io.cordboard.core.identity.MergeLedger;
import io.cordboard.core.identity.MergeLink;
import io.cordboard.core.identity.Stamp;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Locks and loads those who are one customer, and derives anew what follows from it. */
final class Groups {
  static final String LINK =
      "select id, absorbed, survivor, since, linked_by, reason, until, closed_by from merge_link ";

  private static final int TRIES = 50;
  private static final String NEAR =
      """
      with recursive near (id) as (
        select unnest(?::uuid[])
        union
        select x.id from near n cross join lateral (
          select survivor from merge_link where absorbed = n.id
          union all
          select absorbed from merge_link where survivor = n.id) x (id))
      """
          + LINK
          + "where absorbed in (select id from near)";

  private Groups() {}

  /**
   * The links of everybody who is or was one with them; all who are one with them now are locked until
   * the transaction ends, so that nobody else changes their groups meanwhile. All at once and in the
   * order of their ids: nothing that follows locks a customer more.
   *
   * @throws Fault.NotFound when one of them does not exist
   */
  static MergeLedger lock(Connection connection, Collection<CustomerId> whom) throws SQLException {
    for (int tries = 0; tries < TRIES; tries++) {
      Savepoint before = connection.setSavepoint();
      Set<CustomerId> members = members(load(connection, whom), whom);
      Set<CustomerId> locked =
          new HashSet<>(
              Sql.list(
                  connection,
                  row -> Sql.customer(row, 1),
                  "select id from customer where id = any (?) order by id for no key update",
                  Sql.ids(connection, members)));
      MergeLedger ledger = load(connection, whom);
      if (!locked.containsAll(members)) {
        throw new Fault.NotFound("This customer does not exist.");
      }
      if (locked.containsAll(members(ledger, whom))) {
        return ledger;
      }
      // merged meanwhile: locking more here could be in another order than somebody else's
      connection.rollback(before);
    }
    throw new Fault.Busy(
        "Others merge the same customers right now: try again.", Duration.ofSeconds(1));
  }

  private static Set<CustomerId> members(MergeLedger ledger, Collection<CustomerId> whom) {
    Set<CustomerId> members = new TreeSet<>();
    whom.forEach(one -> members.addAll(ledger.membersOf(one)));
    return members;
  }

  /** The same without a lock, for looking. */
  static MergeLedger load(Connection connection, Collection<CustomerId> whom) throws SQLException {
    return new MergeLedger(
        Sql.list(connection, Groups::link, NEAR, Sql.ids(connection, whom)));
  }

  static @Nullable MergeLink link(Connection connection, UUID id) throws SQLException {
    return Sql.first(connection, Groups::link, LINK + "where id = ?", id);
  }

  private static MergeLink link(ResultSet row) throws SQLException {
    long until = row.getLong(7);
    return new MergeLink(
        row.getObject(1, UUID.class),
        Sql.customer(row, 2),
        Sql.customer(row, 3),
        new Stamp(row.getLong(4), row.getString(5)),
        row.getString(6),
        until == 0 ? null : new Stamp(until, row.getString(8)));
  }

  static void insert(Connection connection, MergeLink link) throws SQLException {
    Sql.write(
        connection,
        "insert into merge_link (id, survivor, absorbed, since, linked_by, reason) values (?, ?, ?, ?, ?, ?)",
        link.id(),
        link.survivor().value(),
        link.loser().value(),
        link.opened().at(),
        link.opened().by(),
        Sql.clean(link.reason()));
  }

  static void close(Connection connection, MergeLink link, Stamp closed) throws SQLException {
    Sql.write(
        connection,
        "update merge_link set until = ?, closed_by = ? where id = ?",
        closed.at(),
        closed.by(),
        link.id());
  }

  /** Who is found under whom, whose tasks are whose, which numbers are whose. */
  static void derive(Connection connection, MergeLedger ledger, CustomerId any, Stamp stamp)
      throws SQLException {
    CustomerId survivor = ledger.resolve(any);
    SortedSet<CustomerId> members = ledger.membersOf(survivor);
    List<CustomerId> others = members.stream().filter(one -> !one.equals(survivor)).toList();
    Sql.write(
        connection,
        "update customer set merged_into = null, absorbed = nullif(?::uuid[], '{}'), version = version + 1 where id = ?",
        Sql.ids(connection, others),
        survivor.value());
    Sql.write(
        connection,
        "update customer set merged_into = ?, absorbed = null, version = version + 1 where id = any (?)",
        survivor.value(),
        Sql.ids(connection, others));
    Sql.write(
        connection,
        "update task set merged_party = nullif(?, party) where customer_id = any (?) and closed_at = 0",
        survivor.toString(),
        Sql.ids(connection, members));
    IdentityRows.derive(connection, ledger, members, null, stamp);
  }
}
