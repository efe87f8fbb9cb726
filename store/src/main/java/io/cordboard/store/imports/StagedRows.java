package io.cordboard.store.imports;

import io.cordboard.core.profile.ImportKind;
import io.cordboard.core.profile.ImportRow;
import io.cordboard.core.profile.ImportRow.Link;
import io.cordboard.core.profile.ImportRow.Ref;
import io.cordboard.core.profile.Spelling;
import io.cordboard.store.CopyTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Tables in which rows wait; they go with the transaction. */
final class StagedRows {
  private static final String TABLES =
      """
      create temporary table staged (n bigint, line bigint, id uuid, ref text, ref_id uuid, ref_value text,
        kind text, name text, spelled text, language text, level text, since date, at bigint,
        number text, closed_at bigint, title text, amount_minor bigint, currency text, state text)
        on commit drop;
      create temporary table staged_link (n bigint, kind text, value text) on commit drop;
      create temporary table staged_tag (n bigint, name text) on commit drop
      """;
  private static final int CHUNK = 2_000;

  private final CopyManager copies;
  private final LocalDate today;
  private final Spelling spelling = new Spelling();
  private final CopyTable rows =
      new CopyTable(
          "staged",
          "n, line, id, ref, ref_id, ref_value, kind, name, spelled, language, level, since, at, number,"
              + " closed_at, title, amount_minor, currency, state");
  private final CopyTable links = new CopyTable("staged_link", "n, kind, value");
  private final CopyTable tags = new CopyTable("staged_tag", "n, name");
  private int waiting;

  StagedRows(Connection connection, Instant now) throws SQLException {
    this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    try (Statement statement = connection.createStatement()) {
      statement.execute(TABLES);
    }
  }

  void add(ImportRow row) throws SQLException {
    switch (row) {
      case ImportRow.Customer c -> {
        LocalDate since = c.since() == null ? today : c.since();
        put(
            c, c.id().value(), null, c.fields().kind(), c.fields().name(),
            spelling.of(c.fields().name()), c.fields().language(), c.fields().level(), since, null,
            null, null, null, null, null, null);
        links(c, c.links());
        c.tags().forEach(tag -> tags.row(c.place().row(), tag));
      }
      case ImportRow.Links l -> {
        put(
            l, null, l.customer(), null, null, null, null, null, null, null, null, null, null, null,
            null, null);
        links(l, l.links());
      }
      case ImportRow.Order o ->
          put(
              o, null, o.customer(), null, null, null, null, null, null, micros(o.order().at()),
              o.order().number(), null, o.order().title(), o.order().amountMinor(),
              o.order().currency(), o.order().state());
      case ImportRow.Service s -> {
        Instant closed = s.record().closedAt();
        put(
            s, null, s.customer(), null, null, null, null, null, null,
            micros(s.record().openedAt()), s.record().number(), closed == null ? 0 : micros(closed),
            s.record().title(), null, null, s.record().state());
      }
    }
    if (++waiting >= CHUNK) {
      send();
    }
  }

  private void put(ImportRow row, @Nullable Object id, @Nullable Ref ref, @Nullable Object... rest) {
    Object[] values = new Object[rest.length + 6];
    values[0] = row.place().row();
    values[1] = row.place().line();
    values[2] = id;
    values[3] = ref == null ? null : ref.text();
    values[4] = ref == null ? null : ref.id();
    values[5] = ref == null ? null : ref.value();
    System.arraycopy(rest, 0, values, 6, rest.length);
    rows.row(values);
  }

  private void links(ImportRow row, List<Link> all) {
    all.forEach(link -> links.row(row.place().row(), link.kind(), link.value()));
  }

  private static long micros(Instant at) {
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
  }

  void send() throws SQLException {
    rows.send(copies);
    links.send(copies);
    tags.send(copies);
    waiting = 0;
  }

  static boolean hasReference(ImportKind kind) {
    return kind != ImportKind.CUSTOMERS;
  }
}
