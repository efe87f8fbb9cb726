package io.cordboard.core.profile.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.testkit.Seeded;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @TempDir private Path folder;

  private static List<CsvReader.Row> rows(String text) throws IOException {
    CsvReader reader = new CsvReader(new StringReader(text), ',');
    List<CsvReader.Row> rows = new ArrayList<>();
    CsvReader.Row row;
    while ((row = reader.next()) != null) {
      rows.add(row);
    }
    return rows;
  }

  @Test
  void quotedFieldsHoldSeparatorsQuotesAndLineEnds() throws IOException {
    List<CsvReader.Row> rows = rows("a,b\r\n\"x,\"\"y\"\"\nz\",2\n\n3,\"\"\r4,5");
    assertThat(rows).extracting(CsvReader.Row::fields)
        .containsExactly(
            List.of("a", "b"), List.of("x,\"y\"\nz", "2"), List.of("3", ""), List.of("4", "5"));
    assertThat(rows).extracting(CsvReader.Row::number).containsExactly(1L, 2L, 4L, 5L);
    assertThat(rows).extracting(CsvReader.Row::line).containsExactly(1L, 2L, 5L, 6L);
  }

  @Test
  void textAfterAClosingQuoteIsWrongInThisRowOnly() throws IOException {
    List<CsvReader.Row> rows = rows("\"a\"b,c\nd,e");
    assertThat(rows.get(0).wrong()).contains("closing quote");
    assertThat(rows.get(1).wrong()).isNull();
  }

  @Test
  void aQuoteThatIsNeverClosedEndsTheFileWithItsRowAndLine() {
    assertThatThrownBy(() -> rows("a\nb\n\"c\n" + "d\n".repeat(100_000)))
        .isInstanceOf(CsvReader.Broken.class)
        .hasMessageContaining("Row 3 (line 3)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "GB18030", "UTF-16LE"})
  void theEncodingIsFoundAlsoWhereTheFirstChineseLetterComesLate(String encoding) throws IOException {
    String text = "name;id\n" + "Ann Lee;1\n".repeat(20_000) + "王小明㐂;2\n";
    boolean marked = encoding.startsWith("UTF-16");
    Path path = folder.resolve("x.csv");
    Files.write(path, ((marked ? "\ufeff" : "") + text).getBytes(Charset.forName(encoding)));
    CsvFile file = CsvFile.of(path);
    assertThat(file.encoding()).isEqualTo(encoding);
    assertThat(file.separator()).isEqualTo(';');
    try (InputStream in = file.open()) {
      CsvReader reader = file.rows(in);
      CsvReader.Row row = reader.next();
      assertThat(row.fields()).containsExactly("name", "id");
      for (CsvReader.Row next = row; next != null; next = reader.next()) {
        row = next;
      }
      assertThat(row.fields()).containsExactly("王小明㐂", "2");
    }
  }

  @Test
  void aMarkInFrontIsNoPartOfTheFirstHeading() throws IOException {
    Path path = folder.resolve("bom.csv");
    Files.writeString(path, "\ufeffname\tid\n王\t1\n");
    CsvFile file = CsvFile.of(path);
    try (InputStream in = file.open()) {
      assertThat(file.rows(in).next().fields()).containsExactly("name", "id");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+8613800138000", "-2", "@cmd", "|x", "\t=1", "  =1", "\r=1"})
  void whatASpreadsheetWouldCarryOutIsWrittenAsText(String hostile) throws IOException {
    StringBuilder out = new StringBuilder();
    new CsvWriter(out).row(List.of(hostile));
    assertThat(out.toString()).startsWith("\"'");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Seeded.forAll(
        500,
        random -> {
          List<String> fields = List.of("x", random.text("ab\"',;\n\r\t=王 ", 0, 12), "y");
          StringBuilder out = new StringBuilder();
          try {
            new CsvWriter(out).row(fields);
            List<String> read = rows(out.toString()).getFirst().fields();
            assertThat(read.get(1)).endsWith(fields.get(1));
            assertThat(read).hasSize(3);
          } catch (IOException impossible) {
            throw new AssertionError(impossible);
          }
        });
  }
}
