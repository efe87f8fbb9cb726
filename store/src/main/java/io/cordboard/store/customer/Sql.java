package io.cordboard.store.customer;

import io.cordboard.kernel.CustomerId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs one statement with its parameters. */
public final class Sql {
  private Sql() {}

  /** Reads one row. */
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  public static <T> List<T> list(
      Connection connection, Row<T> row, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) {
        list.add(row.read(rows));
      }
      return list;
    }
  }

  public static <T> @Nullable T first(
      Connection connection, Row<T> row, String sql, @Nullable Object... parameters)
      throws SQLException {
    List<T> list = list(connection, row, sql, parameters);
    return list.isEmpty() ? null : list.getFirst();
  }

  /** How many rows were written. */
  public static int write(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  private static PreparedStatement prepared(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  public static java.sql.Array ids(Connection connection, Collection<CustomerId> customers)
      throws SQLException {
    return connection.createArrayOf(
        "uuid", customers.stream().map(CustomerId::value).toArray());
  }

  public static java.sql.Array texts(Connection connection, Collection<String> texts)
      throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  public static CustomerId customer(ResultSet row, int column) throws SQLException {
    return new CustomerId(row.getObject(column, UUID.class));
  }

  public static List<CustomerId> customers(java.sql.@Nullable Array ids) throws SQLException {
    return ids == null
        ? List.of()
        : Arrays.stream((Object[]) ids.getArray()).map(id -> new CustomerId((UUID) id)).toList();
  }

  /** Text without what the database cannot take. */
  public static String clean(String text) {
    return text.replace('\0', '·');
  }
}
