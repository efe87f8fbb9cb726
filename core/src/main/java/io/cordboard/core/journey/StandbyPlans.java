package io.cordboard.core.journey;

import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Hours;
import io.cordboard.core.routing.Line;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.StandbyPlan;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a switch shall do while we are down, made of what is set up. Pure. */
public final class StandbyPlans {
  /** Switches know the day of the year, not the year. */
  private static final int DAYS_AHEAD = 300;

  private static final String ZH_WAIT = "请稍候，正在为您转接客服人员。";
  private static final String ZH_SORRY = "很抱歉，现在无法接听您的来电，我们会尽快给您回电。";
  private static final String EN_WAIT = "Please wait, we are connecting you.";
  private static final String EN_SORRY =
      "We are sorry, nobody can take your call now. We will call you back.";

  private final Directory directory;
  private final String switchId;
  private final LocalDate today;

  private StandbyPlans(Directory directory, String switchId, LocalDate today) {
    this.directory = directory;
    this.switchId = switchId;
    this.today = today;
  }

  /** The plan for one switch. */
  public static StandbyPlan of(Directory directory, String switchId, LocalDate today) {
    StandbyPlans plans = new StandbyPlans(directory, switchId, today);
    List<Line> lines =
        directory.lines().values().stream()
            .filter(line -> directory.queues().containsKey(line.queue()))
            .sorted(Comparator.comparing(Line::did))
            .toList();
    return new StandbyPlan(
        lines.stream().map(plans::line).toList(),
        directory.queues().values().stream()
            .sorted(Comparator.comparing(Directory.Queue::id))
            .map(queue -> plans.queue(queue, lines))
            .toList());
  }

  private StandbyPlan.Line line(Line line) {
    String language = language(line);
    boolean chinese = language.startsWith("zh") || language.startsWith("yue");
    Announcement sorry =
        line.sorry() == null
            ? new Announcement(chinese ? ZH_SORRY : EN_SORRY, language)
            : words(line.sorry());
    Line.Notice closed = line.access().closed();
    return new StandbyPlan.Line(
        line.did(),
        line.queue(),
        line.announcement() == null ? null : words(line.announcement()),
        line.recorded(),
        new Announcement(chinese ? ZH_WAIT : EN_WAIT, language),
        sorry,
        closed == null ? sorry : words(closed),
        line.maxWaitSeconds(),
        hours(line.access().hours()));
  }

  /** Callers are spoken to as the line speaks; one that says nothing speaks Chinese. */
  private static String language(Line line) {
    Line.Notice spoken = line.announcement() == null ? line.sorry() : line.announcement();
    return spoken == null ? "zh-CN" : spoken.language();
  }

  private static Announcement words(Line.Notice notice) {
    return new Announcement(notice.text(), notice.language());
  }

  private StandbyPlan.Queue queue(Directory.Queue queue, List<Line> lines) {
    int ring =
        lines.stream()
            .filter(line -> line.queue().equals(queue.id()))
            .mapToInt(Line::ringSeconds)
            .max()
            .orElse(20);
    List<String> members =
        queue.members().stream()
            .map(id -> directory.agents().get(id))
            .filter(Objects::nonNull)
            .flatMap(agent -> agent.deviceOn(switchId).stream())
            .map(Directory.Device::address)
            .sorted()
            .toList();
    return new StandbyPlan.Queue(queue.id(), ring, members);
  }

  private StandbyPlan.@Nullable Hours hours(@Nullable String id) {
    Hours hours = id == null ? null : directory.hours().get(id);
    if (hours == null) {
      return null;
    }
    return new StandbyPlan.Hours(
        hours.zone(),
        hours.week().stream()
            .map(span -> new StandbyPlan.Span(span.day(), span.time().from(), span.time().to()))
            .toList(),
        hours.days().stream()
            .filter(day -> !day.date().isBefore(today.minusDays(1)))
            .filter(day -> day.date().isBefore(today.plusDays(DAYS_AHEAD)))
            .map(StandbyPlans::day)
            .toList());
  }

  private static StandbyPlan.Day day(Hours.Day day) {
    Hours.Time time = day.time();
    return time == null
        ? new StandbyPlan.Day(day.date(), 0, 0)
        : new StandbyPlan.Day(day.date(), time.from(), time.to());
  }
}
