package io.cordboard.spi.crm;

import java.time.Duration;
import java.util.List;

/** Finds whose an e-mail address is. */
public interface FindByEmail {
  /**
   * Customers who have this address; capitals do not matter.
   *
   * @param within how long it may take in all
   */
  List<CrmRecord> findByEmail(String address, Duration within);
}
