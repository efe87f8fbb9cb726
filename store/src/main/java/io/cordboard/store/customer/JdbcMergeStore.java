package io.cordboard.store.customer;

import io.cordboard.core.identity.MergeLedger;
import io.cordboard.core.identity.MergeLedger.Fact;
import io.cordboard.core.identity.MergeLedger.Unmerge;
import io.cordboard.core.identity.MergeLink;
import io.cordboard.core.identity.MergeStore;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.trust.Incidents.Incident;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.sql.DataSource;

/** Merges in PostgreSQL. */
public final class JdbcMergeStore implements MergeStore {
  private final Transactions transactions;

  public JdbcMergeStore(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public MergeLink merge(
      CustomerId one, CustomerId other, Function<MergeLedger, MergeLink> merging) {
    return transactions.get(
        "merge two customers",
        connection -> {
          MergeLedger before = Groups.lock(connection, List.of(one, other));
          MergeLink link = merging.apply(before);
          Groups.insert(connection, link);
          Groups.derive(connection, before.with(link), link.survivor(), link.opened());
          return link;
        });
  }

  @Override
  public Optional<Since> since(UUID link) {
    return transactions.get(
        "read what was written since a merge",
        connection -> {
          MergeLink found = Groups.link(connection, link);
          if (found == null) {
            return Optional.<Since>empty();
          }
          MergeLedger ledger = Groups.load(connection, List.of(found.loser()));
          return Optional.of(new Since(found, ledger, facts(connection, ledger, found)));
        });
  }

  // in files of those who are one now: of others somebody decided before
  private static List<WrittenFact> facts(
      Connection connection, MergeLedger ledger, MergeLink link) throws SQLException {
    return WrittenFacts.since(connection, ledger.membersOf(link.loser()), link.opened().at());
  }

  @Override
  public Ended undo(
      UUID link,
      BiFunction<MergeLedger, Collection<Fact>, Unmerge> ending,
      Map<UUID, CustomerId> choices,
      Stamp stamp) {
    return transactions.get(
        "undo a merge",
        connection -> {
          MergeLink found = Groups.link(connection, link);
          if (found == null) {
            throw new Fault.NotFound("There is no such merge.");
          }
          MergeLedger before = Groups.lock(connection, List.of(found.loser()));
          List<WrittenFact> facts = facts(connection, before, found);
          Unmerge unmerge =
              ending.apply(before, facts.stream().map(WrittenFact::fact).toList());
          List<Move> moves = moves(unmerge, facts, choices);
          Groups.close(connection, unmerge.closed(), stamp);
          MergeLedger after = before.with(unmerge.closed());
          for (Move move : moves) {
            move(connection, move, stamp);
          }
          Groups.derive(connection, after, found.loser(), stamp);
          Groups.derive(connection, after, found.survivor(), stamp);
          return new Ended(unmerge, moves.size());
        });
  }

  private record Move(WrittenFact fact, CustomerId to) {}

  private static List<Move> moves(
      Unmerge unmerge, List<WrittenFact> facts, Map<UUID, CustomerId> choices) {
    List<Move> moves = new ArrayList<>();
    Set<UUID> toChoose = new HashSet<>(unmerge.toChoose());
    // the oldest first, so that changes of one field end as they began
    List<WrittenFact> asWritten =
        facts.stream()
            .filter(fact -> toChoose.contains(fact.id()))
            .sorted(Comparator.comparingLong(WrittenFact::at).thenComparing(WrittenFact::id))
            .toList();
    int open = 0;
    for (WrittenFact fact : asWritten) {
      CustomerId chosen = choices.get(fact.id());
      if (chosen == null) {
        open++;
      } else if (sideOf(unmerge, chosen) != sideOf(unmerge, fact.file())) {
        moves.add(new Move(fact, chosen));
      }
    }
    if (open > 0) {
      throw new Fault.Refused(
          "%d facts were written while the two were one: say of each whose it is."
              .formatted(open));
    }
    return moves;
  }

  private static boolean sideOf(Unmerge unmerge, CustomerId customer) {
    if (unmerge.loser().contains(customer)) {
      return true;
    }
    if (unmerge.survivor().contains(customer)) {
      return false;
    }
    throw new Fault.BadRequest(
        "Customer %s is none of the two who were merged: choose one of them.".formatted(customer));
  }

  private static void move(Connection connection, Move move, Stamp stamp) throws SQLException {
    WrittenFact fact = move.fact();
    WrittenFacts.move(connection, fact, move.to(), stamp);
    JdbcIncidents.insert(
        connection,
        new Incident(
            UUID.randomUUID(), stamp.at(), "merge-undone", fact.file(), move.to(),
            fact.kind().toLowerCase(Locale.ROOT), fact.id().toString(), fact.at(), stamp.by(),
            null, null, null));
  }

  @Override
  public List<MergeLink> linksOf(CustomerId customer) {
    return transactions.get(
        "read the merges of a customer",
        connection -> Groups.load(connection, List.of(customer)).links().reversed());
  }
}
