package io.cordboard.core.journey;

import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.kernel.NumberClaims;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the story asks of identity. Pure. */
public interface Callers {
  /** Reads the claims by the trunk's rules. */
  Read read(NumberClaims claims);

  /** Ranks those whom the number points to. */
  CallerMatched rank(long now, @Nullable String number, String line, List<NumberMatch> matches);

  /**
   * Numbers of an arriving call.
   *
   * @param state KNOWN, SHORT_CODE, INTERNAL, WITHHELD or UNREADABLE
   * @param number canonical; null unless known or a service number
   * @param line canonical DID, empty when none was told
   */
  record Read(String state, @Nullable String number, String line) {}
}
