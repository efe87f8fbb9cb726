package io.cordboard.store.imports;

import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.ImportJob;
import io.cordboard.core.profile.ImportKind;
import io.cordboard.core.profile.ImportRow;
import io.cordboard.core.profile.ImportRow.Place;
import io.cordboard.core.profile.ImportRow.Wrong;
import io.cordboard.core.profile.ImportStore.Checked;
import io.cordboard.core.profile.ImportStore.Load;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.SqlFaults;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** One import, on a connection of its own. */
final class JdbcLoad implements Load {
  private static final String DOING = "import the file";
  private static final int MOST_TOUCHED = 10_000;

  private final Connection connection;
  private final ImportKind kind;
  private final Author author;
  private final StagedRows staged;

  JdbcLoad(Connection connection, ImportKind kind, Author author) throws SQLException {
    this.connection = connection;
    this.kind = kind;
    this.author = author;
    this.staged = new StagedRows(connection, Clock.instant(author.at()));
  }

  @Override
  public void add(ImportRow row) {
    try {
      staged.add(row);
    } catch (SQLException e) {
      throw SqlFaults.of(e, DOING);
    }
  }

  @Override
  public Checked check(Consumer<Wrong> wrong) {
    try {
      staged.send();
      run("create index on staged (n)", "analyze staged", "create index on staged_link (n)", "analyze staged_link");
      if (StagedRows.hasReference(kind)) {
        run(LoadSql.RESOLVE_IDS, LoadSql.RESOLVE_TEXTS, LoadSql.RESOLVE_VALUES);
        leaveOut(LoadSql.NOBODY, "customer", wrong);
        leaveOut(LoadSql.SEVERAL, "customer", wrong);
      }
      String repeated = LoadSql.repeated(kind);
      if (!repeated.isEmpty()) {
        leaveOut(repeated, kind == ImportKind.CUSTOMERS ? "foreign-id" : "number", wrong);
      }
      long known = LoadSql.known(kind).isEmpty() ? 0 : delete(LoadSql.known(kind));
      return new Checked(count(), known);
    } catch (SQLException e) {
      throw SqlFaults.of(e, DOING);
    }
  }

  private void run(String... commands) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  private long delete(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  private long count() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from staged")) {
      row.next();
      return row.getLong(1);
    }
  }

  // row by row from the server, since they may be millions
  private void leaveOut(String sql, String column, Consumer<Wrong> wrong) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create temporary table left_out on commit drop as " + sql);
      statement.setFetchSize(1_000);
      try (ResultSet row =
          statement.executeQuery("select n, line, value, why from left_out order by n")) {
        while (row.next()) {
          wrong.accept(
              new Wrong(
                  new Place(row.getLong(1), row.getLong(2)), column, row.getString(3),
                  row.getString(4)));
        }
      }
      statement.execute("delete from staged s using left_out l where l.n = s.n");
      statement.execute("drop table left_out");
    }
  }

  @Override
  public Set<CustomerId> commit(ImportJob job) {
    try {
      for (String sql : LoadSql.write(kind)) {
        write(sql);
      }
      Set<CustomerId> touched = StagedRows.hasReference(kind) ? touched() : Set.of();
      JdbcImports.save(connection, job);
      try {
        connection.commit();
      } catch (SQLException failed) {
        if (SqlFaults.connectionLost(failed)) {
          throw new Fault.OutcomeUnknown("The connection was lost while it was committed.", failed);
        }
        throw failed;
      }
      return touched;
    } catch (SQLException e) {
      throw SqlFaults.of(e, DOING);
    }
  }

  // each takes when and by whom
  private void write(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameters = (int) sql.chars().filter(c -> c == '?').count();
      for (int i = 1; i <= parameters; i += 2) {
        statement.setLong(i, author.at());
        statement.setString(i + 1, author.by());
      }
      statement.executeUpdate();
    }
  }

  private Set<CustomerId> touched() throws SQLException {
    Set<CustomerId> touched = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select distinct id from staged limit " + MOST_TOUCHED)) {
      while (row.next()) {
        touched.add(new CustomerId(row.getObject(1, UUID.class)));
      }
    }
    return touched;
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException gone) {
      // the server rolls back what a lost connection left
    }
  }
}
