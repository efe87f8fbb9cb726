package io.cordboard.app;

import io.cordboard.adapters.asterisk.AsteriskSwitch;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.kernel.Clock;
import io.cordboard.spi.telephony.PhoneSwitch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Asterisk that {@code ./cordboard pbx up} runs beside this server; it is there while its
 * connection file is. Thread-safe.
 */
final class AsteriskBeside {
  static final String ID = "asterisk";

  private final Path file;
  private final Clock clock;
  private final SwitchBoard board;
  private final Ledger ledger;
  private final AgentPhones phones;
  private final Metrics metrics;
  private @Nullable PhoneSwitch connected;
  private @Nullable PbxFile connectedAs;

  AsteriskBeside(
      Path file, Clock clock, SwitchBoard board, Ledger ledger, AgentPhones phones,
      Metrics metrics) {
    this.file = file;
    this.clock = clock;
    this.board = board;
    this.ledger = ledger;
    this.phones = phones;
    this.metrics = metrics;
  }

  /** Connects, connects anew with other settings, or lets go of one that is there no more. */
  synchronized void follow() {
    if (!Files.exists(file)) {
      letGo();
      return;
    }
    PbxFile found = PbxFile.read(ID, file);
    if (connected != null && found.equals(connectedAs) && metrics.linked(ID)) {
      return;
    }
    phones.set(found.phones());
    if (connected != null) {
      connected.close();
      metrics.forget(ID);
    }
    PhoneSwitch next = new AsteriskSwitch(found.config(), clock);
    board.add(next);
    next.start(metrics.ears(ledger));
    connected = next;
    connectedAs = found;
  }

  /** Without its file it does not run: what was on it is over. */
  private void letGo() {
    if (connected != null) {
      connected.close();
      board.remove(ID);
      connected = null;
      metrics.forget(ID);
    }
    phones.set(List.of());
    ledger.switchGone(ID);
  }
}
