package io.cordboard.store.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes keys and indexes away for a large load and puts them back afterwards: building them at once
 * costs a fraction of growing them row by row.
 */
final class BulkLoad {
  private final Connection connection;
  private final List<String> restore = new ArrayList<>();

  BulkLoad(Connection connection) {
    this.connection = connection;
  }

  /** Foreign keys first, since they lean on the others; all tables are ours, their names are safe. */
  void begin(List<String> tables) throws SQLException {
    String names = "'" + String.join("','", tables) + "'";
    List<String> drops = new ArrayList<>();
    List<String> references = new ArrayList<>();
    query(
        """
        select format('alter table %%I drop constraint %%I', conrelid::regclass, conname),
          format('alter table %%I add constraint %%I %%s', conrelid::regclass, conname,
            pg_get_constraintdef(oid))
        from pg_constraint where contype = 'f' and conrelid::regclass::text in (%s)
        """
            .formatted(names),
        drops,
        references);
    query(
        """
        select format('drop index %%I', i.indexname), i.indexdef from pg_indexes i
        where i.schemaname = current_schema() and i.tablename in (%s)
          and not exists (select from pg_constraint c where c.conname = i.indexname)
        """
            .formatted(names),
        drops,
        restore);
    restore.addAll(references);
    execute(drops);
  }

  /** Builds them again and makes the planner look at what has come. */
  void end(List<String> tables) throws SQLException {
    execute(List.of("set local maintenance_work_mem = '256MB'"));
    execute(restore);
    for (String table : tables) {
      execute(List.of("analyze " + table));
    }
  }

  private void query(String sql, List<String> first, List<String> second) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        first.add(rows.getString(1));
        second.add(rows.getString(2));
      }
    }
  }

  private void execute(List<String> commands) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }
}
