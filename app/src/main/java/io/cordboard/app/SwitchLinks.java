package io.cordboard.app;

import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.web.api.SwitchAdmin;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the switches of this installation, and says how they stand. */
final class SwitchLinks implements SwitchAdmin, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SwitchLinks.class);

  private final SwitchBoard board;
  private final Ledger ledger;
  private final Metrics metrics;
  private final AsteriskBeside asterisk;
  private final Clock clock;

  SwitchLinks(
      SwitchBoard board, Ledger ledger, Metrics metrics, AsteriskBeside asterisk, Clock clock) {
    this.board = board;
    this.ledger = ledger;
    this.metrics = metrics;
    this.asterisk = asterisk;
    this.clock = clock;
  }

  void start(List<PhoneSwitch> fixed) {
    for (PhoneSwitch phoneSwitch : fixed) {
      board.add(phoneSwitch);
      phoneSwitch.start(metrics.ears(ledger));
    }
    try {
      asterisk.follow();
    } catch (Fault fault) {
      // the server starts all the same; an administrator finds the words again at 'switches'
      LOG.warn("Asterisk is not connected: {}", fault.getMessage());
    }
  }

  @Override
  public List<SwitchStatus> switches() {
    return board.all().stream().map(this::status).toList();
  }

  private SwitchStatus status(PhoneSwitch one) {
    Metrics.@Nullable Link link = metrics.links.get(one.id());
    OptionalLong off = metrics.skew.of(one.id(), false);
    return new SwitchStatus(
        one.id(),
        one.id(),
        link == null ? "CONNECTING" : link.state(),
        link == null ? null : link.reason(),
        link == null ? clock.now() : Clock.instant(link.since()),
        off.isEmpty() ? null : off.getAsLong() / 1000,
        metrics.unknown(one.id()),
        one.capabilities().stream().map(Enum::name).sorted().toList());
  }

  @Override
  public void connectAsterisk() {
    asterisk.follow();
  }

  @Override
  public void close() {
    board.all().forEach(PhoneSwitch::close);
  }
}
