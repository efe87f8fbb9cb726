package io.cordboard.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.DescribeFields.Type;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {
  private static Value here(Conversion by, Value theirs) {
    return by.here(theirs, written -> Optional.empty());
  }

  private static Field field(String name, Type type, boolean readOnly) {
    return new Field(name, name, type, false, readOnly, List.of(), name);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-28, 2026-11-28", "' 2026-11-28 ', 2026-11-28", "2026-11-28T23:30:00Z, 2026-11-28",
    "2026-11-28T01:00:00+08:00, 2026-11-27"
  })
  void aDayIsTheSameInEveryWriting(String theirs, String day) {
    assertThat(here(Conversion.DAY, new Value.Text(theirs))).isEqualTo(new Value.Text(day));
    assertThat(Conversion.DAY.there(new Value.Text(theirs.strip()))).isEqualTo(new Value.Text(day));
  }

  @ParameterizedTest
  @CsvSource({"2026-02-30", "tomorrow", "28.11.2026"})
  void whatIsNoDayIsNotRead(String theirs) {
    assertThat(here(Conversion.DAY, new Value.Text(theirs))).isInstanceOf(Value.Hidden.class);
  }

  @Test
  void aClearedDayIsCleared() {
    assertThat(here(Conversion.DAY, Value.EMPTY)).isEqualTo(Value.EMPTY);
  }

  @Test
  void whatABinaryFractionAddsBehindANumberIsNoDifference() {
    assertThat(here(Conversion.AS_IS, new Value.Number(new BigDecimal("80.05000000000001"))))
        .isEqualTo(here(Conversion.AS_IS, new Value.Number(new BigDecimal("80.050"))));
  }

  @Test
  void aTimeThatTheyKeepAsADayIsReadAsADayUnlessSomebodySaysOtherwise() {
    List<Field> theirs = List.of(field("due", Type.DATE, false));
    assertThat(MappingForm.usual(RecordKind.TASK, theirs).getFirst().conversion()).isEqualTo(Conversion.DAY);
    assertThat(MappingForm.line(MappingForm.usual(RecordKind.TASK, theirs).getFirst())).containsEntry("convert", "day");
    Object line = Map.of("ours", "due", "theirs", "due", "convert", "seconds");
    assertThat(MappingForm.read("x", List.of(line), RecordKind.TASK, theirs).orThrow().getFirst().conversion())
        .isEqualTo(Conversion.SECONDS);
    Object wrong = Map.of("ours", "title", "theirs", "title", "convert", "day");
    assertThat(MappingForm.read("x", List.of(wrong), RecordKind.TASK, List.of()).mistakes()).hasSize(1);
  }

  @Test
  void orderFieldsFlowBothWaysUnlessTheyCanOnlyBeReadAndOfATaskOnlyItsStateAndDueTimeComeIn() {
    assertThat(
            MappingForm.usual(
                RecordKind.ORDER, List.of(field("state", Type.TEXT, false), field("amount", Type.NUMBER, true))))
        .extracting(FieldRule::way)
        .containsExactly(FieldRule.Way.BOTH, FieldRule.Way.IN);
    assertThat(
            MappingForm.usual(
                RecordKind.TASK,
                List.of(
                    field("title", Type.TEXT, false), field("state", Type.TEXT, false), field("due", Type.TIME, false),
                    field("owner", Type.TEXT, false), field("customer", Type.LINK, false))))
        .extracting(FieldRule::way)
        .containsExactly(
            FieldRule.Way.OUT, FieldRule.Way.BOTH, FieldRule.Way.BOTH, FieldRule.Way.OUT, FieldRule.Way.OUT);
  }
}
