package io.cordboard.core.profile;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened with a customer, whoever was merged into them included. Thread-safe; throws {@link
 * Fault.Unreachable} while the database is away.
 */
public interface Timeline {
  /**
   * Entries, the newest first; empty when there is no such customer.
   *
   * @param kinds which ones; empty for all
   * @param after the last entry of the page before; null for the first page
   */
  Optional<Page> page(CustomerId customer, Set<Kind> kinds, @Nullable Position after, int most);

  /** What an entry is about. */
  enum Kind {
    CALL,
    ORDER,
    SERVICE
  }

  /**
   * A page.
   *
   * @param next where the next page begins; null on the last one
   */
  record Page(List<Entry> entries, @Nullable Position next) {}

  /**
   * Where an entry stands: time, then kind and id.
   *
   * @param at microseconds UTC
   */
  record Position(long at, String key) {}

  /**
   * One thing that happened.
   *
   * @param id of the call, or the order's or ticket's number
   * @param file the customer in whose file it stands: another one than asked for after a merge
   * @param title of an order or a ticket
   * @param state of an order or a ticket; a call's outcome
   */
  record Entry(
      Kind kind,
      String id,
      Instant at,
      CustomerId file,
      @Nullable String title,
      String state,
      @Nullable Instant closedAt,
      @Nullable Amount amount,
      @Nullable Call call) {}

  /** Money in its currency's smallest unit. */
  record Amount(long minor, String currency) {}

  /**
   * A call.
   *
   * @param direction in, out or inside
   * @param agent who talked last
   * @param verifiedBy by which method the caller was verified
   * @param answers what that agent filled in, in the fields of the outcome's form
   * @param fallback the switch looked after it alone while we were not there: its times are the switch's,
   *     and approximate
   * @param talkedLast whose record it is: they may correct it
   * @param corrections what stood in the record before, the oldest first
   */
  record Call(
      String direction,
      @Nullable String number,
      String line,
      @Nullable String queue,
      @Nullable String agent,
      @Nullable String disposition,
      long waitMillis,
      long talkMillis,
      @Nullable String verifiedBy,
      @Nullable Interval unobserved,
      List<Note> notes,
      List<Recording> recordings,
      List<FilledIn> answers,
      boolean fallback,
      @Nullable AgentId talkedLast,
      List<Correction> corrections) {}

  /**
   * The record was corrected after the call.
   *
   * @param by the agent's name
   * @param disposition which stood there before, as the answers and the notes
   * @param notes null where they were not changed
   */
  record Correction(
      Instant at,
      @Nullable String by,
      @Nullable String disposition,
      List<FilledIn> answers,
      @Nullable String notes) {}

  /** What stands in one field of the outcome's form. */
  record FilledIn(String field, String value) {}

  /** In between something happened that could not be observed. */
  record Interval(Instant from, Instant to) {}

  /** What one agent wrote. */
  record Note(@Nullable AgentId by, @Nullable String agent, String text) {}

  /**
   * A recording of one agent's part.
   *
   * @param state WRITING, ON_SWITCH, PARTIAL, STORED or LOST
   * @param alarm what is wrong with it
   * @param agent whose part it is
   */
  record Recording(
      String id, String state, @Nullable String alarm, long durationMillis, @Nullable AgentId agent) {}
}
