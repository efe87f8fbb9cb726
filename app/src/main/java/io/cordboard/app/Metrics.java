package io.cordboard.app;

import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerWatch;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchSignal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what the ledger does, and writes to the log what an operator must know. */
final class Metrics implements LedgerWatch {
  private static final Logger LOG = LoggerFactory.getLogger("io.cordboard.ledger");
  private static final long SKEW_ALARM_MICROS = 2_000_000;
  private static final String TAKEN =
      "Another program took over this switch's calls: stop it, then connect again with"
          + " './cordboard pbx up'.";

  final LongAdder events = new LongAdder();
  final LongAdder repeated = new LongAdder();
  final LongAdder orphans = new LongAdder();
  final LongAdder commits = new LongAdder();
  final LongAdder entries = new LongAdder();
  final LongAdder commitNanos = new LongAdder();
  final LongAdder failedCommands = new LongAdder();
  final Map<String, LongAdder> unknown = new ConcurrentHashMap<>();
  final Map<String, Long> skewMicros = new ConcurrentHashMap<>();
  final Map<String, Link> links = new ConcurrentHashMap<>();

  /** How a switch's link stands in the words of the API, and since when, microseconds. */
  record Link(String state, @Nullable String reason, long since) {
    boolean up() {
      return state.equals("CONNECTED");
    }
  }

  private final Clock clock;
  private volatile Runnable recorded = () -> {};

  Metrics(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void taken(CallEvent event) {
    events.increment();
  }

  @Override
  public void repeated(CallEvent event) {
    repeated.increment();
  }

  @Override
  public void orphan(CallEvent event) {
    orphans.increment();
  }

  @Override
  public void committed(int rows, long nanos) {
    commits.increment();
    entries.add(rows);
    commitNanos.add(nanos);
  }

  /** Who is told that recordings wait to be fetched. */
  void onRecorded(Runnable told) {
    recorded = told;
  }

  @Override
  public void recorded() {
    recorded.run();
  }

  @Override
  public void link(SwitchSignal signal) {
    switch (signal) {
      case SwitchSignal.LinkUp up -> {
        links.put(up.switchId(), new Link("CONNECTED", null, clock.micros()));
        skewMicros.put(up.switchId(), up.skewMicros());
        LOG.info("Switch {} is linked, {} legs live.", up.switchId(), up.snapshot().legs().size());
        if (Math.abs(up.skewMicros()) > SKEW_ALARM_MICROS) {
          LOG.warn(
              "The clock of switch {} is {} ms off ours: set both by NTP.",
              up.switchId(), up.skewMicros() / 1000);
        }
      }
      case SwitchSignal.LinkDown down -> {
        links.put(down.switchId(), new Link("LOST", down.reason(), down.at()));
        LOG.warn("The link to switch {} is lost: {}", down.switchId(), down.reason());
      }
      case SwitchSignal.TakenOver taken -> {
        links.put(taken.switchId(), new Link("TAKEN_OVER", TAKEN, taken.at()));
        LOG.error("Switch {}: {}", taken.switchId(), TAKEN);
      }
      case SwitchSignal.Unknown one ->
          unknown.computeIfAbsent(one.switchId(), id -> new LongAdder()).increment();
      default -> {}
    }
  }

  /** Whether the link of a switch stands. */
  boolean linked(String switchId) {
    Link link = links.get(switchId);
    return link != null && link.up();
  }

  /** The switch was taken away. */
  void forget(String switchId) {
    links.remove(switchId);
    skewMicros.remove(switchId);
  }

  @Override
  public void commandFailed(Effect effect, Fault fault) {
    failedCommands.increment();
    LOG.info(
        "Command {} on {} did not work: {}",
        effect.getClass().getSimpleName(), effect.leg().channel(), fault.getMessage());
  }

  @Override
  public void bug(String what, Throwable cause) {
    LOG.error(what, cause);
  }
}
