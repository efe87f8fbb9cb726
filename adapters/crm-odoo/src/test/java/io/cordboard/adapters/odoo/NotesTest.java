package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.spi.crm.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NotesTest {
  private static final SortedMap<String, Value> CALL =
      new TreeMap<>(
          Map.of(
              "direction", Value.of("in"),
              "notes", Value.of("1 < 2 & \"so on\"\n第二行"),
              "waitSeconds", new Value.Number(new BigDecimal("7")),
              "recording", Value.of("https://cordboard.example/r?a=1&b=2")));

  @Test
  void whatIsWrittenIsReadInBothLanguages() {
    for (Notes.Labels labels : Notes.Labels.values()) {
      String body = Notes.with("", CALL, labels);
      assertThat(Notes.read(body)).containsAllEntriesOf(CALL).containsEntry("agent", Value.EMPTY);
    }
  }

  @Test
  void noteWithoutALineIsStillANote() {
    String body = Notes.with("", Map.of(), Notes.Labels.ENGLISH);
    assertThat(Html.text(body)).isEqualTo("Call");
    assertThat(Notes.read(body))
        .containsOnlyKeys(Notes.LINES)
        .allSatisfy((line, value) -> assertThat(value).isEqualTo(Value.EMPTY));
  }

  @Test
  void aLineIsChangedInItsPlaceAndTakenAwayWhenItIsCleared() {
    String body = Notes.with("", CALL, Notes.Labels.ENGLISH);
    String changed =
        Notes.with(
            body, Map.of("direction", Value.of("out"), "notes", Value.EMPTY), Notes.Labels.ENGLISH);
    assertThat(Notes.read(changed))
        .containsEntry("direction", Value.of("out"))
        .containsEntry("notes", Value.EMPTY);
    assertThat(changed.indexOf("Direction")).isLessThan(changed.indexOf("Recording"));
    assertThat(Notes.with(body, Map.of(), Notes.Labels.ENGLISH)).isEqualTo(body);
    assertThat(Notes.with(body, Map.of("notes", new Value.Hidden()), Notes.Labels.ENGLISH))
        .isEqualTo(body);
  }

  @Test
  void aDollarOrABackslashIsText() {
    String body = Notes.with("", Map.of("notes", Value.of("a")), Notes.Labels.ENGLISH);
    Value odd = Value.of("$1 \\ ${x}");
    assertThat(Notes.read(Notes.with(body, Map.of("notes", odd), Notes.Labels.ENGLISH)))
        .containsEntry("notes", odd);
  }

  @Test
  void anAddressThatIsNoneOfTheWebIsNoLink() {
    for (String odd : List.of("javascript:alert(1)", "https://x\" onclick=\"y", "https://x <b>")) {
      assertThat(Notes.with("", Map.of("recording", Value.of(odd)), Notes.Labels.ENGLISH))
          .doesNotContain("<a ");
    }
  }

  /** As Odoo 19 stored it when somebody changed a word in its own window. */
  private static final String EDITED =
      "<p class=\"cordboard-call\"><b>Call</b></p><p class=\"cordboard-notes"
          + " o_x\"><strong>Notes:</strong> <span>mine</span><span"
          + " class=\"o-mail-Message-edited\"></span></p>";

  @Test
  void theMarkOfAnEditedNoteIsNotPartOfItsLastLineAndStays() {
    assertThat(Notes.read(EDITED))
        .containsEntry("notes", Value.of("mine"))
        .containsEntry("agent", Value.EMPTY);
    String late =
        Notes.with(
            EDITED,
            Map.of("notes", Value.of("ours"), "agent", Value.of("1001")),
            Notes.Labels.ENGLISH);
    assertThat(late).contains("o-mail-Message-edited");
    assertThat(Notes.read(late))
        .containsEntry("notes", Value.of("ours"))
        .containsEntry("agent", Value.of("1001"));
  }

  @Test
  void aLineThatAPersonWroteInAWayOfTheirOwnSaysNothingAndStays() {
    String body =
        Notes.with("", CALL, Notes.Labels.ENGLISH)
            .replace("<b>Notes:</b> <span>", "<i>")
            .replace("第二行</span>", "第二行</i>");
    assertThat(Notes.read(body))
        .doesNotContainKey("notes")
        .containsEntry("direction", Value.of("in"));
    String late = Notes.with(body, Map.of("notes", Value.of("ours")), Notes.Labels.ENGLISH);
    assertThat(late).contains("第二行</i>").contains("<span>ours</span>");
  }

  @Test
  void aMillionCharactersAreOneLine() {
    Value many = Value.of("x <".repeat(350_000));
    String body =
        Notes.with("", Map.of("notes", many, "agent", Value.of("1001")), Notes.Labels.ENGLISH);
    assertThat(Notes.read(body)).containsEntry("notes", many);
    assertThat(Notes.read(Notes.with(body, Map.of("agent", Value.EMPTY), Notes.Labels.ENGLISH)))
        .containsEntry("notes", many);
  }

  @Test
  void linesThatAPersonInventedAreNoneOfOurs() {
    assertThat(Notes.read("<p class=\"cordboard-secret\"><b>x</b> <span>y</span></p>"))
        .doesNotContainKey("secret");
    assertThat(Notes.read("<p>Outcome: answered</p>")).isEmpty();
  }

  @Test
  void htmlIsReadAsAPersonWould() {
    assertThat(Html.text("<p>one</p><p>two<br/>three &amp;lt; four</p>"))
        .isEqualTo("one\ntwo\nthree &lt; four");
    assertThat(Html.text(Html.paragraph("a\u0000b\u0007\tc"))).isEqualTo("ab\tc");
    assertThat(Html.paragraph("")).isEmpty();
  }
}
