package io.cordboard.core.identity;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What bears on whether a customer may be contacted.
 *
 * @param attempts how often it was tried
 * @param consents by purpose
 */
public record ContactStanding(boolean doNotCall, int attempts, Map<String, Consent> consents) {
  private static final BinaryOperator<Consent> STRICTER_OF_THE_NEWEST =
      BinaryOperator.maxBy(
          Comparator.comparingLong(Consent::at)
              .thenComparing(Consent::granted, Comparator.reverseOrder()));

  public ContactStanding {
    consents = Map.copyOf(consents);
  }

  /**
   * A decision of the customer's.
   *
   * @param at microseconds UTC
   */
  public record Consent(boolean granted, long at) {}

  /**
   * The standing of one customer over all entries: one do-not-call holds for all, attempts add up,
   * of each purpose the newest decision counts, and of two at the same time the refusal.
   */
  public static ContactStanding over(Collection<ContactStanding> members) {
    Map<String, Consent> consents = new TreeMap<>();
    for (ContactStanding member : members) {
      member
          .consents()
          .forEach((purpose, consent) -> consents.merge(purpose, consent, STRICTER_OF_THE_NEWEST));
    }
    return new ContactStanding(
        members.stream().anyMatch(ContactStanding::doNotCall),
        members.stream().mapToInt(ContactStanding::attempts).sum(),
        consents);
  }
}
