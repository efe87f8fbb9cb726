package io.cordboard.bench.imports;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Customers with a number each, one of which cannot be read.
 *
 * @param broken row of the broken one, as a spreadsheet counts
 */
record LargeFile(Path path, int rows, int broken) {
  static LargeFile write(Path path, int rows) throws IOException {
    int middle = Math.max(1, rows / 2);
    try (Writer out = Files.newBufferedWriter(path)) {
      out.write("id,name,mobile\n");
      for (int i = 1; i <= rows; i++) {
        String number = i == middle ? "oops" : "136%08d".formatted(i);
        out.write("C-%d,客户小%d,%s\n".formatted(i, i, number));
      }
    }
    // the heading is row 1
    return new LargeFile(path, rows, middle + 1);
  }

  /** Rows that can be loaded. */
  int good() {
    return rows - 1;
  }
}
