package io.cordboard.core.profile.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table row by row (RFC 4180): fields in quotes may hold separators, line ends and doubled quotes.
 * Keeps one row in memory. One thread.
 */
public final class CsvReader {
  /** A field longer than this is a quote that was never closed. */
  static final int LONGEST_FIELD = 32_768;
  private static final int MOST_FIELDS = 500;
  private static final int END = -1;

  private final Reader in;
  private final char separator;
  private final StringBuilder field = new StringBuilder();
  private long row;
  private long line = 1;
  private int ahead = Integer.MIN_VALUE;
  private @Nullable String wrong;

  public CsvReader(Reader in, char separator) {
    this.in = new BufferedReader(in, 1 << 16);
    this.separator = separator;
  }

  /**
   * One row.
   *
   * @param number counted as a spreadsheet does: the heading is 1, empty rows count
   * @param line of the file on which it begins
   * @param wrong what is wrong with its form; null when it can be read
   */
  public record Row(long number, long line, List<String> fields, @Nullable String wrong) {}

  /** The file cannot be read any further. */
  public static final class Broken extends IOException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  /**
   * The next row with something in it; null after the last.
   *
   * @throws Broken where quotes do not end, so that nobody knows where rows begin
   */
  public @Nullable Row next() throws IOException {
    while (peek() != END) {
      long begin = line;
      row++;
      wrong = null;
      List<String> fields = fields(begin);
      if (fields.size() > 1 || !fields.getFirst().isEmpty()) {
        return new Row(row, begin, fields, wrong);
      }
    }
    return null;
  }

  private List<String> fields(long begin) throws IOException {
    List<String> fields = new ArrayList<>();
    boolean more = true;
    while (more) {
      field.setLength(0);
      if (peek() == '"') {
        quoted(begin);
      }
      more = plain();
      fields.add(field.toString());
      if (fields.size() > MOST_FIELDS) {
        throw new Broken(
            "Row %d (line %d) has more than %d fields: is this a table?"
                .formatted(row, begin, MOST_FIELDS));
      }
    }
    return fields;
  }

  private void quoted(long begin) throws IOException {
    read();
    while (true) {
      int c = read();
      if (c == END || field.length() > LONGEST_FIELD) {
        throw new Broken(
            "Row %d (line %d) has a quote that is not closed: where the next row begins cannot be known."
                .formatted(row, begin));
      }
      if (c == '"') {
        if (peek() != '"') {
          break;
        }
        read();
      }
      field.append((char) c);
    }
    int after = peek();
    if (after != separator && after != '\n' && after != '\r' && after != END) {
      wrong = "There is text after a closing quote: a quote within a field is written twice.";
    }
  }

  /** The rest of a field; whether another one follows in this row. */
  private boolean plain() throws IOException {
    while (true) {
      int c = read();
      if (c == separator) {
        return true;
      }
      if (c == END || c == '\n') {
        return false;
      }
      if (c == '\r') {
        if (peek() == '\n') {
          read();
        }
        return false;
      }
      if (field.length() > LONGEST_FIELD) {
        throw new Broken(
            "Row %d has a field of more than %d characters.".formatted(row, LONGEST_FIELD));
      }
      field.append((char) c);
    }
  }

  private int peek() throws IOException {
    if (ahead == Integer.MIN_VALUE) {
      ahead = in.read();
    }
    return ahead;
  }

  private int read() throws IOException {
    int c = peek();
    ahead = Integer.MIN_VALUE;
    if (c == '\n' || (c == '\r' && peek() != '\n')) {
      line++;
    }
    return c;
  }
}
