package io.cordboard.store.customer;

import io.cordboard.core.identity.MergeStore.WrittenFact;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.kernel.CustomerId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was written into files since a time, and how it is moved to another file. */
final class WrittenFacts {
  // a call is written when it has ended
  private static final String CALLS =
      """
      select call_id, 'CALL', customer_id, greatest(ended_at, arrived_at), coalesce(disposition, outcome)
      from call_record where customer_id = any (?) and greatest(ended_at, arrived_at) >= ?
      """;
  private static final String IDENTITIES =
      """
      select id, 'IDENTITY', customer_id, at, source || ' ' || kind from identity_link
      where customer_id = any (?) and at >= ? and closed_at = 0 and source <> 'IMPORTED'
      """;
  private static final String CHANGES =
      """
      select id, 'CHANGE', customer_id, at, field from customer_change
      where customer_id = any (?) and at >= ? and field <> 'created'
      """;
  private static final String CONSENTS =
      """
      select customer_id, kind, at, granted from consent where customer_id = any (?) and at >= ?
      """;

  private WrittenFacts() {}

  private record Consent(CustomerId customer, String kind, long at, boolean granted) {
    // a consent has no id of its own: its key gives one
    UUID id() {
      String key = "consent " + customer + " " + kind + " " + at;
      return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    WrittenFact fact() {
      return new WrittenFact(id(), "CONSENT", customer, at, kind);
    }
  }

  private record Change(String field, @Nullable String before, @Nullable String after) {}

  /** Written into the files of these entries since then, the newest first. */
  static List<WrittenFact> since(Connection connection, Collection<CustomerId> files, long since)
      throws SQLException {
    var ids = Sql.ids(connection, files);
    return Stream.of(
            Sql.list(connection, WrittenFacts::fact, CALLS, ids, since),
            Sql.list(connection, WrittenFacts::fact, IDENTITIES, ids, since),
            Sql.list(connection, WrittenFacts::fact, CHANGES, ids, since),
            consents(connection, files, since).stream().map(Consent::fact).toList())
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(WrittenFact::at).reversed().thenComparing(WrittenFact::id))
        .toList();
  }

  private static WrittenFact fact(ResultSet row) throws SQLException {
    return new WrittenFact(
        row.getObject(1, UUID.class), row.getString(2), Sql.customer(row, 3), row.getLong(4),
        row.getString(5));
  }

  private static List<Consent> consents(
      Connection connection, Collection<CustomerId> files, long since) throws SQLException {
    return Sql.list(
        connection,
        row ->
            new Consent(
                Sql.customer(row, 1), row.getString(2), row.getLong(3), row.getBoolean(4)),
        CONSENTS,
        Sql.ids(connection, files),
        since);
  }

  /** Moves it; numbers are derived anew by whoever calls this. */
  static void move(Connection connection, WrittenFact fact, CustomerId to, Stamp stamp)
      throws SQLException {
    switch (fact.kind()) {
      case "CALL" ->
          Sql.write(
              connection,
              "update call_record set customer_id = ? where call_id = ?",
              to.value(),
              fact.id());
      case "CONSENT" ->
          Sql.write(
              connection,
              "update consent set customer_id = ? where customer_id = ? and kind = ? and at = ?",
              to.value(),
              fact.file().value(),
              fact.text(),
              fact.at());
      case "IDENTITY" -> identity(connection, fact, to, stamp);
      default -> change(connection, fact, to, stamp);
    }
  }

  // links are closed and said again, never changed
  private static void identity(
      Connection connection, WrittenFact fact, CustomerId to, Stamp stamp) throws SQLException {
    Sql.write(
        connection,
        """
        insert into identity_link (id, customer_id, kind, value, source, at, by)
        select gen_random_uuid(), ?, kind, value, source, at, by from identity_link where id = ?
        """,
        to.value(),
        fact.id());
    IdentityRows.close(connection, fact.id(), stamp);
  }

  // taken back where it stands, unless it was changed again, and made where it belongs
  private static void change(
      Connection connection, WrittenFact fact, CustomerId to, Stamp stamp) throws SQLException {
    Change change =
        Objects.requireNonNull(
            Sql.first(
                connection,
                row -> new Change(row.getString(1), row.getString(2), row.getString(3)),
                "select field, before, after from customer_change where id = ?",
                fact.id()));
    FieldWriter writer = new FieldWriter(connection, new Author(stamp.at(), stamp.by()));
    String field = change.field();
    String tag = change.after() == null ? change.before() : change.after();
    String stands = FieldWriter.value(connection, fact.file(), field, tag);
    if (Objects.equals(stands, change.after())) {
      writer.write(fact.file(), field, change.after(), change.before());
    }
    String there = FieldWriter.value(connection, to, field, tag);
    writer.write(to, field, there, change.after());
  }
}
