package io.cordboard.store.imports;

import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.ImportJob;
import io.cordboard.core.profile.ImportKind;
import io.cordboard.core.profile.ImportStore;
import io.cordboard.store.SqlFaults;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Imports in PostgreSQL: rows wait in tables of their own transaction until all were looked at. */
public final class JdbcImports implements ImportStore {
  private static final String COLUMNS =
      "id, kind, file, bytes, sha256, at, by, state, read, good, known, wrong, why";
  private static final String SAVE =
      "insert into import_job (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " on conflict (id) do update set state = excluded.state, read = excluded.read,"
          + " good = excluded.good, known = excluded.known, wrong = excluded.wrong, why = excluded.why";

  private final DataSource pool;
  private final Transactions transactions;

  public JdbcImports(DataSource pool) {
    this.pool = pool;
    this.transactions = new Transactions(pool);
  }

  @Override
  public void save(ImportJob job) {
    transactions.change("keep an import", connection -> save(connection, job));
  }

  static void save(Connection connection, ImportJob job) throws SQLException {
    Object[] values = {
      job.id(), job.kind().name(), job.file().replace('\0', '·'), job.bytes(), job.sha256(),
      job.at(), job.by(), job.state().name(), job.read(), job.good(), job.known(), job.wrong(),
      job.why().replace('\0', '·')
    };
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  @Override
  public Optional<ImportJob> byId(UUID id) {
    return jobs("where id = ?", id).stream().findFirst();
  }

  @Override
  public List<ImportJob> latest(int most) {
    return jobs("order by at desc, id desc limit ?", most);
  }

  private List<ImportJob> jobs(String which, Object parameter) {
    return transactions.get(
        "read the imports",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("select " + COLUMNS + " from import_job " + which)) {
            statement.setObject(1, parameter);
            List<ImportJob> jobs = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                jobs.add(job(row));
              }
            }
            return jobs;
          }
        });
  }

  private static ImportJob job(ResultSet row) throws SQLException {
    return new ImportJob(
        row.getObject(1, UUID.class),
        ImportKind.valueOf(row.getString(2)),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getLong(6),
        row.getString(7),
        ImportJob.State.valueOf(row.getString(8)),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        row.getString(13));
  }

  @Override
  public void remove(UUID id) {
    transactions.change(
        "forget an import",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("delete from import_job where id = ?")) {
            statement.setObject(1, id);
            statement.executeUpdate();
          }
        });
  }

  @Override
  public void interrupted() {
    transactions.change(
        "look at imports that were interrupted",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "update import_job set state = 'FAILED', why = 'The server was stopped meanwhile. Nothing was changed: start it again.' where state in ('CHECKING', 'LOADING')")) {
            statement.executeUpdate();
          }
        });
  }

  @Override
  public Load begin(ImportKind kind, Author author) {
    try {
      Connection connection = pool.getConnection();
      try {
        connection.setAutoCommit(false);
        return new JdbcLoad(connection, kind, author);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqlFaults.of(e, "begin the import");
    }
  }
}
