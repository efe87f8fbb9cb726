package io.cordboard.core.identity;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one customer whom the caller's number points to, as one read of the database
 * gives it.
 *
 * @param number how the number belongs to the customer
 * @param confirmations how often agents confirmed that it does
 * @param confirmedAt when they last did; null for never
 * @param lastCall the customer's latest call; null for none
 * @param openTickets open tickets and service records
 * @param lastOrderAt the newest order; null for none
 * @param level what the customer is worth, higher is more; decides between equals only
 * @param doNotMatch somebody said that this number is not this customer's
 */
public record Candidate(
    CustomerId customer,
    NumberUse number,
    int confirmations,
    @Nullable Instant confirmedAt,
    @Nullable LastCall lastCall,
    int openTickets,
    @Nullable Instant lastOrderAt,
    int level,
    boolean doNotMatch) {

  /**
   * A number as one customer has it.
   *
   * @param shared it is said to be shared, whoever else is known to have it
   * @param owners how many customers are known to have it, this one among them
   */
  public record NumberUse(IdentityKind kind, boolean shared, int owners) {
    public NumberUse {
      if (owners < 1) {
        throw new Fault.BadRequest("A number that points to a customer has at least one owner.");
      }
    }
  }

  /**
   * An earlier call.
   *
   * @param line the line that was called; null when it was not told
   * @param sameNumber it came from the number that calls now
   */
  public record LastCall(Instant at, @Nullable String line, boolean sameNumber) {}
}
