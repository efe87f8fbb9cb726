package io.cordboard.core.service;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Tickets as they stand in a customer's file. Thread-safe; throws {@link Fault.Unreachable} while the database is
 * away.
 */
public interface Tickets {
  /**
   * Opens one. What is opened again under the same number stays as it stands.
   *
   * @param number as another system knows it; null for one of ours
   * @param at microseconds UTC
   * @throws Fault.NotFound when there is no such customer
   * @throws Fault.Refused when the number is another customer's
   */
  Ticket open(CustomerId customer, @Nullable String number, String title, String state, long at);

  /**
   * Changes one.
   *
   * @throws Fault.NotFound when there is none of that number
   * @throws Fault.Refused when several have it
   */
  Ticket change(String number, Change change, long at);

  /**
   * What is to be otherwise; null stays as it is.
   *
   * @param closed whether it is done
   */
  record Change(@Nullable String title, @Nullable String state, @Nullable Boolean closed) {}

  /**
   * A ticket.
   *
   * @param customer in whose file it stands
   * @param closedAt 0 while it is open; times are microseconds UTC
   */
  record Ticket(
      CustomerId customer, String number, long openedAt, long closedAt, String title, String state) {}
}
