package io.cordboard.spi.crm;

/** Takes records away. */
public interface RemoveRecords {
  /**
   * Deletes a record, or makes it plain that it is void, as is usual there. One that is gone already is no failure.
   *
   * @param why in words, where they are kept
   */
  void remove(RecordKind kind, String id, String why);
}
