package io.cordboard.core.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a line is open, by the clock of one place.
 *
 * @param zone of the clock
 * @param week spans of every week; they may touch
 * @param days dates that are otherwise than the week says
 */
public record Hours(String id, String label, ZoneId zone, List<Span> week, List<Day> days) {
  private static final int DAY_MINUTES = 24 * 60;

  public Hours {
    week =
        week.stream()
            .distinct()
            .sorted(Comparator.comparing(Span::day).thenComparing(span -> span.time().from()))
            .toList();
    days =
        days.stream()
            .sorted(Comparator.comparing(Day::date).thenComparing(day -> start(day.time())))
            .toList();
  }

  private static int start(@Nullable Time time) {
    return time == null ? -1 : time.from();
  }

  /**
   * From a minute of the day until before another; 1440 is midnight at its end.
   *
   * @param from minutes since midnight on the clock
   */
  public record Time(int from, int to) {
    boolean covers(int minute) {
      return from <= minute && minute < to;
    }
  }

  /** Open on this day of every week. */
  public record Span(DayOfWeek day, Time time) {}

  /** A date that is otherwise; {@code time} null: closed. */
  public record Day(LocalDate date, String label, @Nullable Time time) {}

  /** Whether the clock ever shows a time at which it is open. */
  public boolean everOpen() {
    return !week.isEmpty() || days.stream().anyMatch(day -> day.time() != null);
  }

  /** Whether it is open at this moment. */
  public boolean openAt(Instant at) {
    LocalDateTime local = LocalDateTime.ofInstant(at, zone);
    int minute = (local.toLocalTime().toSecondOfDay() / 60) % DAY_MINUTES;
    List<Day> special =
        days.stream().filter(day -> day.date().equals(local.toLocalDate())).toList();
    if (!special.isEmpty()) {
      return special.stream().map(Day::time).anyMatch(time -> time != null && time.covers(minute));
    }
    return week.stream()
        .anyMatch(span -> span.day() == local.getDayOfWeek() && span.time().covers(minute));
  }
}
