package io.cordboard.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at, and meddles with, a database behind the product's back. */
public record Rows(Database database) {

  public long count(String table) {
    return Long.parseLong(one("select count(*) from " + table));
  }

  public String one(String sql) {
    List<String> all = all(sql);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " rows: " + sql);
    }
    return all.getFirst();
  }

  /** Each row as its columns joined by a bar. */
  public List<String> all(String sql) {
    try (Connection connection = database.connect(Map.of());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(i > 1 ? "|" : "").append(rows.getString(i));
        }
        all.add(row.toString());
      }
      return all;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  public void execute(String... sql) {
    try (Connection connection = database.connect(Map.of());
        Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
