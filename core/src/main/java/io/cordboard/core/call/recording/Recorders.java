package io.cordboard.core.call.recording;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Recorder;

/** Finds the recorder of a switch. Thread-safe. */
public interface Recorders {
  /**
   * The recorder.
   *
   * @throws Fault.Unreachable when there is no such switch at the moment
   */
  Recorder of(String switchId);
}
