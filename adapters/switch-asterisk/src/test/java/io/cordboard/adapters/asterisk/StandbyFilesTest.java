package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.adapters.asterisk.StandbyFiles.Spoken;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.StandbyPlan;
import io.cordboard.spi.telephony.StandbyPlan.Day;
import io.cordboard.spi.telephony.StandbyPlan.Hours;
import io.cordboard.spi.telephony.StandbyPlan.Line;
import io.cordboard.spi.telephony.StandbyPlan.Queue;
import io.cordboard.spi.telephony.StandbyPlan.Span;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StandbyFilesTest {
  private static final Announcement WORDS = new Announcement("x", "en");
  private static final Spoken SPOKEN = new Spoken("cordboard/n", "cordboard/w", "cordboard/s", "cordboard/c");

  private static Line line(String did, boolean recorded, @Nullable Hours hours) {
    return new Line(did, "care", WORDS, recorded, WORDS, WORDS, WORDS, 300, hours);
  }

  private static String lines(Line line) {
    return StandbyFiles.lines(List.of(line), Map.of(line.did(), SPOKEN));
  }

  @Test
  void aLineHasItsQueueItsWordsAndWhetherItIsRecorded() {
    assertThat(lines(line("+862155550000", true, null)))
        .contains("[cordboard-lines]\nexten => +862155550000,1,NoOp()\n")
        .contains("Set(FB_QUEUE=cb-care)", "Set(FB_NOTICE=cordboard/n)", "Set(FB_RECORD=yes)")
        .contains("Set(FB_MOST=300)")
        .endsWith(" same => n,Goto(fallback,queue,1)\n");
  }

  @Test
  void aLineWhoseNoticeCannotBeSpokenIsNotRecorded() {
    Line line = line("4008001234", true, null);
    assertThat(
            StandbyFiles.lines(
                List.of(line), Map.of(line.did(), new Spoken("", "cordboard/w", "", ""))))
        .contains("Set(FB_RECORD=no)");
  }

  @Test
  void hoursAreSpansOfTheWeekWithOtherDatesBeforeThem() {
    Hours hours =
        new Hours(
            ZoneId.of("Asia/Shanghai"),
            List.of(new Span(DayOfWeek.MONDAY, 540, 1080), new Span(DayOfWeek.SUNDAY, 0, 1440)),
            List.of(
                new Day(LocalDate.of(2027, 1, 1), 0, 0),
                new Day(LocalDate.of(2027, 9, 30), 600, 720)));
    assertThat(lines(line("4008001234", false, hours)))
        .contains(
            """
             same => n,GotoIfTime(*,*,1,jan,Asia/Shanghai?fallback,closed,1)
             same => n,GotoIfTime(10:00-11:59,*,30,sep,Asia/Shanghai?open)
             same => n,GotoIfTime(*,*,30,sep,Asia/Shanghai?fallback,closed,1)
             same => n,GotoIfTime(09:00-17:59,mon,*,*,Asia/Shanghai?open)
             same => n,GotoIfTime(00:00-23:59,sun,*,*,Asia/Shanghai?open)
             same => n,Goto(fallback,closed,1)
             same => n(open),Goto(fallback,queue,1)
            """
                .indent(0));
  }

  @Test
  void nothingGetsInThatAsteriskCouldReadAsSomethingElse() {
    for (String did : List.of("1,1,System(x)", "12\n[x]", "${SHELL(x)}", "_X.", "s")) {
      assertThatThrownBy(() -> lines(line(did, false, null))).isInstanceOf(Fault.BadRequest.class);
    }
    assertThatThrownBy(
            () ->
                StandbyFiles.queues(
                    List.of(new Queue("care", 20, List.of("1001\n[x]"))), id -> ""))
        .isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void aQueueRingsItsDevicesAndIsNamedByWhatAsteriskCanRead() {
    String text =
        StandbyFiles.queues(
            List.of(new Queue("care", 20, List.of("1001", "2001")), new Queue("客服]\n", 300, List.of())),
            id -> id.equals("care") ? "cordboard/w" : "");
    assertThat(text)
        .contains("[cb-care]\n", "timeout=20\n", "periodic-announce=cordboard/w\n")
        .contains("member => PJSIP/1001,0,PJSIP/1001,PJSIP/1001\n")
        .contains("member => PJSIP/2001,0,PJSIP/2001,PJSIP/2001\n")
        .contains("timeout=120\n");
    assertThat(text.lines().filter(one -> one.startsWith("[")))
        .allMatch(one -> one.matches("\\[cb-[A-Za-z0-9_-]+\\]"))
        .hasSize(2);
    assertThat(StandbyFiles.queueName("a b")).isNotEqualTo(StandbyFiles.queueName("a_b"));
  }

  @Test
  void aPlanWithoutAnythingIsAnEmptyContext() {
    StandbyPlan plan = new StandbyPlan(List.of(), List.of());
    assertThat(StandbyFiles.lines(plan.lines(), Map.of())).endsWith("[cordboard-lines]\n");
  }
}
