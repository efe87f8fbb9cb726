package io.cordboard.web.api;

import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Switches that are set up. Thread-safe. */
public interface SwitchAdmin {
  /** All of them, as of now. */
  List<SwitchStatus> switches();

  /**
   * Reads the settings of the Asterisk beside this server again: connects, connects anew, or lets go
   * of one that was stopped.
   *
   * @throws Fault.BadRequest when its settings cannot be read
   */
  void connectAsterisk();

  /**
   * A switch.
   *
   * @param state CONNECTED, CONNECTING, LOST or TAKEN_OVER
   * @param reason why it is not connected, and what to do
   * @param skewMillis the switch's clock minus ours, as last measured
   * @param unknownEvents events that its adapter could not read, since the start
   */
  record SwitchStatus(
      String id,
      String kind,
      String state,
      @Nullable String reason,
      Instant since,
      @Nullable Long skewMillis,
      long unknownEvents,
      List<String> capabilities) {}
}
