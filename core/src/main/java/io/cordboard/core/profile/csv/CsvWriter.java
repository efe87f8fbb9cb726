package io.cordboard.core.profile.csv;

import java.io.IOException;
import java.util.List;

/** Writes a table that a spreadsheet opens without carrying out what stands in it. One thread. */
public final class CsvWriter {
  private final Appendable out;

  public CsvWriter(Appendable out) {
    this.out = out;
  }

  public void row(List<String> fields) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      out.append(i == 0 ? "" : ",").append(field(fields.get(i)));
    }
    out.append("\r\n");
  }

  // a spreadsheet takes what begins so for a formula, also within quotes
  static String field(String text) {
    String head = text.stripLeading();
    boolean formula =
        !head.isEmpty() && "=+-@|".indexOf(head.charAt(0)) >= 0
            || !text.isEmpty() && "\t\r\n".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    return safe.chars().anyMatch(c -> c == '"' || c == ',' || c == ';' || c == '\n' || c == '\r' || c == '\t')
            || formula
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
