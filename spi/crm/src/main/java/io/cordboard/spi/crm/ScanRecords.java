package io.cordboard.spi.crm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads all records of a kind, for comparing them. */
public interface ScanRecords {
  /**
   * A page, in an order that does not change while records do.
   *
   * @param after from the page before; null for the first
   */
  Page scan(RecordKind kind, @Nullable String after, int most);

  /**
   * A page.
   *
   * @param next where the next one begins; null when this was the last
   */
  record Page(List<CrmRecord> records, @Nullable String next) {
    public Page {
      records = List.copyOf(records);
    }
  }
}
