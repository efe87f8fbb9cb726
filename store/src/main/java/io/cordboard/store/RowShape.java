package io.cordboard.store;

import io.cordboard.kernel.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Which columns of a table a row of ours fills, and with what. Many rows are sent as one parameter, an
 * array of the table's row type: an array for each column costs the server a scan for each, which for
 * the 33 columns of a call was 200 µs against 20.
 */
final class RowShape<R> {
  private static final int BOOL = 16;
  private static final int BYTEA = 17;
  private static final int INT8 = 20;
  private static final int INT2 = 21;
  private static final int INT4 = 23;
  private static final int TEXT = 25;
  private static final int UUID_TYPE = 2950;

  private static final String CATALOG =
      """
      select t.oid::int8, t.typarray::int8, y.typname, a.attname, a.atttypid::int8
      from pg_type t join pg_type y on y.oid = t.typarray
      join pg_attribute a on a.attrelid = t.typrelid
      where t.typrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped
      order by a.attnum
      """;

  private final String table;
  private final Map<String, Column<R>> columns = new LinkedHashMap<>();

  /** Writes one value of a row. */
  @FunctionalInterface
  interface Value<R> {
    void write(R row, PackedRows.Out out);
  }

  private record Column<R>(int type, Value<R> value) {}

  private RowShape(String table) {
    this.table = table;
  }

  static <R> RowShape<R> of(String table) {
    return new RowShape<>(table);
  }

  RowShape<R> longs(String column, ToLongFunction<R> value) {
    return column(column, INT8, (row, out) -> out.int8(value.applyAsLong(row)));
  }

  RowShape<R> ints(String column, ToIntFunction<R> value) {
    return column(column, INT4, (row, out) -> out.int4(value.applyAsInt(row)));
  }

  RowShape<R> shorts(String column, ToIntFunction<R> value) {
    return column(column, INT2, (row, out) -> out.int2(value.applyAsInt(row)));
  }

  RowShape<R> booleans(String column, Predicate<R> value) {
    return column(column, BOOL, (row, out) -> out.bool(value.test(row)));
  }

  RowShape<R> texts(String column, Function<R, @Nullable String> value) {
    return column(column, TEXT, (row, out) -> out.text(OutsideText.clean(value.apply(row))));
  }

  RowShape<R> uuids(String column, Function<R, @Nullable UUID> value) {
    return column(column, UUID_TYPE, (row, out) -> out.uuid(value.apply(row)));
  }

  RowShape<R> bytes(String column, Function<R, byte[]> value) {
    return column(column, BYTEA, (row, out) -> out.bytes(value.apply(row)));
  }

  private RowShape<R> column(String name, int type, Value<R> value) {
    columns.put(name, new Column<>(type, value));
    return this;
  }

  /** The columns that are filled, as SQL lists them. */
  String columns() {
    return String.join(", ", columns.keySet());
  }

  /** {@code column = excluded.column} for each column but these. */
  String excludedBut(String... keys) {
    List<String> kept = List.of(keys);
    return columns.keySet().stream()
        .filter(column -> !kept.contains(column))
        .map(column -> column + " = excluded." + column)
        .collect(Collectors.joining(", "));
  }

  /**
   * How the database at hand lays the rows out; allows the connection to send them in binary form.
   *
   * @throws Fault.Bug when a column is not there, or of another type
   */
  RowType<R> in(Connection connection) throws SQLException {
    List<RowType.Slot<R>> slots = new ArrayList<>();
    int element = 0;
    int array = 0;
    String arrayName = "";
    try (PreparedStatement statement = connection.prepareStatement(CATALOG)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          element = (int) row.getLong(1);
          array = (int) row.getLong(2);
          arrayName = row.getString(3);
          slots.add(slot(row.getString(4), (int) row.getLong(5)));
        }
      }
    }
    if (slots.stream().filter(slot -> slot.value() != null).count() != columns.size()) {
      throw new Fault.Bug(
          "The table %s has not all the columns %s.".formatted(table, columns()), null);
    }
    connection.unwrap(PgConnection.class).getQueryExecutor().addBinarySendOid(array);
    return new RowType<>(arrayName, element, slots);
  }

  private RowType.Slot<R> slot(String name, int type) {
    Column<R> ours = columns.get(name);
    if (ours != null && ours.type != type) {
      throw new Fault.Bug("%s.%s is of another type than we write.".formatted(table, name), null);
    }
    return new RowType.Slot<>(type, ours == null ? null : ours.value);
  }
}
