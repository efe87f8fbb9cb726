package io.cordboard.spi.crm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what changed. */
public interface ReadChanges {
  /**
   * Records that changed since, in an order in which the cursor after each page may be kept. A record may be told
   * more than once; none is left out, also where several changed in the smallest time that the system knows.
   *
   * @param cursor of the page before; null to begin with what changes from now on
   * @param most records of a page
   */
  Page changes(RecordKind kind, @Nullable String cursor, int most);

  /**
   * A page.
   *
   * @param cursor where the next one begins
   * @param more whether there is more already
   * @param gap the system no longer knows what changed since that cursor: everything has to be compared
   */
  record Page(List<CrmRecord> records, String cursor, boolean more, boolean gap) {
    public Page {
      records = List.copyOf(records);
    }
  }
}
