package io.cordboard.core.identity;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which entries are one customer, by following the open links. Immutable: {@link #merge} and {@link
 * #undo} give the link to be stored, {@link #with} the ledger after it.
 *
 * <p>A link leads from the survivor of one group to the survivor of another, so an entry has at
 * most one open link away from it and there is no way back. Undoing a link takes away the loser
 * with everybody who was merged into it; merges made before or after stay.
 *
 * <p>Whoever stores a merge loads the links and writes the new one in one transaction that has
 * locked both survivors in the order of their ids: of two opposite merges at once the second then
 * sees the first and is refused.
 */
public final class MergeLedger {
  private final Map<UUID, MergeLink> links;
  private final Map<CustomerId, CustomerId> survivors;

  /**
   * All links, or those of the customers concerned; {@link Fault.Bug} when they contradict each
   * other.
   */
  public MergeLedger(Collection<MergeLink> links) {
    this(byId(links), openAt(links, MergeLink::isOpen));
  }

  private MergeLedger(Map<UUID, MergeLink> links, Map<CustomerId, CustomerId> survivors) {
    this.links = links;
    this.survivors = survivors;
    survivors.keySet().forEach(this::resolve);
  }

  private static Map<UUID, MergeLink> byId(Collection<MergeLink> links) {
    Map<UUID, MergeLink> byId = new HashMap<>();
    links.forEach(link -> byId.put(link.id(), link));
    return byId;
  }

  private static Map<CustomerId, CustomerId> openAt(
      Collection<MergeLink> links, Predicate<MergeLink> open) {
    Map<CustomerId, CustomerId> survivors = new HashMap<>();
    for (MergeLink link : links) {
      if (open.test(link) && survivors.put(link.loser(), link.survivor()) != null) {
        throw new Fault.Bug(
            "Customer %s is merged into two others at once: undo one of the merges."
                .formatted(link.loser()),
            null);
      }
    }
    return survivors;
  }

  /** The customer under whom this entry is found; itself unless it was merged. */
  public CustomerId resolve(CustomerId customer) {
    CustomerId found = customer;
    for (int steps = 0; steps <= survivors.size(); steps++) {
      CustomerId next = survivors.get(found);
      if (next == null) {
        return found;
      }
      found = next;
    }
    throw new Fault.Bug(
        "The merges of customer %s lead in a circle: undo one of them.".formatted(customer), null);
  }

  /** Everybody who is this customer, the customer included. */
  public SortedSet<CustomerId> membersOf(CustomerId customer) {
    CustomerId survivor = resolve(customer);
    SortedSet<CustomerId> members = new TreeSet<>();
    members.add(survivor);
    survivors.keySet().stream().filter(one -> resolve(one).equals(survivor)).forEach(members::add);
    return members;
  }

  /**
   * The link by which all that is one with {@code loser} is found under the survivor of {@code
   * survivor}. {@link Fault.Refused} when they are one already.
   */
  public MergeLink merge(
      UUID id, CustomerId loser, CustomerId survivor, Stamp stamp, String reason) {
    CustomerId from = resolve(loser);
    CustomerId into = resolve(survivor);
    if (from.equals(into)) {
      throw new Fault.Refused(
          "Customers %s and %s are merged already: there is nothing to do."
              .formatted(loser, survivor));
    }
    return new MergeLink(id, from, into, stamp, reason, null);
  }

  /**
   * Ends a merge and tells what somebody must now decide. {@link Fault.NotFound} when there is no
   * such merge, {@link Fault.Refused} when it was undone before.
   *
   * @param facts what was written to the two groups; those from before the merge may be left out
   */
  public Unmerge undo(UUID link, Stamp stamp, Collection<Fact> facts) {
    MergeLink open = open(link);
    MergeLink closed = open.closedBy(stamp);
    MergeLedger after = with(closed);
    return new Unmerge(
        closed,
        after.membersOf(open.loser()),
        after.membersOf(open.survivor()),
        facts.stream().filter(fact -> mayBelongToEither(fact, open)).map(Fact::id).toList(),
        mergedSince(open));
  }

  private MergeLink open(UUID id) {
    MergeLink link = links.get(id);
    if (link == null) {
      throw new Fault.NotFound(
          "There is no merge %s: it may belong to other customers.".formatted(id));
    }
    if (!link.isOpen()) {
      throw new Fault.Refused("The merge was undone before: there is nothing to do.");
    }
    return link;
  }

  /** Written while the two were one, to a customer who was one with them at that time. */
  private boolean mayBelongToEither(Fact fact, MergeLink link) {
    return fact.at() >= link.opened().at()
        && asOf(fact.at()).membersOf(link.loser()).contains(fact.customer());
  }

  /** Later merges into the group: whoever made them saw both as one customer. */
  private List<MergeLink> mergedSince(MergeLink link) {
    SortedSet<CustomerId> group = membersOf(link.loser());
    return links.values().stream()
        .filter(MergeLink::isOpen)
        .filter(other -> !other.id().equals(link.id()))
        .filter(other -> other.opened().at() >= link.opened().at() && group.contains(other.loser()))
        .sorted(OLDEST_FIRST)
        .toList();
  }

  private static final Comparator<MergeLink> OLDEST_FIRST =
      Comparator.<MergeLink>comparingLong(link -> link.opened().at()).thenComparing(MergeLink::id);

  /** As it stood at that time, microseconds UTC. */
  public MergeLedger asOf(long at) {
    return new MergeLedger(links, openAt(links.values(), link -> link.wasOpen(at)));
  }

  /** With this link in place of an earlier state of it, or as a new one. */
  public MergeLedger with(MergeLink link) {
    Map<UUID, MergeLink> after = new HashMap<>(links);
    after.put(link.id(), link);
    return new MergeLedger(after.values());
  }

  /** Every link, open and closed, the oldest first. */
  public List<MergeLink> links() {
    return links.values().stream().sorted(OLDEST_FIRST).toList();
  }

  /**
   * Something that was written to a customer.
   *
   * @param id of the call, note, consent or other record
   * @param at microseconds UTC
   */
  public record Fact(UUID id, CustomerId customer, long at) {}

  /**
   * What an undone merge leaves.
   *
   * @param closed the link, to be stored
   * @param loser who is one customer again on the loser's side
   * @param survivor who stays one customer on the survivor's side
   * @param toChoose facts written while they were one: somebody must say whose they are
   * @param toReview later merges with either side, made while they were one
   */
  public record Unmerge(
      MergeLink closed,
      SortedSet<CustomerId> loser,
      SortedSet<CustomerId> survivor,
      List<UUID> toChoose,
      List<MergeLink> toReview) {}
}
