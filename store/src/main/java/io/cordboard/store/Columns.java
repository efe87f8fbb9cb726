package io.cordboard.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Binds rows column by column, as arrays, one parameter after the other. */
final class Columns {
  private static final int LONGEST = 500;
  private final PreparedStatement statement;
  private int next = 1;

  Columns(PreparedStatement statement) {
    this.statement = statement;
  }

  Columns value(long value) throws SQLException {
    statement.setLong(next++, value);
    return this;
  }

  /** The columns of these rows. */
  <R> Rows<R> of(List<R> rows) {
    return new Rows<>(rows);
  }

  private void bind(String type, Object[] array) throws SQLException {
    statement.setArray(next++, statement.getConnection().createArrayOf(type, array));
  }

  /** Text that came from outside, as the database can take it: no NUL, no novel. */
  static @Nullable String clean(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String known = text.indexOf('\0') < 0 ? text : text.replace('\0', '·');
    return known.length() <= LONGEST ? known : known.substring(0, LONGEST);
  }

  /** Rows, of which one column after the other is bound. */
  final class Rows<R> {
    private final List<R> rows;

    private Rows(List<R> rows) {
      this.rows = rows;
    }

    Rows<R> longs(ToLongFunction<R> column) throws SQLException {
      Long[] values = new Long[rows.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = column.applyAsLong(rows.get(i));
      }
      bind("int8", values);
      return this;
    }

    Rows<R> ints(ToIntFunction<R> column) throws SQLException {
      Integer[] values = new Integer[rows.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = column.applyAsInt(rows.get(i));
      }
      bind("int4", values);
      return this;
    }

    Rows<R> shorts(ToIntFunction<R> column) throws SQLException {
      Short[] values = new Short[rows.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (short) column.applyAsInt(rows.get(i));
      }
      bind("int2", values);
      return this;
    }

    Rows<R> booleans(Predicate<R> column) throws SQLException {
      Boolean[] values = new Boolean[rows.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = column.test(rows.get(i));
      }
      bind("bool", values);
      return this;
    }

    Rows<R> texts(Function<R, @Nullable String> column) throws SQLException {
      @Nullable String[] values = new String[rows.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = clean(column.apply(rows.get(i)));
      }
      bind("text", values);
      return this;
    }

    Rows<R> uuids(Function<R, @Nullable UUID> column) throws SQLException {
      @Nullable UUID[] values = new UUID[rows.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = column.apply(rows.get(i));
      }
      bind("uuid", values);
      return this;
    }

    Rows<R> bytes(Function<R, byte[]> column) throws SQLException {
      byte[][] values = new byte[rows.size()][];
      for (int i = 0; i < values.length; i++) {
        values[i] = column.apply(rows.get(i));
      }
      bind("bytea", values);
      return this;
    }
  }
}
