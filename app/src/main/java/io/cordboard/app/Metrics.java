package io.cordboard.app;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerWatch;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what the ledger does, and writes to the log what an operator must know. */
final class Metrics implements LedgerWatch {
  private static final Logger LOG = LoggerFactory.getLogger("io.cordboard.ledger");
  private static final String TAKEN =
      "Another program took over this switch's calls: stop it, then connect again with"
          + " './cordboard pbx up'.";

  final Map<String, Link> links = new ConcurrentHashMap<>();

  /** How a switch's link stands in the words of the API, and since when, microseconds. */
  record Link(String state, @Nullable String reason, long since) {
    boolean up() {
      return state.equals("CONNECTED");
    }
  }

  private final Clock clock;
  final ClockSkew skew;
  private final MeterRegistry registry;
  private final Map<String, Events> events = new ConcurrentHashMap<>();
  private final Map<String, Counter> calls = new ConcurrentHashMap<>();
  private final Timer commits;
  private final Timer cardFirst;
  private final Timer cardLate;
  private final Counter entries;
  private final Counter failedCommands;
  private final Counter bugs;
  private final Counter silenced;
  private volatile Runnable recorded = () -> {};
  private volatile Runnable over = () -> {};
  private volatile Consumer<SwitchSignal> dialled = signal -> {};

  /** Events of one switch by what became of them. */
  private record Events(Counter taken, Counter repeated, Counter orphan, Counter unknown) {}

  Metrics(Clock clock, MeterRegistry registry) {
    this.clock = clock;
    this.skew = new ClockSkew(clock);
    this.registry = registry;
    commits =
        Timer.builder("cordboard.ledger.commit")
            .description("time of a commit of the ledger")
            .serviceLevelObjectives(
                Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
                Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2))
            .register(registry);
    cardFirst = rung("first");
    cardLate = rung("late");
    entries = counter("cordboard.ledger.entries", "journal entries committed");
    failedCommands = counter("cordboard.switch.commands.failed", "commands that a switch did not do");
    silenced =
        counter(
            "cordboard.recordings.silenced",
            "recordings of which a switch lost one side in mid-talk");
    bugs = counter("cordboard.ledger.bugs", "mistakes of our own in the ledger; see the log");
  }

  private Timer rung(String card) {
    return Timer.builder("cordboard.ring.waited")
        .description("how long the order to ring a phone waited for its desk to be sent the card")
        .tag("card", card)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private Events of(String switchId) {
    return events.computeIfAbsent(
        switchId,
        id -> {
          ofSwitch(id);
          return new Events(
              event(id, "taken"), event(id, "repeated"), event(id, "orphan"),
              event(id, "unknown"));
        });
  }

  private void ofSwitch(String id) {
    Gauge.builder(
            "cordboard.switch.up", links,
            all -> all.get(id) instanceof Link link && link.up() ? 1 : 0)
        .description("1 while the link to the switch stands")
        .tag("switch", id)
        .register(registry);
    Gauge.builder(
            "cordboard.switch.clock.skew.seconds", skew, s -> s.of(id, false).orElse(0) / 1e6)
        .description("how far the switch's clock is ahead of ours")
        .tag("switch", id)
        .register(registry);
  }

  private Counter event(String switchId, String result) {
    return Counter.builder("cordboard.events")
        .description("what switches told, by what became of it")
        .tag("switch", switchId)
        .tag("result", result)
        .register(registry);
  }

  /** Who hears of what phones dial past us, before the ledger and whether it works or not. */
  void onDialled(Consumer<SwitchSignal> told) {
    dialled = told;
  }

  /** Hands on what a switch tells, and measures its clock by it. */
  SwitchListener ears(SwitchListener then) {
    return signal -> {
      if (signal instanceof SwitchSignal.Happened happened) {
        skew.stamped(happened.event().leg().switchId(), happened.event().at());
      }
      tellDialled(signal);
      then.on(signal);
    };
  }

  /** The calls of the ledger matter more than what is told of others. */
  private void tellDialled(SwitchSignal signal) {
    try {
      dialled.accept(signal);
    } catch (RuntimeException mistake) {
      bug("What a phone dialled could not be taken.", mistake);
    }
  }

  /** What a switch told and nobody understood. */
  long unknown(String switchId) {
    return (long) of(switchId).unknown().count();
  }

  @Override
  public void taken(CallEvent event) {
    of(event.leg().switchId()).taken().increment();
    if (event instanceof CallEvent.RecordingSilent silent) {
      silenced.increment();
      LOG.atWarn()
          .addKeyValue("switch", silent.leg().switchId())
          .addKeyValue("recording", silent.recording())
          .log("The switch lost the track {} of a recording in mid-talk.", silent.track());
    }
  }

  @Override
  public void repeated(CallEvent event) {
    of(event.leg().switchId()).repeated().increment();
  }

  @Override
  public void orphan(CallEvent event) {
    of(event.leg().switchId()).orphan().increment();
  }

  @Override
  public void committed(int rows, long nanos) {
    commits.record(Duration.ofNanos(nanos));
    entries.increment(rows);
  }

  @Override
  public void rung(boolean first, long nanos) {
    (first ? cardFirst : cardLate).record(Duration.ofNanos(nanos));
  }

  @Override
  public void ended(Call call) {
    calls
        .computeIfAbsent(
            call.inside() ? "INSIDE" : call.outcome(),
            outcome ->
                Counter.builder("cordboard.calls")
                    .description("calls that ended, by outcome; INSIDE those between colleagues")
                    .tag("outcome", outcome)
                    .register(registry))
        .increment();
    LOG.atInfo()
        .addKeyValue("call", call.id())
        .addKeyValue("switch", call.arrival().leg().switchId())
        .addKeyValue("outcome", call.outcome())
        .addKeyValue("segments", call.segments().size())
        .log("A call ended.");
    over.run();
  }

  /** Who is told that a call ended and its record stands. */
  void onEnded(Runnable told) {
    over = told;
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
        of(up.switchId());
        links.put(up.switchId(), new Link("CONNECTED", null, clock.micros()));
        skew.measured(up.switchId(), up.skewMicros());
        LOG.info("Switch {} is linked, {} legs live.", up.switchId(), up.snapshot().legs().size());
      }
      case SwitchSignal.LinkDown down -> {
        links.put(down.switchId(), new Link("LOST", down.reason(), down.at()));
        LOG.warn("The link to switch {} is lost: {}", down.switchId(), down.reason());
      }
      case SwitchSignal.TakenOver taken -> {
        links.put(taken.switchId(), new Link("TAKEN_OVER", TAKEN, taken.at()));
        LOG.error("Switch {}: {}", taken.switchId(), TAKEN);
      }
      case SwitchSignal.Unknown one -> of(one.switchId()).unknown().increment();
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
    skew.forget(switchId);
  }

  @Override
  public void commandFailed(@Nullable CallId call, Effect effect, Fault fault) {
    failedCommands.increment();
    LOG.atInfo()
        .addKeyValue("call", call)
        .addKeyValue("switch", effect.leg().switchId())
        .addKeyValue("leg", effect.leg().channel())
        .log(
            "Command {} did not work: {}", effect.getClass().getSimpleName(), fault.getMessage());
  }

  @Override
  public void bug(String what, Throwable cause) {
    bugs.increment();
    LOG.error(what, cause);
  }
}
