package io.cordboard.core.journey;

import io.cordboard.kernel.Fault;
import java.util.Set;

/** Which numbers an agent may dial. Pure. */
public interface OutsideNumbers {
  /** Never refused, and nobody's extension: what they connect to is the switch's to say. */
  Set<String> EMERGENCY = Set.of("110", "119", "120", "911", "112", "999");

  /** Whether this is an emergency number. */
  static boolean emergency(String typed) {
    return EMERGENCY.contains(typed.strip());
  }

  /**
   * The number in the form in which it is dialled and matched.
   *
   * @throws Fault.BadRequest when it is no number
   * @throws Fault.Refused when it may not be dialled, with the reason
   */
  Outside read(String typed);

  /**
   * A number that may be dialled.
   *
   * @param state KNOWN (E.164) or SHORT_CODE (a service number)
   */
  record Outside(String state, String number) {
    boolean emergency() {
      return OutsideNumbers.emergency(number);
    }
  }
}
