package io.cordboard.core.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Agent;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.Directory.Phone;
import io.cordboard.core.routing.Directory.Queue;
import io.cordboard.core.routing.Hours;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Line.Access;
import io.cordboard.core.routing.Line.Notice;
import io.cordboard.core.routing.Line.Waiting;
import io.cordboard.kernel.AgentId;
import io.cordboard.spi.telephony.StandbyPlan;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class StandbyPlansTest {
  private static final AgentId ONE = new AgentId(new UUID(0, 1));
  private static final AgentId TWO = new AgentId(new UUID(0, 2));
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);

  private static Directory directory(Line... lines) {
    Hours hours =
        new Hours(
            "day", "Day", ZoneId.of("Asia/Shanghai"),
            List.of(new Hours.Span(DayOfWeek.MONDAY, new Hours.Time(540, 1080))),
            List.of(
                new Hours.Day(LocalDate.of(2026, 1, 1), "past", null),
                new Hours.Day(LocalDate.of(2027, 1, 1), "next", null),
                new Hours.Day(LocalDate.of(2027, 12, 1), "too far", null)));
    return new Directory(
        java.util.Arrays.stream(lines)
            .collect(java.util.stream.Collectors.toMap(Line::did, line -> line)),
        Map.of("care", new Queue("care", "Care", Set.of(ONE, TWO))),
        Map.of(
            ONE,
            new Agent(
                ONE, "b", "B",
                List.of(new Device("demo", "b", Phone.VIRTUAL), new Device("asterisk", "1002", Phone.SIP))),
            TWO,
            new Agent(TWO, "a", "A", List.of(new Device("asterisk", "1001", Phone.SIP)))),
        List.of(),
        Map.of("day", hours));
  }

  private static Line line(String did, String queue, Access access) {
    return new Line(
        did, "x", queue, Waiting.MUSIC, new Notice("1", "en", "Recorded."), true, 25, 30, 60, 400,
        null, access);
  }

  @Test
  void theSameAgentsServeByTheirDevicesOnThatSwitch() {
    StandbyPlan plan =
        StandbyPlans.of(
            directory(line("4008001234", "care", Access.ALWAYS)), "asterisk", TODAY);
    assertThat(plan.queues())
        .containsExactly(new StandbyPlan.Queue("care", 25, List.of("1001", "1002")));
    StandbyPlan.Line line = plan.lines().getFirst();
    assertThat(line.recorded()).isTrue();
    assertThat(line.mostSeconds()).isEqualTo(400);
    assertThat(line.hours()).isNull();
    assertThat(line.patience().text()).startsWith("Please wait");
    assertThat(line.closed()).isEqualTo(line.sorry());
  }

  @Test
  void hoursGoAlongWithTheDatesOfThisYearToCome() {
    StandbyPlan plan =
        StandbyPlans.of(
            directory(line("1", "care", new Access("day", null, 0, null, 0))), "asterisk", TODAY);
    StandbyPlan.Hours hours = plan.lines().getFirst().hours();
    assertThat(hours).isNotNull();
    assertThat(hours.week())
        .containsExactly(new StandbyPlan.Span(DayOfWeek.MONDAY, 540, 1080));
    assertThat(hours.days())
        .containsExactly(new StandbyPlan.Day(LocalDate.of(2027, 1, 1), 0, 0));
  }

  @Test
  void aLineWithoutItsQueueIsLeftOut() {
    assertThat(
            StandbyPlans.of(directory(line("1", "gone", Access.ALWAYS)), "asterisk", TODAY).lines())
        .isEmpty();
  }
}
