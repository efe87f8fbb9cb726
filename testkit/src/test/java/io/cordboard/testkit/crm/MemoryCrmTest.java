package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm.Pace;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Made;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import io.cordboard.testkit.HandClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MemoryCrmTest {
  private static final RecordKind TASK = RecordKind.TASK;
  private final MemoryCrm crm = new MemoryCrm("memory", new HandClock());

  private Written write(String ref, String id, String version, String title) {
    Write write = new Write(ref, id, version, "op-" + title, new TreeMap<>(Map.of("title", Value.of(title))));
    return crm.as(WriteRecords.class, TASK).write(TASK, List.of(write)).getFirst();
  }

  @Test
  void aFaultBeforeHasDoneNothingAndAFaultAfterHasDoneIt() {
    crm.failNext(new Fault.Busy("Wait.", Duration.ofSeconds(3)));
    assertThatThrownBy(() -> write("r1", null, null, "a")).isInstanceOf(Fault.Busy.class);
    assertThat(crm.store().count(TASK)).isZero();
    crm.failNextAfter(new Fault.OutcomeUnknown("Lost.", null));
    assertThatThrownBy(() -> write("r1", null, null, "a")).isInstanceOf(Fault.OutcomeUnknown.class);
    assertThat(crm.as(ReadRecords.class, TASK).findByRef(TASK, "r1")).isPresent();
    assertThat(write("r1", null, null, "a")).isEqualTo(new Written.Done("1", "1", Made.NO));
    assertThat(crm.ledger()).hasSize(2);
    assertThat(crm.calls()).isEqualTo(4);
  }

  @Test
  void itCanOnlyWhatItIsToldToBeAbleTo() {
    crm.can(TASK, EnumSet.of(Ability.READ)).can(RecordKind.LEAD, Set.of());
    assertThat(crm.as(ReadRecords.class, TASK)).isSameAs(crm);
    assertThatThrownBy(() -> crm.as(WriteRecords.class, TASK)).isInstanceOf(Fault.Refused.class);
    assertThat(crm.abilities()).doesNotContainKey(RecordKind.LEAD);
  }

  @Test
  void withoutConditionsTheLastWriteWins() {
    write("r1", null, null, "a");
    write("r1", "1", null, "b");
    assertThat(write("r1", "1", "1", "c")).isEqualTo(new Written.Stale());
    crm.conditional(false);
    assertThat(write("r1", "1", "1", "c")).isEqualTo(new Written.Done("1", "3", Made.NO));
  }

  @Test
  void itIsAskedAsItWishes() {
    crm.pace(new Pace(1, 10, 2)).mostWritten(7);
    assertThat(crm.pace()).isEqualTo(new Pace(1, 10, 2));
    assertThat(crm.mostWritten()).isEqualTo(7);
  }
}
