package io.cordboard.store.sync;

import io.cordboard.core.sync.Link;
import io.cordboard.core.sync.Ours;
import io.cordboard.core.sync.SyncStore;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.store.Transactions;
import io.cordboard.store.customer.Sql;
import io.cordboard.store.customer.SyncedCustomers;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Links of records in PostgreSQL.
 *
 * <p>Easy to get wrong: locks are taken in one order, first what is known of a record of theirs, then the link, then
 * ours.
 */
public final class JdbcSyncStore implements SyncStore {
  private static final int HANDED_AT_ONCE = 2_000;

  private final Transactions transactions;
  private final Clock clock;
  private final String base;
  private final Runnable tasksChanged;

  /** Over a database; nobody is told of tasks that another system has changed. */
  public JdbcSyncStore(DataSource source, Clock clock, String base) {
    this(source, clock, base, () -> {});
  }

  /**
   * Over a database.
   *
   * @param base where people find us, such as {@code https://cordboard.example}
   * @param tasksChanged told after another system has changed a task
   */
  public JdbcSyncStore(DataSource source, Clock clock, String base, Runnable tasksChanged) {
    this.tasksChanged = tasksChanged;
    this.transactions = new Transactions(source);
    this.clock = clock;
    this.base = base;
  }

  @Override
  public Map<String, Ours> ours(RecordKind kind, Collection<String> ids) {
    return ids.isEmpty()
        ? Map.of()
        : transactions.get("read what another system is to be told", connection -> read(connection, kind, ids));
  }

  private Map<String, Ours> read(Connection connection, RecordKind kind, Collection<String> ids) throws SQLException {
    return switch (kind) {
      case CUSTOMER -> SyncedCustomers.read(connection, ids);
      case INTERACTION -> SyncedCalls.read(connection, ids, base);
      case ORDER -> byId(SyncedOrders.read(connection, uuids(connection, ids)));
      case TICKET -> byId(SyncedTickets.read(connection, uuids(connection, ids)));
      case TASK -> byId(SyncedTasks.read(connection, uuids(connection, ids)));
      case LEAD -> byId(SyncedLeads.read(connection, uuids(connection, ids)));
    };
  }

  private static Array uuids(Connection connection, Collection<String> ids) throws SQLException {
    return connection.createArrayOf("uuid", ids.stream().map(UUID::fromString).toArray());
  }

  private static Map<String, Ours> byId(List<Ours> records) {
    return records.stream().collect(Collectors.toMap(Ours::id, one -> one));
  }

  @Override
  public Map<String, Link> links(String crm, RecordKind kind, Collection<String> ours) {
    if (ours.isEmpty()) {
      return Map.of();
    }
    Map<String, Link> links = new HashMap<>();
    transactions
        .get(
            "read what was agreed on",
            connection ->
                Sql.list(
                    connection, LinkRows::link, LinkRows.COLUMNS + "where crm = ? and kind = ? and ours = any (?)", crm,
                    kind.word(), Sql.texts(connection, ours)))
        .forEach(link -> links.put(link.ours(), link));
    return links;
  }

  @Override
  public Optional<Link> linkOf(String crm, RecordKind kind, String theirs) {
    return transactions.get(
        "read what was agreed on",
        connection -> Optional.ofNullable(LinkRows.byTheirs(connection, crm, kind, theirs, false)));
  }

  @Override
  public Map<String, Link> linksOf(String crm, RecordKind kind, Collection<String> theirs) {
    Map<String, Link> links = new HashMap<>();
    transactions
        .get(
            "read what was agreed on",
            connection ->
                Sql.list(
                    connection, LinkRows::link, LinkRows.COLUMNS + "where crm = ? and kind = ? and theirs = any (?) and theirs <> ''",
                    crm, kind.word(), Sql.texts(connection, theirs)))
        .forEach(link -> links.put(link.theirs(), link));
    return links;
  }

  @Override
  public List<String> withoutLink(String crm, RecordKind kind) {
    String all =
        switch (kind) {
          case CUSTOMER -> "select id::text from customer where merged_into is null";
          case INTERACTION -> "select call_id::text from call_record where customer_id is not null and ended_at > 0";
          case TASK -> "select id::text from task where closed_at = 0 and customer_id is not null";
          case LEAD, ORDER, TICKET -> "select id::text from " + table(kind);
        };
    return transactions.get(
        "look for what was never sent",
        connection -> {
          if (kind == RecordKind.ORDER || kind == RecordKind.TICKET) {
            // the first who wants them all gives each the id that it keeps
            Sql.write(connection, "update " + table(kind) + " set id = gen_random_uuid() where id is null");
          }
          return Sql.list(
              connection, row -> row.getString(1),
              "select o.id from (" + all
                  + ") o (id) where not exists (select 1 from sync_link l where l.crm = ? and l.kind = ? and l.ours = o.id)",
              crm, kind.word());
        });
  }

