package io.cordboard.core.journey;

import io.cordboard.kernel.Fault;

/** Which numbers an agent may dial. Pure. */
public interface OutsideNumbers {
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
  record Outside(String state, String number) {}
}
