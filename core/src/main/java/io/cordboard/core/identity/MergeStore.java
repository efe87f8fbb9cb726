package io.cordboard.core.identity;

import io.cordboard.core.identity.MergeLedger.Unmerge;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Keeps merges. Whoever is concerned is locked, in the order of their ids, before the ledger is read: of
 * two opposite merges at once the second sees the first. What follows from a group is derived anew in
 * the same transaction. Thread-safe.
 */
public interface MergeStore {
  /**
   * Stores the link that {@code merging} makes from all links of those concerned.
   *
   * @throws Fault.NotFound when one of the two does not exist
   */
  MergeLink merge(CustomerId one, CustomerId other, Function<MergeLedger, MergeLink> merging);

  /** The merge with what was written since, for somebody to look at; empty when there is none. */
  Optional<Since> since(UUID link);

  /**
   * Stores the end of a merge. Facts whose choice is another customer than in whose file they stand are
   * moved there, each one an incident.
   *
   * @param ending makes it from all links and facts of those concerned
   * @param choices whose a fact is, by its id
   * @throws Fault.Refused when a fact that is to be chosen has no choice
   * @throws Fault.BadRequest when a choice names none of the two
   */
  Ended undo(
      UUID link,
      BiFunction<MergeLedger, Collection<MergeLedger.Fact>, Unmerge> ending,
      Map<UUID, CustomerId> choices,
      Stamp stamp);

  /** Merges of this customer and whoever is or was one with them, the newest first. */
  List<MergeLink> linksOf(CustomerId customer);

  /** What was written while two were one. */
  record Since(MergeLink link, MergeLedger ledger, List<WrittenFact> facts) {}

  /**
   * Something that was written.
   *
   * @param kind CALL, CONSENT, IDENTITY or CHANGE
   * @param text in a few words: what it is about
   */
  record WrittenFact(UUID id, String kind, CustomerId file, long at, String text) {
    /** What the links need of it. */
    public MergeLedger.Fact fact() {
      return new MergeLedger.Fact(id, file, at);
    }
  }

  /** A merge that ended, and how many facts went to the other file. */
  record Ended(Unmerge unmerge, int moved) {}
}
