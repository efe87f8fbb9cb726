package io.cordboard.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.routing.Hours.Day;
import io.cordboard.core.routing.Hours.Span;
import io.cordboard.core.routing.Hours.Time;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoursTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Time WORK = new Time(9 * 60, 18 * 60);
  private static final Hours HOURS =
      new Hours(
          "office", "Office", SHANGHAI,
          List.of(new Span(DayOfWeek.THURSDAY, WORK), new Span(DayOfWeek.FRIDAY, new Time(0, 1440))),
          List.of(
              new Day(LocalDate.of(2026, 10, 1), "国庆节", null),
              new Day(LocalDate.of(2026, 10, 10), "调休", WORK)));

  private static boolean open(String local) {
    return HOURS.openAt(LocalDateTime.parse(local).atZone(SHANGHAI).toInstant());
  }

  @Test
  void itOpensAtItsFirstMinuteAndIsClosedAtItsLast() {
    assertThat(open("2026-09-24T08:59:59")).isFalse();
    assertThat(open("2026-09-24T09:00:00")).isTrue();
    assertThat(open("2026-09-24T17:59:59")).isTrue();
    assertThat(open("2026-09-24T18:00:00")).isFalse();
    assertThat(open("2026-09-23T12:00:00")).isFalse();
    assertThat(open("2026-09-25T23:59:59")).isTrue();
  }

  @Test
  void aHolidayIsClosedAndASaturdayWorkedInsteadIsOpen() {
    assertThat(open("2026-10-01T12:00:00")).as("a Thursday").isFalse();
    assertThat(open("2026-10-10T12:00:00")).as("a Saturday").isTrue();
    assertThat(open("2026-10-10T20:00:00")).isFalse();
  }

  @Test
  void theClockIsThatOfItsPlaceAlsoWhenTheClocksAreChanged() {
    assertThat(HOURS.openAt(Instant.parse("2026-09-24T01:00:00Z"))).isTrue();
    assertThat(HOURS.openAt(Instant.parse("2026-09-24T00:59:00Z"))).isFalse();
    Hours london =
        new Hours("l", "L", ZoneId.of("Europe/London"), List.of(new Span(DayOfWeek.MONDAY, WORK)), List.of());
    assertThat(london.openAt(Instant.parse("2026-10-19T08:00:00Z"))).as("summer time").isTrue();
    assertThat(london.openAt(Instant.parse("2026-10-26T08:00:00Z"))).as("winter time").isFalse();
  }
}
