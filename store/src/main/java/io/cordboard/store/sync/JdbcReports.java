package io.cordboard.store.sync;

import io.cordboard.core.sync.Reconcile.Drift;
import io.cordboard.core.sync.Reconcile.Report;
import io.cordboard.core.sync.Reconcile.What;
import io.cordboard.core.sync.ReportStore;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.store.Transactions;
import io.cordboard.store.customer.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;

/** Comparisons with systems in PostgreSQL. */
public final class JdbcReports implements ReportStore {
  private static final String READ =
      """
      select id, crm, began_at, ended_at, by, state, why, compared, equal, differing, missing_here, missing_there, repaired
      from sync_report
      """;
  private final Transactions transactions;

  public JdbcReports(DataSource source) {
    this.transactions = new Transactions(source);
  }

  @Override
  public long begin(String crm, long at, String by) {
    return transactions.get(
        "begin a comparison",
        connection ->
            Sql.list(
                    connection, row -> row.getLong(1),
                    "insert into sync_report (crm, began_at, by, state) values (?, ?, ?, 'RUNNING') returning id", crm, at,
                    by)
                .getFirst());
  }

  @Override
  public void end(long id, List<Report> reports, long at) {
    transactions.change(
        "keep what a comparison found",
        connection -> {
          Sql.write(
              connection,
              "update sync_report set state = 'DONE', ended_at = ?, compared = ?, equal = ?, differing = ?, missing_here = ?, missing_there = ?, repaired = ? where id = ?",
              at, sum(reports, Report::compared), sum(reports, Report::equal), sum(reports, Report::differing),
              sum(reports, Report::missingHere), sum(reports, Report::missingThere), sum(reports, Report::repaired), id);
          drifts(connection, id, reports);
        });
  }

  private static long sum(List<Report> reports, ToLongFunction<Report> figure) {
    return reports.stream().mapToLong(figure).sum();
  }

  private static void drifts(Connection connection, long id, List<Report> reports) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into sync_drift (report, n, kind, what, ours, theirs, fields) values (?, ?, ?, ?, ?, ?, ?)")) {
      int n = 0;
      for (Report report : reports) {
        for (Drift drift : report.drifts()) {
          insert.setLong(1, id);
          insert.setInt(2, ++n);
          insert.setString(3, report.kind().word());
          insert.setString(4, drift.what().name());
          insert.setString(5, drift.ours());
          insert.setString(6, Sql.clean(drift.theirs()));
          insert.setArray(7, Sql.texts(connection, drift.fields()));
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  @Override
  public void fail(long id, String why, long at) {
    transactions.change(
        "keep why a comparison failed",
        connection ->
            Sql.write(
                connection, "update sync_report set state = 'FAILED', why = ?, ended_at = ? where id = ?",
                Sql.clean(why), at, id));
  }

  @Override
  public void abandon(String why, long at) {
    transactions.change(
        "close comparisons that will not end",
        connection ->
            Sql.write(
                connection, "update sync_report set state = 'FAILED', why = ?, ended_at = ? where state = 'RUNNING'", why,
                at));
  }

  @Override
  public List<Kept> list(String crm, long before, int most) {
    return transactions.get(
        "list comparisons",
        connection ->
            Sql.list(
                connection, JdbcReports::kept, READ + "where crm = ? and id < ? order by id desc limit ?", crm, before,
                most));
  }

  @Override
  public Kept read(long id) {
    return transactions
        .get("read a comparison", connection -> Sql.list(connection, JdbcReports::kept, READ + "where id = ?", id))
        .stream()
        .findFirst()
        .orElseThrow(() -> new Fault.NotFound("There is no comparison %d.".formatted(id)));
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5),
        State.valueOf(row.getString(6)), row.getString(7), row.getLong(8), row.getLong(9), row.getLong(10),
        row.getLong(11), row.getLong(12), row.getLong(13));
  }

  @Override
  public List<Found> drifts(long id, int after, int most) {
    return transactions.get(
        "read what was not equal",
        connection ->
            Sql.list(
                connection, JdbcReports::found,
                "select n, kind, what, ours, theirs, fields from sync_drift where report = ? and n > ? order by n limit ?",
                id, after, most));
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        row.getInt(1), RecordKind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
        new Drift(
            What.valueOf(row.getString(3)), row.getString(4), row.getString(5),
            new TreeSet<>(Arrays.asList((String[]) row.getArray(6).getArray()))));
  }
}
