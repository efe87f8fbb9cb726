package io.cordboard.app;

import io.cordboard.core.sync.Connections.Running;
import io.cordboard.core.sync.CrmWatch.Flow;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Figures of the systems that are joined; they come and go while the server runs. */
final class CrmGauges {
  private final Core core;
  private final Map<MultiGauge, ToDoubleFunction<Running>> gauges = new LinkedHashMap<>();

  CrmGauges(Core core, MeterRegistry registry) {
    this.core = core;
    gauge(registry, "cordboard.crm.waiting", "records that are to be sent or taken over", one -> flow(one).waiting());
    gauge(registry, "cordboard.crm.oldest.seconds", "age of the oldest of them", one -> age(flow(one).oldestAt()));
    gauge(registry, "cordboard.crm.dead.letters", "records that wait for a person", one -> flow(one).dead());
    gauge(registry, "cordboard.crm.up", "1 while requests go through to it", one -> one.joined().gate().state().open() ? 1 : 0);
    gauge(registry, "cordboard.crm.sent", "records brought there since it was joined", one -> flow(one).sent());
    gauge(registry, "cordboard.crm.repeated", "attempts to bring records there that failed and are made again", one -> flow(one).repeated());
    gauge(registry, "cordboard.crm.received", "records that it told of since it was joined", one -> flow(one).received());
    gauge(registry, "cordboard.crm.changed", "of them, those that changed something here", one -> flow(one).changed());
    gauge(registry, "cordboard.crm.requests", "requests since it was joined", one -> one.joined().gate().state().requests());
    gauge(registry, "cordboard.crm.slowed", "of them, those that it asked to come slower", one -> one.joined().gate().state().slowed());
    gauge(registry, "cordboard.crm.consistency.percent", "what the last comparison found before any repair", one -> core.crms.reconcile.lastPercent(one.row().name()));
    gauge(registry, "cordboard.crm.failed", "of them, those that failed", one -> one.joined().gate().state().failed());
  }

  private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Running> value) {
    gauges.put(MultiGauge.builder(name).description(description).register(registry), value);
  }

  private Flow flow(Running one) {
    return core.crms.watch.of(one.row().name());
  }

  private double age(long at) {
    return at == 0 ? 0 : (core.clock.micros() - at) / 1e6;
  }

  /** Looks at those that are joined now. */
  void look() {
    List<Running> all = List.copyOf(core.crms.connections.running());
    gauges.forEach(
        (gauge, value) ->
            gauge.register(
                all.stream()
                    .map(
                        one ->
                            MultiGauge.Row.of(
                                Tags.of("crm", one.row().name()), (Number) value.applyAsDouble(one)))
                    .toList(),
                true));
  }
}
