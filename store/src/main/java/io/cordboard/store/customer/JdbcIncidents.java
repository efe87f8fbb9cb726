package io.cordboard.store.customer;

import io.cordboard.core.trust.Incidents;
import io.cordboard.kernel.Fault;
import io.cordboard.store.JsonRows;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Privacy incidents in PostgreSQL. */
public final class JdbcIncidents implements Incidents {
  private static final String ALL =
      """
      select id, at, kind, wrong_id, right_id, fact, fact_id, written_at, reported_by, closed_at,
        closed_by, measure
      from privacy_incident
      """;
  private static final String LIST =
      """
      where (at, id) < (?, ?)%s order by at desc, id desc limit ?
      """;
  private static final Position NEWEST = new Position(Long.MAX_VALUE, new UUID(-1, -1));

  private final Transactions transactions;

  public JdbcIncidents(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public void report(Incident incident) {
    transactions.change("report a privacy incident", connection -> insert(connection, incident));
  }

  static void insert(Connection connection, Incident incident) throws SQLException {
    Sql.write(
        connection,
        "insert into privacy_incident (id, at, kind, wrong_id, right_id, fact, fact_id, written_at, reported_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        incident.id(),
        incident.at(),
        incident.kind(),
        incident.wrong().value(),
        incident.right().value(),
        incident.fact(),
        incident.factId(),
        incident.writtenAt(),
        incident.reportedBy());
  }

  @Override
  public List<Incident> list(Which which, @Nullable Position after, int most) {
    Position from = after == null ? NEWEST : after;
    String only =
        switch (which) {
          case ALL -> "";
          case OPEN -> " and closed_at = 0";
          case CLOSED -> " and closed_at <> 0";
        };
    return transactions.get(
        "read privacy incidents",
        connection ->
            Sql.list(connection, JdbcIncidents::incident, ALL + LIST.formatted(only), from.at(), from.id(), most));
  }

  @Override
  public Optional<Incident> byId(UUID id) {
    return transactions.get(
        "read a privacy incident",
        connection ->
            Optional.ofNullable(
                Sql.first(connection, JdbcIncidents::incident, ALL + "where id = ?", id)));
  }

  @Override
  public long open() {
    return transactions.get(
        "count privacy incidents",
        connection -> {
          Long open =
              Sql.first(
                  connection,
                  row -> row.getLong(1),
                  "select count(*) from privacy_incident where closed_at = 0");
          return open == null ? 0L : open;
        });
  }

  @Override
  public void close(UUID id, String by, String measure, long at) {
    transactions.change(
        "close a privacy incident",
        connection -> {
          Long closed =
              Sql.first(
                  connection,
                  row -> row.getLong(1),
                  "select closed_at from privacy_incident where id = ? for update",
                  id);
          if (closed == null) {
            throw new Fault.NotFound("There is no such incident.");
          }
          if (closed != 0) {
            throw new Fault.Refused("This incident was dealt with before: nothing to do.");
          }
          Sql.write(
              connection,
              "update privacy_incident set closed_at = ?, closed_by = ?, measure = ? where id = ?",
              at,
              by,
              Sql.clean(measure),
              id);
        });
  }

  private static Incident incident(ResultSet row) throws SQLException {
    return new Incident(
        row.getObject(1, UUID.class),
        row.getLong(2),
        row.getString(3),
        Sql.customer(row, 4),
        Sql.customer(row, 5),
        row.getString(6),
        row.getString(7),
        row.getLong(8),
        row.getString(9),
        JsonRows.instant(row.getLong(10)),
        row.getString(11),
        row.getString(12));
  }
}
