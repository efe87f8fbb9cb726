package io.cordboard.store.customer;

import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.identity.IdentityLedger;
import io.cordboard.core.identity.IdentityLedger.Claim;
import io.cordboard.core.identity.IdentityLink;
import io.cordboard.core.identity.IdentityLink.Source;
import io.cordboard.core.identity.MergeLedger;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.sync.Ours;
import io.cordboard.core.sync.SyncStore.Change;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Customers as other systems see them: read as a whole, changed within the caller's transaction. */
public final class SyncedCustomers {
  private static final String COLUMNS =
      """
      select c.id, c.kind, c.name, c.language, c.level, c.merged_into is not null,
        (select coalesce(max(h.at), 0) from customer_change h where h.customer_id = any (c.id || c.absorbed)),
        array(select distinct t.name from tag t where t.customer_id = any (c.id || c.absorbed) order by 1),
        array(select distinct i.value from identity i where i.customer_id = any (c.id || c.absorbed) and i.until = 0
          and i.kind in ('mobile', 'home', 'work', 'main-line') order by 1),
        array(select distinct i.value from identity i where i.customer_id = any (c.id || c.absorbed) and i.until = 0
          and i.kind = 'email' order by 1)
      from customer c
      """;
  private static final String OWNERS =
      """
      select distinct coalesce(c.merged_into, c.id) from identity i join customer c on c.id = i.customer_id
      where i.value = any (?) and i.until = 0
      """;

  private SyncedCustomers() {}

  /** These customers; who was merged into another one is told as gone. */
  public static Map<String, Ours> read(Connection connection, Collection<String> ids) throws SQLException {
    Map<String, Ours> read = new HashMap<>();
    Sql.list(
            connection, SyncedCustomers::ours, COLUMNS + "where c.id = any (?)",
            Sql.ids(connection, ids.stream().map(SyncedCustomers::id).toList()))
        .forEach(ours -> read.put(ours.id(), ours));
    return read;
  }

  /** Those who have one of these numbers or addresses. */
  public static Collection<Ours> withAnyOf(Connection connection, Collection<String> values) throws SQLException {
    List<CustomerId> owners =
        Sql.list(connection, row -> Sql.customer(row, 1), OWNERS, Sql.texts(connection, values));
    return read(connection, owners.stream().map(CustomerId::toString).toList()).values();
  }

  private static Ours ours(ResultSet row) throws SQLException {
    SortedMap<String, Value> fields = new TreeMap<>();
    fields.put("kind", Value.of(row.getString(2)));
    fields.put("name", Value.of(row.getString(3)));
    fields.put("language", Value.of(row.getString(4)));
    fields.put("level", Value.of(row.getString(5)));
    fields.put("tags", texts(row, 8));
    fields.put("phones", texts(row, 9));
    fields.put("emails", texts(row, 10));
    return new Ours(RecordKind.CUSTOMER, row.getString(1), row.getLong(7), row.getBoolean(6), null, fields);
  }

  private static Value texts(ResultSet row, int column) throws SQLException {
    return Value.of(Arrays.asList((String[]) row.getArray(column).getArray()));
  }

  private static CustomerId id(String text) {
    try {
      return new CustomerId(UUID.fromString(text));
    } catch (IllegalArgumentException other) {
      throw new Fault.BadRequest("'%s' is no id of a customer.".formatted(Fault.excerpt(text)));
    }
  }

  /** Locks a customer with everybody who is one with them. */
  public static void lock(Connection connection, String customer) throws SQLException {
    Groups.lock(connection, List.of(id(customer)));
  }

  /**
   * Goes on only where nobody else makes the same customer: two systems may tell us of one at the same moment.
   *
   * @throws Fault.OutcomeUnknown when somebody was made meanwhile who has a number or address of theirs, and their name
   */
  public static void mustBeNew(Connection connection, Change change) throws SQLException {
    Set<String> values = new TreeSet<>();
    for (String field : List.of("phones", "emails")) {
      Value value = change.fields().get(field);
      values.addAll(value == null ? List.of() : list(value));
    }
    for (String value : values) {
      Sql.list(connection, row -> true, "select pg_advisory_xact_lock(hashtextextended(?, 32))", value);
    }
    String name = text(change.fields().get("name"));
    boolean there =
        !values.isEmpty() && name != null
            && withAnyOf(connection, values).stream()
                .anyMatch(one -> name.equalsIgnoreCase(text(one.fields().get("name"))));
    if (there) {
      throw new Fault.OutcomeUnknown("Somebody else made the same customer at the same time.", null);
    }
  }

