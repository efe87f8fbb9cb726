package io.cordboard.testkit.crm;

/** What may go wrong with a request to a CRM, and how far it came. */
public enum CrmTrouble {
  /** 429 without a word about when; nothing was done. */
  BUSY,
  /** 429 with {@code Retry-After: 7}; nothing was done. */
  BUSY_WITH_PAUSE,
  /** 500; nothing was done. */
  ERROR,
  /** 503; nothing was done. */
  DOWN,
  /** 401; nothing was done. */
  UNAUTHORISED,
  /** A page for people with status 200, as a gateway sends it; nothing was done. */
  HTML,
  /** Status 200 and not one byte more; nothing was done. */
  NOTHING,
  /** The connection is reset before anything was done. */
  RESET,
  /** 500; it was done. */
  ERROR_AFTER,
  /** It was done; no answer comes, and the connection stays. */
  HANG_AFTER,
  /** It was done; the connection is closed without an answer. */
  CLOSE_AFTER,
  /** It was done; the answer breaks off with the connection. */
  CUT_AFTER,
  /** It was done; the answer is whole for HTTP, and its JSON breaks off. */
  HALF_AFTER,
  /** It was done; the answer comes drop by drop. */
  DRIP_AFTER,
  /** Of a batch, some parts are done and some answer 503. */
  SOME_OF_BATCH;

  /** Whether what was asked for is done all the same. */
  boolean isAfter() {
    return compareTo(ERROR_AFTER) >= 0;
  }
}
