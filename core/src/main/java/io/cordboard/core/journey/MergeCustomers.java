package io.cordboard.core.journey;

import io.cordboard.core.identity.MergeLedger;
import io.cordboard.core.identity.MergeLedger.Fact;
import io.cordboard.core.identity.MergeLedger.Unmerge;
import io.cordboard.core.identity.MergeLink;
import io.cordboard.core.identity.MergeStore;
import io.cordboard.core.identity.MergeStore.Ended;
import io.cordboard.core.identity.MergeStore.Since;
import io.cordboard.core.identity.MergeStore.WrittenFact;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Two entries turn out to be one customer, or to be two after all. A merge is a link; nothing is moved.
 * Its undo lists what was written meanwhile: somebody says of each fact whose it is, and what stood in
 * the wrong file is a privacy incident.
 */
public final class MergeCustomers {
  private final MergeStore merges;
  private final LiveCustomers live;
  private final Audit audit;
  private final EditCustomer.Making making;

  public MergeCustomers(
      MergeStore merges, LiveCustomers live, Audit audit, EditCustomer.Making making) {
    this.merges = merges;
    this.live = live;
    this.audit = audit;
    this.making = making;
  }

  /** From now on {@code loser} is found under the survivor of {@code survivor}. */
  public MergeLink merge(Principal who, CustomerId loser, CustomerId survivor, String reason) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    UUID id = making.ids().next();
    audit.recordNow(
        entry(who, "customers-merged", loser, Map.of("into", survivor.toString(), "merge", id.toString())));
    MergeLink link =
        merges.merge(
            loser, survivor, ledger -> ledger.merge(id, loser, survivor, stamp(who), reason));
    tell(List.of(link));
    return link;
  }

  /** Merges of this customer, the newest first. */
  public List<MergeLink> of(Principal who, CustomerId customer) {
    who.mustHave(Permission.SEE_CUSTOMERS);
    audit.record(SeeCustomer.viewed(who, customer, "merges"));
    return merges.linksOf(customer);
  }

  /**
   * What an undo would leave.
   *
   * @param toChoose facts of which somebody must say whose they are
   */
  public record Preview(MergeLink link, List<WrittenFact> toChoose, List<MergeLink> toReview) {}

  /** What an undo would leave; {@link Fault.NotFound} when there is no such merge. */
  public Preview preview(Principal who, UUID link) {
    who.mustHave(Permission.SEE_CUSTOMERS);
    Since since =
        merges.since(link).orElseThrow(() -> new Fault.NotFound("There is no such merge."));
    audit.record(SeeCustomer.viewed(who, since.link().loser(), "merges"));
    if (!since.link().isOpen()) {
      return new Preview(since.link(), List.of(), List.of());
    }
    List<Fact> facts = since.facts().stream().map(WrittenFact::fact).toList();
    Unmerge unmerge = since.ledger().undo(link, stamp(who), facts);
    Set<UUID> toChoose = new HashSet<>(unmerge.toChoose());
    return new Preview(
        since.link(),
        since.facts().stream().filter(fact -> toChoose.contains(fact.id())).toList(),
        unmerge.toReview());
  }

  /**
   * They are two again.
   *
   * @param choices whose a fact is, by its id: of each that {@link #preview} lists
   */
  public Ended undo(Principal who, UUID link, Map<UUID, CustomerId> choices) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    Since since =
        merges.since(link).orElseThrow(() -> new Fault.NotFound("There is no such merge."));
    audit.recordNow(
        entry(who, "merge-undone", since.link().loser(), Map.of("merge", link.toString())));
    Stamp stamp = stamp(who);
    Ended ended =
        merges.undo(
            link,
            (MergeLedger ledger, Collection<Fact> facts) -> ledger.undo(link, stamp, facts),
            choices,
            stamp);
    Set<CustomerId> all = new HashSet<>(ended.unmerge().loser());
    all.addAll(ended.unmerge().survivor());
    live.changed(all);
    return ended;
  }

  private void tell(List<MergeLink> links) {
    Set<CustomerId> all = new HashSet<>();
    for (MergeLink link : links) {
      for (MergeLink near : merges.linksOf(link.survivor())) {
        all.add(near.loser());
        all.add(near.survivor());
      }
    }
    live.changed(all);
  }

  private Stamp stamp(Principal who) {
    return new Stamp(making.clock().micros(), who.auditName());
  }

  private static AuditEntry entry(
      Principal who, String what, CustomerId customer, Map<String, String> details) {
    return new AuditEntry(
        who.auditName(), what, "customer:" + customer, Outcome.DONE, null, details);
  }
}