  /** Makes or changes one, with every change in their history. */
  public static void apply(Connection connection, Change change, long at) throws SQLException {
    CustomerId id = id(change.ours());
    Author author = new Author(at, change.by());
    if (change.make()) {
      make(connection, id, change, author);
    }
    MergeLedger merges = Groups.lock(connection, List.of(id));
    CustomerId survivor = merges.resolve(id);
    FieldWriter writer = new FieldWriter(connection, author);
    boolean changed = false;
    for (String field : List.of("kind", "name", "language", "level")) {
      String after = text(change.fields().get(field));
      if (after != null) {
        changed |= writer.write(survivor, field, FieldWriter.value(connection, survivor, field, null), after);
      }
    }
    changed |= tags(connection, writer, merges.membersOf(survivor), survivor, change.fields().get("tags"));
    boolean company = "COMPANY".equals(text(change.fields().get("kind")));
    IdentityKind kind = company ? IdentityKind.MAIN_LINE : IdentityKind.MOBILE;
    changed |= values(connection, merges, survivor, change.fields().get("phones"), kind, author);
    changed |= values(connection, merges, survivor, change.fields().get("emails"), IdentityKind.EMAIL, author);
    if (changed) {
      Sql.write(connection, "update customer set version = version + 1 where id = ?", survivor.value());
    }
  }

  private static void make(Connection connection, CustomerId id, Change change, Author author) throws SQLException {
    String name = Optional.ofNullable(text(change.fields().get("name"))).orElse("-");
    Sql.write(
        connection,
        "insert into customer (id, kind, name, spelled, language, level, since) values (?, ?, ?, ?, ?, ?, ?)",
        id.value(),
        Optional.ofNullable(text(change.fields().get("kind"))).orElse("PERSON"),
        Sql.clean(name),
        FieldWriter.SPELLING.of(name),
        Optional.ofNullable(text(change.fields().get("language"))).orElse("zh"),
        Optional.ofNullable(text(change.fields().get("level"))).orElse("STANDARD"),
        LocalDate.ofInstant(Clock.instant(author.at()), ZoneOffset.UTC));
    new FieldWriter(connection, author).keep(id, "created", null, name);
  }

  private static @Nullable String text(@Nullable Value value) {
    return value instanceof Value.Text text && !text.text().isBlank() ? text.text() : null;
  }

  private static boolean tags(
      Connection connection, FieldWriter writer, SortedSet<CustomerId> members, CustomerId survivor,
      @Nullable Value wanted)
      throws SQLException {
    if (wanted == null) {
      return false;
    }
    Set<String> missing = new LinkedHashSet<>(list(wanted));
    boolean changed = false;
    for (CustomerId member : members) {
      List<String> stand =
          Sql.list(connection, row -> row.getString(1), "select name from tag where customer_id = ?", member.value());
      for (String tag : stand) {
        if (!missing.remove(tag) && !list(wanted).contains(tag)) {
          changed |= writer.write(member, FieldWriter.TAG, tag, null);
        }
      }
    }
    for (String tag : missing) {
      changed |= writer.write(survivor, FieldWriter.TAG, null, tag);
    }
    return changed;
  }

  private static boolean values(
      Connection connection, MergeLedger merges, CustomerId survivor, @Nullable Value wanted, IdentityKind kind,
      Author author)
      throws SQLException {
    if (wanted == null) {
      return false;
    }
    SortedSet<CustomerId> members = merges.membersOf(survivor);
    boolean email = kind == IdentityKind.EMAIL;
    Set<String> stand =
        new HashSet<>(
            Sql.list(
                connection, row -> row.getString(1),
                "select value from identity where customer_id = any (?) and until = 0 and (kind = 'email') = ? and kind <> 'foreign-id'",
                Sql.ids(connection, members), email));
    boolean changed = false;
    for (String value : list(wanted)) {
      changed |= !stand.contains(value) && say(connection, merges, survivor, value, kind, author);
    }
    stand.removeAll(list(wanted));
    for (String value : stand) {
      changed |= say(connection, merges, survivor, value, null, author);
    }
    return changed;
  }

  /** It is theirs; without a kind: it is not. */
  private static boolean say(
      Connection connection, MergeLedger merges, CustomerId survivor, String value, @Nullable IdentityKind kind,
      Author author)
      throws SQLException {
    SortedSet<CustomerId> members = merges.membersOf(survivor);
    IdentityRows.adopt(connection, members, value);
    IdentityLedger ledger = new IdentityLedger(IdentityRows.links(connection, members, value), merges);
    Stamp stamp = new Stamp(author.at(), author.by());
    UUID id = UUID.randomUUID();
    Optional<IdentityLink> link =
        kind == null
            ? ledger.owners(value).stream().anyMatch(owner -> owner.owns() && owner.customer().equals(survivor))
                ? Optional.of(ledger.correct(id, survivor, value, stamp))
                : Optional.empty()
            : ledger.link(id, survivor, new Claim(kind, value), Source.ENTERED, stamp);
    if (link.isPresent()) {
      IdentityRows.insert(connection, link.get());
      IdentityRows.derive(connection, merges, members, value, stamp);
    }
    return link.isPresent();
  }

  private static List<String> list(Value value) {
    return switch (value) {
      case Value.Many many -> many.texts();
      case Value.Text text -> List.of(text.text());
      case Value.Number _, Value.Flag _, Value.Empty _, Value.Hidden _ -> List.of();
    };
  }
}
