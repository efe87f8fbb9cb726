package io.cordboard.spi.telephony;

import io.cordboard.spi.telephony.Announcing.Announcement;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines, queues and devices as far as a switch needs them to serve callers without us. */
public record StandbyPlan(List<Line> lines, List<Queue> queues) {
  public StandbyPlan {
    lines = List.copyOf(lines);
    queues = List.copyOf(queues);
  }

  /**
   * A number that customers dial.
   *
   * @param did canonical
   * @param queue id of one of the queues
   * @param notice spoken first; null for none
   * @param recorded talks are recorded; only after a notice that was heard to its end
   * @param patience spoken before the queue, and again while the caller waits
   * @param sorry spoken when nobody can take the call
   * @param closed spoken outside the hours
   * @param mostSeconds how long a caller waits at the most
   * @param hours null for always open
   */
  public record Line(
      String did,
      String queue,
      @Nullable Announcement notice,
      boolean recorded,
      Announcement patience,
      Announcement sorry,
      Announcement closed,
      int mostSeconds,
      @Nullable Hours hours) {}

  /**
   * Who serves.
   *
   * @param ringSeconds how long one device is rung
   * @param members devices on this switch, as {@link DialOrder#address()} names them
   */
  public record Queue(String id, int ringSeconds, List<String> members) {
    public Queue {
      members = List.copyOf(members);
    }
  }

  /** When a line is open, by the clock of one place. */
  public record Hours(ZoneId zone, List<Span> week, List<Day> days) {
    public Hours {
      week = List.copyOf(week);
      days = List.copyOf(days);
    }
  }

  /** Open on this day of every week, from a minute of the day until before another. */
  public record Span(DayOfWeek day, int from, int to) {}

  /** A date that is otherwise than the week says: open from {@code from}, or not at all where {@code to} is 0. */
  public record Day(LocalDate date, int from, int to) {}
}
