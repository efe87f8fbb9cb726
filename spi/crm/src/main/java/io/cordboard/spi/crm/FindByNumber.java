package io.cordboard.spi.crm;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import java.time.Duration;
import java.util.List;

/** Finds whose a number is. */
public interface FindByNumber {
  /**
   * Customers of whom one number is this one, however it is written there; empty only where the system said clearly
   * that there is none.
   *
   * @param within how long it may take in all
   * @throws Fault.Refused when more fit than a person could choose from
   */
  List<CrmRecord> findByNumber(PhoneNumber number, Duration within);
}
