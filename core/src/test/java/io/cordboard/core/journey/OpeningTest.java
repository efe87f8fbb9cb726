package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.PLAIN;
import static io.cordboard.core.journey.Floor.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Hours;
import io.cordboard.core.routing.Line;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.LegKey;
import io.cordboard.testkit.SwitchCommand;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A line has hours, and a queue an end. The floor's clock begins on a Monday at nine in Shanghai. */
class OpeningTest {
  private static final Line.Notice CLOSED = new Line.Notice("c1", "zh-CN", "现在是非工作时间。");
  private static final Line.Notice FULL = new Line.Notice("f1", "zh-CN", "排队人数已满。");

  private final Floor floor = new Floor();

  private void set(int fromHour, int mostWaiting) {
    Directory now = floor.directory;
    Map<String, Line> lines = new HashMap<>();
    Line.Access access = new Line.Access("office", CLOSED, mostWaiting, FULL, 0);
    now.lines()
        .values()
        .forEach(
            line ->
                lines.put(
                    line.did(),
                    new Line(
                        line.did(), line.label(), line.queue(), line.waiting(),
                        line.announcement(), line.recorded(), line.ringSeconds(),
                        line.wrapUpSeconds(), line.rejoinSeconds(), line.maxWaitSeconds(),
                        line.sorry(), access)));
    Hours office =
        new Hours(
            "office", "Office", ZoneId.of("Asia/Shanghai"),
            List.of(new Hours.Span(DayOfWeek.MONDAY, new Hours.Time(fromHour * 60, 1080))),
            List.of());
    floor.directory =
        new Directory(
            lines, now.queues(), now.agents(), now.dispositions(), Map.of("office", office));
  }

  private void hearsAndGoes(LegKey customer, Line.Notice words) {
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    SwitchCommand.Announce said = floor.pbx.commands(SwitchCommand.Announce.class).getLast();
    assertThat(said.announcement().text()).isEqualTo(words.text());
    floor.event(new CallEvent.AnnouncementEnded(customer, floor.tick(), said.playId(), true));
    floor.hangsUp(customer);
  }

  @Test
  void outsideTheHoursTheCallerHearsSoAndATaskIsMadeThoughSomebodyIsReady() {
    set(10, 0);
    floor.link().ready(ANN);
    LegKey customer = floor.arrives(RECORDED);
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    hearsAndGoes(customer, CLOSED);
    assertThat(floor.store.calls.values()).extracting(CallRecord::outcome).containsExactly("CLOSED");
    assertThat(floor.store.tasks).hasSize(1).allMatch(t -> t instanceof TaskChange.Missed);
  }

  @Test
  void withinTheHoursTheCallIsOffered() {
    set(9, 0);
    floor.link().ready(ANN);
    floor.arrives(PLAIN);
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void whoComesWhenAsManyWaitAsMayHearsSoAndIsCalledBack() {
    set(9, 2);
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    floor.arrives(PLAIN);
    floor.arrives(PLAIN);
    LegKey third = floor.arrives(PLAIN);
    hearsAndGoes(third, FULL);
    assertThat(floor.store.calls.values()).extracting(CallRecord::outcome).containsExactly("FULL");
    assertThat(floor.liveCalls()).isGreaterThanOrEqualTo(2);
    assertThat(floor.store.tasks).hasSize(1);
  }
}
