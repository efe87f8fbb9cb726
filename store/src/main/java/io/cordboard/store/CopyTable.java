package io.cordboard.store;

import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;

/** Rows of one table that wait to be copied into the database. */
public final class CopyTable {
  private final String copy;
  private final StringBuilder text = new StringBuilder();

  /**
   * Of a table.
   *
   * @param columns names, separated by commas
   */
  public CopyTable(String table, String columns) {
    this.copy = "copy " + table + " (" + columns + ") from stdin";
  }

  /** A row, in the order of the columns. */
  public void row(@Nullable Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        text.append('\t');
      }
      append(values[i]);
    }
    text.append('\n');
  }

  private void append(@Nullable Object value) {
    if (value == null) {
      text.append("\\N");
      return;
    }
    String plain = value.toString();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }

  /** Sends what waits. */
  public void send(CopyManager copies) throws SQLException {
    if (text.isEmpty()) {
      return;
    }
    try {
      copies.copyIn(copy, new StringReader(text.toString()));
    } catch (IOException impossible) {
      throw new SQLException("A string could not be read.", impossible);
    }
    text.setLength(0);
  }
}
