package io.cordboard.store.customer;

import io.cordboard.core.profile.CustomerEditor;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Customers, changed in PostgreSQL. */
public final class JdbcCustomerEditor implements CustomerEditor {
  private static final String HISTORY =
      """
      select h.id, h.customer_id, h.at, (select display_name from app_user where 'user:' || id = h.by),
        h.field, h.before, h.after, h.protected
      from customer_change h
      where h.customer_id = any (?) and (h.at, h.id) < (?, ?::uuid)
      order by h.at desc, h.id desc limit ?
      """;
  private static final Position NEWEST =
      new Position(Long.MAX_VALUE, "ffffffff-ffff-ffff-ffff-ffffffffffff");

  private final Transactions transactions;

  public JdbcCustomerEditor(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public void create(CustomerId id, Fields fields, Author author) {
    transactions.change(
        "make a customer",
        connection -> {
          Sql.write(
              connection,
              "insert into customer (id, kind, name, spelled, language, level, since) values (?, ?, ?, ?, ?, ?, ?)",
              id.value(),
              fields.kind().name(),
              Sql.clean(fields.name()),
              FieldWriter.SPELLING.of(fields.name()),
              fields.language(),
              fields.level().name(),
              LocalDate.ofInstant(Clock.instant(author.at()), ZoneOffset.UTC));
          new FieldWriter(connection, author).keep(id, "created", null, fields.name());
        });
  }

  @Override
  public boolean change(CustomerId customer, long version, Changes changes, Author author) {
    return transactions.get(
        "change a customer",
        connection -> {
          Members members = locked(connection, customer, version);
          boolean changed = write(connection, members, changes, author);
          if (changed) {
            Sql.write(
                connection,
                "update customer set version = version + 1 where id = ?",
                members.survivor().value());
          }
          return changed;
        });
  }

  private static Members locked(Connection connection, CustomerId customer, long version)
      throws SQLException {
    CustomerId survivor = Groups.lock(connection, List.of(customer)).resolve(customer);
    Long stands =
        Sql.first(
            connection,
            row -> row.getLong(1),
            "select version from customer where id = ?",
            survivor.value());
    if (stands == null || stands != version) {
      throw new Fault.Refused(
          "Somebody else changed this customer meanwhile: look at what stands now, then change it again.");
    }
    return Members.of(connection, survivor).orElseThrow();
  }

  private static boolean write(
      Connection connection, Members members, Changes changes, Author author)
      throws SQLException {
    FieldWriter writer = new FieldWriter(connection, author);
    CustomerId survivor = members.survivor();
    boolean changed = plain(connection, writer, survivor, changes);
    for (Map.Entry<String, String> field : changes.sensitive().entrySet()) {
      changed |= sensitive(connection, writer, members, field.getKey(), field.getValue());
    }
    SortedSet<String> tags = changes.tags();
    return changed | (tags != null && tags(connection, writer, members, tags));
  }

  private static boolean plain(
      Connection connection, FieldWriter writer, CustomerId survivor, Changes changes)
      throws SQLException {
    boolean changed = false;
    for (Map.Entry<String, @Nullable String> field : plain(changes).entrySet()) {
      String before = FieldWriter.value(connection, survivor, field.getKey(), null);
      changed |= writer.write(survivor, field.getKey(), before, field.getValue());
    }
    return changed;
  }

  private static Map<String, @Nullable String> plain(Changes changes) {
    Map<String, @Nullable String> fields = new TreeMap<>();
    put(fields, "name", changes.name());
    put(fields, "language", changes.language());
    put(fields, "kind", changes.kind() == null ? null : changes.kind().name());
    put(fields, "level", changes.level() == null ? null : changes.level().name());
    return fields;
  }

  private static void put(Map<String, @Nullable String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  // one that a merged entry has is taken away where it stands
  private static boolean sensitive(
      Connection connection, FieldWriter writer, Members members, String name, String value)
      throws SQLException {
    String field = FieldWriter.PROTECTED + name;
    if (!value.isEmpty()) {
      String before = FieldWriter.value(connection, members.survivor(), field, null);
      return writer.write(members.survivor(), field, before, value);
    }
    boolean changed = false;
    for (CustomerId member : members.all()) {
      String before = FieldWriter.value(connection, member, field, null);
      changed |= writer.write(member, field, before, null);
    }
    return changed;
  }

  private record Tag(CustomerId customer, String name) {}

  private static boolean tags(
      Connection connection, FieldWriter writer, Members members, Set<String> wanted)
      throws SQLException {
    List<Tag> stand =
        Sql.list(
            connection,
            row -> new Tag(Sql.customer(row, 1), row.getString(2)),
            "select customer_id, name from tag where customer_id = any (?)",
            Sql.ids(connection, members.all()));
    boolean changed = false;
    Set<String> missing = new TreeSet<>(wanted);
    for (Tag tag : stand) {
      missing.remove(tag.name());
      if (!wanted.contains(tag.name())) {
        changed |= writer.write(tag.customer(), FieldWriter.TAG, tag.name(), null);
      }
    }
    for (String tag : missing) {
      changed |= writer.write(members.survivor(), FieldWriter.TAG, null, tag);
    }
    return changed;
  }

  @Override
  public void consent(CustomerId customer, Consent consent, Author author) {
    transactions.change(
        "keep a decision of a customer's",
        connection -> {
          CustomerId survivor = Groups.lock(connection, List.of(customer)).resolve(customer);
          Sql.write(
              connection,
              "insert into consent (customer_id, kind, at, granted, text_version, recorded_by) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
              survivor.value(),
              consent.kind(),
              author.at(),
              consent.granted(),
              Sql.clean(consent.textVersion()),
              author.by());
        });
  }

  @Override
  public List<Change> history(CustomerId customer, @Nullable Position after, int most) {
    Position from = after == null ? NEWEST : after;
    return transactions.get(
        "read the changes of a customer",
        connection -> {
          Optional<Members> members = Members.of(connection, customer);
          return members.isEmpty()
              ? List.<Change>of()
              : Sql.list(
                  connection, JdbcCustomerEditor::change, HISTORY,
                  Sql.ids(connection, members.get().all()), from.at(), from.id(), most);
        });
  }

  private static Change change(ResultSet row) throws SQLException {
    return new Change(
        row.getString(1),
        Sql.customer(row, 2),
        Clock.instant(row.getLong(3)),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getBoolean(8));
  }

  @Override
  public Optional<Standing> standing(CustomerId customer) {
    return transactions.get(
        "read a customer's decisions",
        connection -> {
          Members members = Members.of(connection, customer).orElse(null);
          return members == null
              ? Optional.<Standing>empty()
              : Optional.of(standing(connection, members));
        });
  }

  private static Standing standing(Connection connection, Members members) throws SQLException {
    List<Decision> decisions =
        Sql.list(
            connection,
            row ->
                new Decision(
                    Sql.customer(row, 1), row.getString(2), row.getBoolean(3), row.getLong(4)),
            "select customer_id, kind, granted, at from consent where customer_id = any (?)",
            Sql.ids(connection, members.all()));
    Integer attempts =
        Sql.first(
            connection,
            row -> row.getInt(1),
            "select coalesce(sum(attempts), 0) from task where customer_id = any (?) and closed_at = 0",
            Sql.ids(connection, members.all()));
    return new Standing(members.survivor(), decisions, attempts == null ? 0 : attempts);
  }
}
