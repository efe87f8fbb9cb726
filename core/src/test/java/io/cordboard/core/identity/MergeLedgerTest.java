package io.cordboard.core.identity;

import static io.cordboard.core.identity.Candidates.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.identity.MergeLedger.Fact;
import io.cordboard.core.identity.MergeLedger.Unmerge;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.Seeded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergeLedgerTest {
  private static final int CUSTOMERS = 12;
  private static final CustomerId A = customer(1);
  private static final CustomerId B = customer(2);
  private static final CustomerId C = customer(3);
  private static final CustomerId D = customer(4);

  private MergeLedger ledger = new MergeLedger(List.of());
  private long now = 100;

  @Test
  void aMergedEntryIsFoundUnderTheSurvivor() {
    merge(A, B);
    assertThat(ledger.resolve(A)).isEqualTo(B);
    assertThat(ledger.resolve(B)).isEqualTo(B);
    assertThat(ledger.resolve(C)).isEqualTo(C);
    assertThat(ledger.membersOf(A)).containsExactly(A, B);
  }

  @Test
  void mergingMergedEntriesJoinsTheirGroups() {
    merge(A, B);
    merge(C, D);
    MergeLink link = merge(A, C);
    assertThat(link.loser()).isEqualTo(B);
    assertThat(link.survivor()).isEqualTo(D);
    assertThat(ledger.membersOf(B)).containsExactly(A, B, C, D);
    assertThat(ledger.resolve(A)).isEqualTo(D);
  }

  @Test
  void aMergeOfThoseWhoAreOneIsRefusedSoThatNoCircleCanArise() {
    merge(A, B);
    assertThatThrownBy(() -> merge(B, A)).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> merge(A, B)).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> merge(A, A)).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> link(9, A, A)).isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void linksThatContradictEachOtherAreNotAccepted() {
    assertThatThrownBy(() -> new MergeLedger(List.of(link(1, A, B), link(2, B, C), link(3, C, A))))
        .isInstanceOf(Fault.Bug.class)
        .hasMessageContaining("circle");
    assertThatThrownBy(() -> new MergeLedger(List.of(link(1, A, B), link(2, A, C))))
        .isInstanceOf(Fault.Bug.class)
        .hasMessageContaining("two others");
  }

  @Test
  void undoingAnEarlierMergeLeavesTheLaterOnesStanding() {
    MergeLink first = merge(A, B);
    merge(B, C);
    Unmerge undone = undo(first, List.of());
    assertThat(undone.loser()).containsExactly(A);
    assertThat(undone.survivor()).containsExactly(B, C);
    assertThat(undone.toReview()).extracting(MergeLink::survivor).containsExactly(C);
    assertThat(ledger.resolve(A)).isEqualTo(A);
    assertThat(ledger.resolve(B)).isEqualTo(C);
  }

  @Test
  void undoingTakesAwayTheLoserWithEverybodyMergedIntoIt() {
    merge(A, B);
    MergeLink second = merge(B, C);
    Unmerge undone = undo(second, List.of());
    assertThat(undone.loser()).containsExactly(A, B);
    assertThat(undone.survivor()).containsExactly(C);
    assertThat(undone.toReview()).isEmpty();
  }

  @Test
  void factsWrittenWhileTheTwoWereOneNeedAChoice() {
    now = 1000;
    MergeLink link = merge(A, B);
    now = 2000;
    merge(B, D);
    Fact before = fact(1, B, 999);
    Fact toSurvivor = fact(2, B, 1000);
    Fact toLoser = fact(3, A, 1500);
    Fact toLaterSurvivor = fact(4, D, 2500);
    Fact toThatOneBeforeItJoined = fact(5, D, 1500);
    Fact toAStranger = fact(6, C, 1500);
    now = 3000;
    Unmerge undone =
        undo(
            link,
            List.of(
                before,
                toSurvivor,
                toLoser,
                toLaterSurvivor,
                toThatOneBeforeItJoined,
                toAStranger));
    assertThat(undone.toChoose())
        .containsExactly(toSurvivor.id(), toLoser.id(), toLaterSurvivor.id());
  }

  @Test
  void aMergeIsUndoneOnceAndItsHistoryStays() {
    MergeLink link = merge(A, B);
    undo(link, List.of());
    assertThatThrownBy(() -> undo(link, List.of())).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> ledger.undo(new UUID(0, 99), stamp(), List.of()))
        .isInstanceOf(Fault.NotFound.class);
    assertThat(ledger.links()).singleElement().matches(kept -> !kept.isOpen());
    assertThat(ledger.asOf(link.opened().at()).resolve(A)).isEqualTo(B);
    merge(A, C);
    assertThat(ledger.resolve(A)).isEqualTo(C);
  }

  @Test
  void undoingTheLastMergeRestoresExactlyWhatWas() {
    Seeded.forAll(
        500,
        random -> {
          MergeLedger before = anyLedger(random);
          CustomerId loser = any(random);
          CustomerId survivor = any(random);
          if (!before.resolve(loser).equals(before.resolve(survivor))) {
            MergeLink link = before.merge(id(random), loser, survivor, new Stamp(1_000, "x"), "");
            MergeLedger merged = before.with(link);
            assertThat(merged.resolve(loser)).isEqualTo(merged.resolve(survivor));
            Unmerge undone = merged.undo(link.id(), new Stamp(1_001, "x"), List.of());
            assertThat(groups(merged.with(undone.closed()))).isEqualTo(groups(before));
            assertThat(undone.loser()).isEqualTo(before.membersOf(loser));
            assertThat(undone.survivor()).isEqualTo(before.membersOf(survivor));
          }
        });
  }

  @Test
  void whateverIsMergedAndUndoneNobodyIsLostAndEverybodyIsInOneGroup() {
    Seeded.forAll(
        500,
        random -> {
          MergeLedger any = anyLedger(random);
          Map<CustomerId, SortedSet<CustomerId>> groups = groups(any);
          TreeSet<CustomerId> everybody = new TreeSet<>();
          groups.values().forEach(everybody::addAll);
          assertThat(everybody).hasSize(CUSTOMERS);
          groups.forEach(
              (customer, members) -> {
                assertThat(members).contains(customer, any.resolve(customer));
                assertThat(any.resolve(any.resolve(customer))).isEqualTo(any.resolve(customer));
                members.forEach(member -> assertThat(groups.get(member)).isEqualTo(members));
              });
        });
  }

  @Test
  void onlyStandingLinksMatterAndNotTheOrderInWhichTheyAreRead() {
    Seeded.forAll(
        500,
        random -> {
          MergeLedger any = anyLedger(random);
          MergeLedger standing =
              new MergeLedger(any.links().stream().filter(MergeLink::isOpen).toList());
          MergeLedger reordered = new MergeLedger(random.shuffled(any.links()));
          assertThat(groups(standing)).isEqualTo(groups(any));
          assertThat(groups(reordered)).isEqualTo(groups(any));
          assertThat(standing.links()).allMatch(MergeLink::isOpen);
        });
  }

  @Test
  void anUndoSplitsOneGroupInTwoAndTouchesNobodyElse() {
    Seeded.forAll(
        500,
        random -> {
          MergeLedger before = anyLedger(random);
          List<MergeLink> open = before.links().stream().filter(MergeLink::isOpen).toList();
          if (!open.isEmpty()) {
            MergeLink link = random.pick(open);
            Set<CustomerId> group = before.membersOf(link.loser());
            Unmerge undone = before.undo(link.id(), new Stamp(5_000, "x"), List.of());
            TreeSet<CustomerId> both = new TreeSet<>(undone.loser());
            both.addAll(undone.survivor());
            assertThat(both).isEqualTo(group);
            assertThat(undone.loser()).doesNotContainAnyElementsOf(undone.survivor());
            MergeLedger after = before.with(undone.closed());
            customers()
                .filter(one -> !group.contains(one))
                .forEach(one -> assertThat(after.resolve(one)).isEqualTo(before.resolve(one)));
          }
        });
  }

  @Test
  void undoingEverythingInAnyOrderLeavesEverybodyAlone() {
    Seeded.forAll(
        200,
        random -> {
          MergeLedger any = anyLedger(random);
          for (MergeLink link : random.shuffled(any.links())) {
            if (link.isOpen()) {
              any = any.with(any.undo(link.id(), new Stamp(9_000, "x"), List.of()).closed());
            }
          }
          MergeLedger end = any;
          customers().forEach(one -> assertThat(end.membersOf(one)).containsExactly(one));
        });
  }

  private MergeLink merge(CustomerId loser, CustomerId survivor) {
    MergeLink link = ledger.merge(new UUID(0, now), loser, survivor, stamp(), "same person");
    ledger = ledger.with(link);
    return link;
  }

  private Unmerge undo(MergeLink link, List<Fact> facts) {
    Unmerge undone = ledger.undo(link.id(), stamp(), facts);
    ledger = ledger.with(undone.closed());
    return undone;
  }

  private Stamp stamp() {
    return new Stamp(now++, "li");
  }

  private static MergeLink link(int id, CustomerId loser, CustomerId survivor) {
    return new MergeLink(new UUID(0, id), loser, survivor, new Stamp(id, "li"), "", null);
  }

  private static Fact fact(int id, CustomerId customer, long at) {
    return new Fact(new UUID(1, id), customer, at);
  }

  /** After some merges and undos; never later than 1000. */
  private static MergeLedger anyLedger(Seeded random) {
    MergeLedger ledger = new MergeLedger(List.of());
    for (int at = 1; at <= random.between(0, 30); at++) {
      ledger = step(ledger, random, new Stamp(at, "x"));
    }
    return ledger;
  }

  private static MergeLedger step(MergeLedger ledger, Seeded random, Stamp stamp) {
    List<MergeLink> open = ledger.links().stream().filter(MergeLink::isOpen).toList();
    if (!open.isEmpty() && random.chance(0.3)) {
      return ledger.with(ledger.undo(random.pick(open).id(), stamp, List.of()).closed());
    }
    CustomerId loser = any(random);
    CustomerId survivor = any(random);
    return ledger.resolve(loser).equals(ledger.resolve(survivor))
        ? ledger
        : ledger.with(ledger.merge(id(random), loser, survivor, stamp, ""));
  }

  private static UUID id(Seeded random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static CustomerId any(Seeded random) {
    return customer(random.nextInt(CUSTOMERS));
  }

  private static Stream<CustomerId> customers() {
    return IntStream.range(0, CUSTOMERS).mapToObj(Candidates::customer);
  }

  private static Map<CustomerId, SortedSet<CustomerId>> groups(MergeLedger ledger) {
    Map<CustomerId, SortedSet<CustomerId>> groups = new HashMap<>();
    customers().forEach(one -> groups.put(one, ledger.membersOf(one)));
    return groups;
  }
}
