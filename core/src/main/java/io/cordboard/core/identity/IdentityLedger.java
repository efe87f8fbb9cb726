package io.cordboard.core.identity;

import io.cordboard.core.identity.IdentityLink.Source;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Whose a number, e-mail or foreign id is: what follows from the links that stand. Immutable:
 * {@link #confirm}, {@link #correct}, {@link #link} and {@link #undo} give the link to be stored,
 * {@link #with} the ledger after it. Because owners are always derived, undoing a link gives what
 * would be if it had never been.
 */
public final class IdentityLedger {
  private static final Comparator<IdentityLink> AS_SAID =
      Comparator.<IdentityLink>comparingLong(link -> link.opened().at())
          .thenComparing(IdentityLink::id);

  private final Map<UUID, IdentityLink> links;
  private final MergeLedger merges;

  /** All links, or all those of the values concerned. */
  public IdentityLedger(Collection<IdentityLink> links, MergeLedger merges) {
    this.links = new HashMap<>();
    this.merges = merges;
    links.forEach(link -> this.links.put(link.id(), link));
  }

  /**
   * Everybody about whom something stands of this value, also that it is not theirs; in order of
   * id.
   */
  public List<Owner> owners(String value) {
    Map<CustomerId, List<IdentityLink>> byCustomer =
        links.values().stream()
            .filter(link -> link.isOpen() && link.value().equals(value))
            .sorted(AS_SAID)
            .collect(
                Collectors.groupingBy(
                    link -> merges.resolve(link.customer()), TreeMap::new, Collectors.toList()));
    return byCustomer.entrySet().stream()
        .map(entry -> Owner.following(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** An agent says that the value is this customer's. */
  public IdentityLink confirm(UUID id, CustomerId customer, Claim claim, Stamp stamp) {
    return said(id, customer, claim, Source.CONFIRMED, stamp);
  }

  /**
   * A form or an import says that the value is this customer's; empty when nothing would follow
   * from it: it is known, or an import repeats what somebody corrected.
   */
  public Optional<IdentityLink> link(
      UUID id, CustomerId customer, Claim claim, Source source, Stamp stamp) {
    IdentityLink link = said(id, customer, claim, source, stamp);
    return with(link).owners(claim.value()).equals(owners(claim.value()))
        ? Optional.empty()
        : Optional.of(link);
  }

  /**
   * Somebody says that the value is not this customer's. {@link Fault.Refused} when it does not
   * point to them anyway.
   */
  public IdentityLink correct(UUID id, CustomerId customer, String value, Stamp stamp) {
    CustomerId survivor = merges.resolve(customer);
    Owner owner =
        owners(value).stream()
            .filter(one -> one.owns() && one.customer().equals(survivor))
            .findFirst()
            .orElseThrow(IdentityLedger::notTheirs);
    return said(id, customer, new Claim(owner.kind(), value), Source.CORRECTED, stamp);
  }

  private static Fault notTheirs() {
    return new Fault.Refused(
        "The number does not point to this customer: look at the customer's numbers again.");
  }

  private static IdentityLink said(
      UUID id, CustomerId customer, Claim claim, Source source, Stamp stamp) {
    return new IdentityLink(id, customer, claim.kind(), claim.value(), source, stamp, null);
  }

  /**
   * The link, undone. {@link Fault.NotFound} when there is no such link, {@link Fault.Refused} when
   * it was undone before.
   */
  public IdentityLink undo(UUID id, Stamp stamp) {
    IdentityLink link = links.get(id);
    if (link == null) {
      throw new Fault.NotFound("There is no link %s: it may be of another number.".formatted(id));
    }
    if (!link.isOpen()) {
      throw new Fault.Refused("The link was undone before: there is nothing to do.");
    }
    return link.closedBy(stamp);
  }

  /** With this link in place of an earlier state of it, or as a new one. */
  public IdentityLedger with(IdentityLink link) {
    Map<UUID, IdentityLink> after = new HashMap<>(links);
    after.put(link.id(), link);
    return new IdentityLedger(after.values(), merges);
  }

  /** The same links after a merge or its undo. */
  public IdentityLedger under(MergeLedger changed) {
    return new IdentityLedger(links.values(), changed);
  }

  /** A number, e-mail or foreign id, and what sort of one it is. */
  public record Claim(IdentityKind kind, String value) {}
}
