package io.cordboard.app;

import io.cordboard.adapters.demo.DemoConfig;
import io.cordboard.adapters.demo.DemoSwitch;
import io.cordboard.adapters.demo.DemoTimer;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.web.api.SwitchAdmin;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/** Connects the switches of this installation. */
final class SwitchLinks implements SwitchAdmin, AutoCloseable {
  private final Settings settings;
  private final Clock clock;
  private final Ids ids;
  private final RandomGenerator random;
  private final SwitchBoard board;
  private final Ledger ledger;
  private final Metrics metrics;

  SwitchLinks(
      Settings settings, Clock clock, Ids ids, RandomGenerator random, SwitchBoard board,
      Ledger ledger, Metrics metrics) {
    this.settings = settings;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
    this.board = board;
    this.ledger = ledger;
    this.metrics = metrics;
  }

  void start() {
    if (settings.demo()) {
      connect(
          new DemoSwitch(
              DemoConfig.standard(settings.data().resolve("demo-recordings")), clock, ids, random,
              DemoTimer.onOneThread()));
    }
  }

  private void connect(PhoneSwitch phoneSwitch) {
    board.add(phoneSwitch);
    phoneSwitch.start(ledger);
  }

  @Override
  public List<SwitchStatus> switches() {
    return board.all().stream().map(this::status).toList();
  }

  private SwitchStatus status(PhoneSwitch one) {
    Metrics.Link link = metrics.links.get(one.id());
    String state = link == null ? "CONNECTING" : link.up() ? "CONNECTED" : "LOST";
    Long skew = metrics.skewMicros.get(one.id());
    LongAdder unknown = metrics.unknown.get(one.id());
    return new SwitchStatus(
        one.id(),
        one.id(),
        state,
        link == null ? null : link.reason(),
        link == null ? clock.now() : Clock.instant(link.since()),
        skew == null ? null : skew / 1000,
        unknown == null ? 0 : unknown.sum(),
        one.capabilities().stream().map(Enum::name).sorted().toList());
  }

  @Override
  public void connectAsterisk() {
    throw new Fault.NotFound(
        "This version cannot connect to an Asterisk yet: calls go through the demo switch.");
  }

  @Override
  public void close() {
    board.all().forEach(PhoneSwitch::close);
  }
}
