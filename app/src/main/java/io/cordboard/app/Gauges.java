package io.cordboard.app;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.work.WorkFigures;
import io.cordboard.web.ops.HealthLines;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What is looked at when somebody reads the metrics; docs/operations.md says what each means. */
record Gauges(Core core, HealthLines health, Path data) {

  void register(MeterRegistry registry) {
    ledger(registry);
    stored(registry);
    MultiGauge waiting =
        MultiGauge.builder("cordboard.queue.waiting")
            .description("callers who wait for an agent")
            .register(registry);
    // queues come and go while the server runs
    CrmGauges crms = new CrmGauges(core, registry);
    core.vitals.afterEachLook(
        () -> {
          waiting.register(queues(), true);
          crms.look();
        });
    Gauge.builder("cordboard.disk.free.bytes", data, d -> d.toFile().getUsableSpace())
        .description("free on the disk of the data directory")
        .register(registry);
    Gauge.builder(
            "cordboard.health.down", health,
            h -> h.lines().stream().filter(l -> l.state() == HealthLines.State.DOWN).count())
        .description("parts of the server that are down")
        .register(registry);
    Gauge.builder(
            "cordboard.health.warnings", health,
            h -> h.lines().stream().filter(l -> l.state() == HealthLines.State.WARN).count())
        .description("parts of the server that somebody should look at")
        .register(registry);
  }

  private void ledger(MeterRegistry registry) {
    gauge(registry, "cordboard.ledger.backlog", "messages that wait to be taken", c -> c.ledger.backlog());
    gauge(registry, "cordboard.calls.live", "calls whose mailbox is open", c -> c.ledger.live());
    for (Call.Phase phase : Call.Phase.values()) {
      Gauge.builder(
              "cordboard.calls.phase", core,
              c -> c.vitals.live().calls().getOrDefault(phase, 0))
          .description("live calls by phase")
          .tag("phase", phase.name())
          .register(registry);
    }
    for (AgentState state : AgentState.values()) {
      Gauge.builder(
              "cordboard.agents", core, c -> c.vitals.live().agents().getOrDefault(state, 0))
          .description("agents by state")
          .tag("state", state.name())
          .register(registry);
    }
    gauge(registry, "cordboard.audit.waiting", "audit entries not written yet", c -> c.audit.waiting());
  }

  private void stored(MeterRegistry registry) {
    gauge(registry, "cordboard.work.open", "durable work to be done", c -> c.vitals.stored().work().open());
    gauge(registry, "cordboard.work.oldest.seconds", "age of the oldest of it", Gauges::oldest);
    gauge(registry, "cordboard.work.dead.letters", "work that waits for a person", c -> c.vitals.stored().dead());
    gauge(registry, "cordboard.work.dead.letters.oldest.seconds", "age of the oldest of them", Gauges::oldestDead);
    counter(registry, "cordboard.work.done", "work that was done", WorkFigures::done);
    counter(registry, "cordboard.work.retried", "attempts that will be repeated", WorkFigures::again);
    counter(registry, "cordboard.work.died", "work that became a dead letter", WorkFigures::dead);
    gauge(registry, "cordboard.recordings.alarms", "recordings somebody should look at", c -> c.vitals.stored().recordings().alarms());
    gauge(registry, "cordboard.recordings.waiting", "recordings still on their switch", c -> c.vitals.stored().recordings().waiting());
  }

  private static double oldest(Core core) {
    long at = core.vitals.stored().work().oldestAt();
    return at == 0 ? 0 : (core.clock.micros() - at) / 1e6;
  }

  private static double oldestDead(Core core) {
    long at = core.vitals.stored().deadSince();
    return at == 0 ? 0 : (core.clock.micros() - at) / 1e6;
  }

  private List<MultiGauge.Row<Number>> queues() {
    Map<String, Integer> waiting = core.vitals.live().waiting();
    return core.directory.get().queues().keySet().stream()
        .map(id -> MultiGauge.Row.of(Tags.of("queue", id), (Number) waiting.getOrDefault(id, 0)))
        .toList();
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Core> value) {
    Gauge.builder(name, core, value).description(description).register(registry);
  }

  private void counter(
      MeterRegistry registry, String name, String description, ToDoubleFunction<WorkFigures> value) {
    FunctionCounter.builder(name, core.recordings.runner.figures(), value)
        .description(description)
        .register(registry);
  }
}
