package io.cordboard.core.sync;

import io.cordboard.core.work.DeadLetters;
import io.cordboard.core.work.DeadLetters.Waiting;
import io.cordboard.core.work.WorkStore;
import io.cordboard.core.work.WorkStore.Backlog;
import io.cordboard.kernel.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the systems that are joined every few seconds, so that whoever asks how they stand never waits for them or
 * the database. Thread-safe.
 */
public final class CrmWatch {
  private final Connections connections;
  private final WorkStore work;
  private final DeadLetters letters;
  private final Clock clock;
  private final Map<String, Seen> seen = new HashMap<>();
  private Map<String, Backlog> backlogs = Map.of();
  private Map<String, Waiting> dead = Map.of();

  public CrmWatch(Connections connections, WorkStore work, DeadLetters letters, Clock clock) {
    this.connections = connections;
    this.work = work;
    this.letters = letters;
    this.clock = clock;
  }

  /**
   * What flows between a system and us.
   *
   * @param waiting records that are still to be sent or taken over
   * @param oldestAt since when the first of them waits, microseconds UTC; 0 where none does
   * @param endsAt when all that waits now will be done, if it goes on as in the last half minute; 0 where nothing waits
   *     or nothing moves
   * @param sent since the start, like the next three
   * @param repeated attempts to send that failed and are made again
   * @param received records that it told of
   * @param changed of them, those that changed something here
   * @param dead records that wait for a person
   * @param deadSince since when the first of them does, microseconds UTC; 0 where none does
   * @param movedAt when something flowed last, microseconds UTC; 0 where nothing did since the start
   */
  public record Flow(
      long waiting, long oldestAt, long endsAt, long sent, long repeated, long received, long changed, long dead,
      long deadSince, long movedAt) {}

  private static final class Seen {
    private final Connections.Running running;
    private final Forecast forecast = new Forecast();
    private long moved;
    private long movedAt;

    private Seen(Connections.Running running) {
      this.running = running;
    }

    private void look(long nanos, long micros) {
      long done = running.runner().figures().done();
      forecast.sample(nanos, done);
      long all = done + running.reader().read();
      if (all > moved) {
        moved = all;
        movedAt = micros;
      }
    }
  }

  /** Looks at all; to be called every few seconds. */
  public void look() {
    Map<String, Backlog> open = work.backlogs();
    Map<String, Waiting> waiting = letters.counts();
    synchronized (this) {
      backlogs = open;
      dead = waiting;
      Map<String, Connections.Running> now = new HashMap<>();
      connections.running().forEach(one -> now.put(one.row().name(), one));
      seen.keySet().retainAll(now.keySet());
      now.forEach(this::look);
    }
  }

  private void look(String name, Connections.Running running) {
    Seen before = seen.get(name);
    Seen one = before != null && before.running == running ? before : new Seen(running);
    seen.put(name, one);
    one.look(clock.nanos(), clock.micros());
  }

  /** What flows between us and one of them, as it was at the last look. */
  public synchronized Flow of(String name) {
    Backlog there = backlogs.get(Joined.workKind(name));
    Backlog here = backlogs.get(Joined.hookKind(name));
    Waiting unsent = dead.get(Joined.workKind(name));
    Waiting untaken = dead.get(Joined.hookKind(name));
    long waiting = open(there) + open(here);
    Seen one = seen.get(name);
    long endsAt =
        waiting == 0 || one == null
            ? 0
            : one.forecast.end(waiting).map(left -> clock.micros() + left.toMillis() * 1000).orElse(0L);
    Connections.Running running = one == null ? null : one.running;
    return new Flow(
        waiting, first(there == null ? 0 : there.oldestAt(), here == null ? 0 : here.oldestAt()), endsAt,
        running == null ? 0 : running.runner().figures().done(),
        running == null ? 0 : running.runner().figures().again(),
        running == null ? 0 : running.reader().read(),
        running == null ? 0 : running.reader().changed(),
        count(unsent) + count(untaken),
        first(unsent == null ? 0 : unsent.oldestAt(), untaken == null ? 0 : untaken.oldestAt()),
        one == null ? 0 : one.movedAt);
  }

  private static long open(@Nullable Backlog backlog) {
    return backlog == null ? 0 : backlog.open();
  }

  private static long count(@Nullable Waiting waiting) {
    return waiting == null ? 0 : waiting.count();
  }

  private static long first(long one, long other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }
}
