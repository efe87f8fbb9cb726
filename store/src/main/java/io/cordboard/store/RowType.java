package io.cordboard.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table's row type as a database has it.
 *
 * @param arrayName of the type of an array of rows
 * @param oid of the row type
 * @param slots every column of the table, in its order
 */
record RowType<R>(String arrayName, int oid, List<Slot<R>> slots) {

  /** A column, and what we write into it; null for null. */
  record Slot<R>(int type, RowShape.@Nullable Value<R> value) {}

  PackedRows pack(List<R> rows) {
    PackedRows.Out out = new PackedRows.Out(oid, rows.size());
    for (R row : rows) {
      int start = out.begin(slots.size());
      for (Slot<R> slot : slots) {
        out.type(slot.type);
        if (slot.value == null) {
          out.none();
        } else {
          slot.value.write(row, out);
        }
      }
      out.end(start);
    }
    return new PackedRows(arrayName, out);
  }
}
