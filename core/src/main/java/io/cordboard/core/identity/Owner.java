package io.cordboard.core.identity;

import io.cordboard.kernel.CustomerId;
import java.util.List;

/**
 * What follows from all that was said about one value and one customer, in the order in which it
 * was said. The last word of a person counts; an import does not overrule a correction.
 *
 * @param customer merged entries under their survivor
 * @param kind as it was said last
 * @param owns whether the value is the customer's; false when somebody said that it is not
 * @param confirmations since it was last corrected
 * @param confirmedAt the last of them, microseconds UTC; 0 for never
 */
public record Owner(
    CustomerId customer, IdentityKind kind, boolean owns, int confirmations, long confirmedAt) {

  static Owner following(CustomerId customer, List<IdentityLink> said) {
    Owner owner = new Owner(customer, said.getFirst().kind(), true, 0, 0);
    for (IdentityLink link : said) {
      owner = owner.after(link);
    }
    return owner;
  }

  private Owner after(IdentityLink link) {
    return switch (link.source()) {
      case IMPORTED ->
          owns ? new Owner(customer, link.kind(), true, confirmations, confirmedAt) : this;
      case ENTERED -> new Owner(customer, link.kind(), true, confirmations, confirmedAt);
      case CONFIRMED ->
          new Owner(
              customer,
              link.kind(),
              true,
              confirmations + 1,
              Math.max(confirmedAt, link.opened().at()));
      case CORRECTED -> new Owner(customer, link.kind(), false, 0, 0);
    };
  }
}