  private static String table(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER -> "customer";
      case INTERACTION -> "call_record";
      case TASK -> "task";
      case TICKET -> "service_record";
      case LEAD -> "lead";
      case ORDER -> "sales_order";
    };
  }

  @Override
  public Optional<String> numbered(String crm, RecordKind kind, String customer, String number) {
    String same =
        """
        where o.number = ? and o.customer_id = any (array(
          select unnest(m.id || m.absorbed) from customer m
            where m.id = (select coalesce(merged_into, id) from customer where id = ?)))
        """;
    return transactions.get(
        "look for a record by its number",
        connection -> {
          UUID whose = UUID.fromString(customer);
          Sql.write(
              connection, "update " + table(kind) + " o set id = gen_random_uuid() " + same + " and o.id is null",
              number, whose);
          List<String> found =
              Sql.list(
                  connection, row -> row.getString(1),
                  "select o.id::text from " + table(kind) + " o " + same
                      + " and not exists (select 1 from sync_link l where l.crm = ? and l.kind = ? and l.ours = o.id::text)",
                  number, whose, crm, kind.word());
          return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
        });
  }

  @Override
  public boolean await(String crm, RecordKind kind, String theirs, String customer, long at) {
    return transactions.get(
        "keep what waits for its customer",
        connection -> {
          // whoever makes customers known holds this shared: one of both sees the other
          Sql.list(connection, row -> true, "select pg_advisory_xact_lock(hashtextextended(?, 32))", crm);
          Link link = LinkRows.byTheirs(connection, crm, RecordKind.CUSTOMER, customer, false);
          if (link != null && link.state() == Link.State.LIVE) {
            return false;
          }
          Sql.write(
              connection,
              """
              insert into sync_waiting (crm, kind, theirs, customer, at) values (?, ?, ?, ?, ?)
              on conflict (crm, kind, theirs) do update set customer = excluded.customer
              """,
              crm, kind.word(), Sql.clean(theirs), Sql.clean(customer), at);
          return true;
        });
  }

  @Override
  public void forget(String crm, RecordKind kind, String theirs) {
    transactions.change(
        "forget what waits for its customer",
        connection ->
            Sql.write(
                connection, "delete from sync_waiting where crm = ? and kind = ? and theirs = ?", crm, kind.word(),
                theirs));
  }

  private static Set<String> kept(Connection connection, String crm, List<Kept> links, long at) throws SQLException {
    List<String> customers =
        links.stream()
            .map(Kept::link)
            .filter(link -> link.kind() == RecordKind.CUSTOMER && link.state() == Link.State.LIVE)
            .map(Link::theirs)
            .toList();
    if (!customers.isEmpty()) {
      Sql.list(connection, row -> true, "select pg_advisory_xact_lock_shared(hashtextextended(?, 32))", crm);
    }
    Set<String> left = LinkRows.keep(connection, crm, links, at);
    if (!customers.isEmpty()) {
      Sql.list(connection, row -> true, "select sync_arrived(?, ?)", crm, Sql.texts(connection, customers));
    }
    return left;
  }

  @Override
  public Set<String> keep(String crm, List<Kept> links, long at) {
    return transactions.get("keep what was agreed on", connection -> kept(connection, crm, links, at));
  }

  @Override
  public boolean handIn() {
    return transactions.get(
        "make work of what was marked",
        connection ->
            Sql.list(connection, row -> row.getInt(1), "select sync_hand_in(?)", HANDED_AT_ONCE).getFirst()
                == HANDED_AT_ONCE);
  }

  @Override
  public void mark(String crm, RecordKind kind, Collection<String> ours) {
    if (!ours.isEmpty()) {
      transactions.change("hand records in to be sent", connection -> mark(connection, crm, kind, ours));
    }
  }

  private static void mark(Connection connection, String crm, RecordKind kind, Collection<String> ours)
      throws SQLException {
    Sql.list(
        connection, row -> true, "select sync_mark(?, ?, ?, 0)", kind.word(), Sql.texts(connection, ours), crm);
  }

  @Override
  public Taken take(
      String crm, RecordKind kind, String theirs, @Nullable String ours, Function<Stands, Taken> deciding) {
    Taken done = transactions.get(
        "take over what another system has",
        connection -> {
          Sql.list(
              connection, row -> true, "select pg_advisory_xact_lock(hashtextextended(?, 31))",
              crm + "/" + kind.word() + "/" + theirs);
          Link link = LinkRows.byTheirs(connection, crm, kind, theirs, true);
          String id = link == null ? ours : link.ours();
          Link other = link == null && id != null ? LinkRows.byOurs(connection, crm, kind, id) : null;
          if (other != null && other.state() == Link.State.LIVE) {
            // they have it twice: the one that is joined already counts
            return new Taken(null, List.of(), null, false);
          }
          Ours stands = id == null ? null : locked(connection, kind, id);
          Taken taken = deciding.apply(new Stands(link, stands));
          write(connection, crm, kind, taken, other);
          return taken;
        });
    if (kind == RecordKind.TASK && done.change() != null) {
      tasksChanged.run();
    }
    return done;
  }

  private @Nullable Ours locked(Connection connection, RecordKind kind, String id) throws SQLException {
    if (kind == RecordKind.CUSTOMER) {
      SyncedCustomers.lock(connection, id);
    } else if (kind == RecordKind.ORDER || kind == RecordKind.TICKET || kind == RecordKind.LEAD) {
      Sql.list(
          connection, row -> true, "select 1 from " + table(kind) + " where id = ? for update", UUID.fromString(id));
    }
    return read(connection, kind, List.of(id)).get(id);
  }

  private void write(Connection connection, String crm, RecordKind kind, Taken taken, @Nullable Link replaced)
      throws SQLException {
    long at = clock.micros();
    Change change = taken.change();
    boolean send = taken.send() | (change != null && apply(connection, kind, change, at));
    Link link = taken.link();
    if (link != null) {
      if (replaced != null) {
        Sql.write(
            connection, "delete from sync_link where crm = ? and kind = ? and ours = ?", crm, kind.word(),
            replaced.ours());
      }
      if (!kept(connection, crm, List.of(new Kept(link, taken.clashes())), at).isEmpty()) {
        throw new Fault.OutcomeUnknown("Somebody else took the same record over at the same time.", null);
      }
      if (send) {
        mark(connection, crm, kind, List.of(link.ours()));
      }
    }
  }

  /** Returns whether ours has to be told once more, because not all of it could be. */
  private static boolean apply(Connection connection, RecordKind kind, Change change, long at) throws SQLException {
    switch (kind) {
      case CUSTOMER -> {
        if (change.make()) {
          SyncedCustomers.mustBeNew(connection, change);
        }
        SyncedCustomers.apply(connection, change, at);
      }
      case ORDER -> SyncedOrders.apply(connection, change, at);
      case TICKET -> SyncedTickets.apply(connection, change, at);
      case LEAD -> SyncedLeads.apply(connection, change, at);
      case TASK -> {
        return SyncedTasks.apply(connection, change, at);
      }
      case INTERACTION -> {}
    }
    return false;
  }

  @Override
  public List<Ours> withAnyOf(Collection<String> values) {
    return List.copyOf(
        transactions.get("look for a customer", connection -> SyncedCustomers.withAnyOf(connection, values)));
  }

  @Override
  public Optional<Position> position(String crm, RecordKind kind) {
    return transactions.get(
        "read how far changes were read",
        connection ->
            Optional.ofNullable(
                Sql.first(
                    connection, row -> new Position(row.getString(1), row.getLong(2)),
                    "select cursor, rev from sync_position where crm = ? and kind = ?", crm, kind.word())));
  }

  @Override
  public Position advance(String crm, RecordKind kind, @Nullable Position from, String cursor, long at) {
    int moved =
        transactions.get(
            "keep how far changes were read",
            connection ->
                from == null
                    ? Sql.write(
                        connection,
                        "insert into sync_position (crm, kind, cursor, rev, at) values (?, ?, ?, 1, ?) on conflict do nothing",
                        crm, kind.word(), Sql.clean(cursor), at)
                    : Sql.write(
                        connection,
                        "update sync_position set cursor = ?, rev = rev + 1, at = ? where crm = ? and kind = ? and rev = ?",
                        Sql.clean(cursor), at, crm, kind.word(), from.rev()));
    if (moved == 0) {
      throw new Fault.Refused("Another server reads the changes of '%s' too.".formatted(crm));
    }
    return new Position(cursor, from == null ? 1 : from.rev() + 1);
  }

  @Override
  public List<Link> page(String crm, RecordKind kind, String afterOurs, int most) {
    return transactions.get(
        "read what was agreed on",
        connection ->
            Sql.list(
                connection, LinkRows::link,
                LinkRows.COLUMNS + "where crm = ? and kind = ? and ours > ? order by ours limit ?", crm, kind.word(),
                afterOurs, most));
  }
}
