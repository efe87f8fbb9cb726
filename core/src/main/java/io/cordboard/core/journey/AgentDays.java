package io.cordboard.core.journey;

import io.cordboard.core.call.Ledger;
import io.cordboard.core.desk.TeamView.AgentDay;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells each agent's desk their own day: counted when calls have changed, at most one reading at a time,
 * and never on the ledger's thread. Thread-safe.
 */
public final class AgentDays {
  /** Reading may take a tenth of the time at most. */
  private static final long READ_SHARE = 10;

  private static final System.Logger LOG = System.getLogger(AgentDays.class.getName());

  private final Ledger ledger;
  private final Journeys journeys;
  private final Reading reading;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile long readAgainNanos;
  private volatile long countedSince = Long.MIN_VALUE;

  /**
   * What is read beside the ledger.
   *
   * @param zone whose midnight begins a day
   * @param slow where readers of the database run
   */
  public record Reading(TeamFigures figures, Clock clock, ZoneId zone, Executor slow) {}

  public AgentDays(Ledger ledger, Journeys journeys, Reading reading) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.reading = reading;
    this.readAgainNanos = reading.clock().nanos();
  }

  /** Called about once a second. */
  public void tick() {
    if (reading.clock().nanos() - readAgainNanos < 0 || !busy.compareAndSet(false, true)) {
      return;
    }
    long since = midnight(reading.clock().now());
    ledger
        .ask(turn -> journeys.takeCallsChanged() || since != countedSince)
        .whenComplete(
            (changed, fault) -> {
              if (fault == null && changed) {
                reading.slow().execute(() -> read(since));
              } else {
                busy.set(false);
              }
            });
  }

  private void read(long since) {
    long begin = reading.clock().nanos();
    try {
      Map<AgentId, AgentDay> days = reading.figures().agents(since);
      countedSince = since;
      ledger.ask(
          turn -> {
            journeys.desks().days(turn.agents(), days);
            return true;
          });
    } catch (Fault away) {
      countedSince = Long.MIN_VALUE;
      LOG.log(System.Logger.Level.WARNING, "The agents'' day cannot be read: {0}", away.getMessage());
    } finally {
      readAgainNanos = begin + READ_SHARE * (reading.clock().nanos() - begin);
      busy.set(false);
    }
  }

  private long midnight(Instant at) {
    Instant begin = at.atZone(reading.zone()).truncatedTo(ChronoUnit.DAYS).toInstant();
    return ChronoUnit.MICROS.between(Instant.EPOCH, begin);
  }
}
