package io.cordboard.core.identity;

import static io.cordboard.core.identity.Candidates.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.cordboard.core.identity.IdentityLedger.Claim;
import io.cordboard.core.identity.IdentityLink.Source;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentityLedgerTest {
  private static final String NUMBER = "+8613800138000";
  private static final Claim MOBILE = new Claim(IdentityKind.MOBILE, NUMBER);
  private static final CustomerId A = customer(1);
  private static final CustomerId B = customer(2);

  private MergeLedger merges = new MergeLedger(List.of());
  private IdentityLedger ledger = new IdentityLedger(List.of(), merges);
  private long now = 100;

  @Test
  void aNumberMayPointToSeveralCustomers() {
    link(A, Source.IMPORTED);
    link(B, Source.ENTERED);
    assertThat(ledger.owners(NUMBER)).containsExactly(owns(A, 0, 0), owns(B, 0, 0));
    assertThat(ledger.owners("+8613900139000")).isEmpty();
  }

  @Test
  void confirmationsAreCountedAndTheLastIsTold() {
    link(A, Source.IMPORTED);
    confirm(A);
    IdentityLink last = confirm(A);
    assertThat(ledger.owners(NUMBER)).containsExactly(owns(A, 2, last.opened().at()));
  }

  @Test
  void aCorrectionIsRememberedAndAnImportDoesNotOverruleIt() {
    link(A, Source.IMPORTED);
    confirm(A);
    correct(A);
    assertThat(ledger.owners(NUMBER)).containsExactly(ruledOut(A));
    assertThat(link(A, Source.IMPORTED)).isEmpty();
    assertThat(ledger.owners(NUMBER)).containsExactly(ruledOut(A));
  }

  @Test
  void aPersonsLaterWordOverrulesACorrection() {
    link(A, Source.IMPORTED);
    correct(A);
    assertThat(link(A, Source.ENTERED)).isPresent();
    assertThat(ledger.owners(NUMBER)).containsExactly(owns(A, 0, 0));
    correct(A);
    IdentityLink confirmed = confirm(A);
    assertThat(ledger.owners(NUMBER)).containsExactly(owns(A, 1, confirmed.opened().at()));
  }

  @Test
  void undoingACorrectionBringsBackWhatWasKnownBefore() {
    link(A, Source.IMPORTED);
    confirm(A);
    List<Owner> before = ledger.owners(NUMBER);
    IdentityLink correction = correct(A);
    undo(correction);
    assertThat(ledger.owners(NUMBER)).isEqualTo(before);
    assertThatThrownBy(() -> undo(correction)).isInstanceOf(Fault.Refused.class);
  }

  @Test
  void whatIsKnownAlreadyIsNotStoredAgain() {
    assertThat(link(A, Source.IMPORTED)).isPresent();
    assertThat(link(A, Source.IMPORTED)).isEmpty();
    assertThat(link(A, Source.ENTERED)).isEmpty();
  }

  @Test
  void onlyANumberThatPointsToACustomerCanBeCorrected() {
    assertThatThrownBy(() -> correct(A)).isInstanceOf(Fault.Refused.class);
    link(A, Source.IMPORTED);
    correct(A);
    assertThatThrownBy(() -> correct(A)).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> ledger.undo(new UUID(0, 0), stamp()))
        .isInstanceOf(Fault.NotFound.class);
  }

  @Test
  void mergedEntriesOwnTogetherAndAreApartAgainAfterTheUndo() {
    link(A, Source.IMPORTED);
    confirm(A);
    link(B, Source.IMPORTED);
    List<Owner> apart = ledger.owners(NUMBER);
    MergeLink merge = merges.merge(new UUID(3, 3), A, B, stamp(), "same person");
    ledger = ledger.under(merges.with(merge));
    assertThat(ledger.owners(NUMBER))
        .extracting(Owner::customer, Owner::confirmations)
        .containsExactly(tuple(B, 1));
    assertThat(ledger.under(merges).owners(NUMBER)).isEqualTo(apart);
  }

  @Test
  void aCorrectionOfACustomerHoldsForAllMergedEntries() {
    link(A, Source.IMPORTED);
    ledger = ledger.under(merges.with(merges.merge(new UUID(3, 3), A, B, stamp(), "")));
    correct(B);
    assertThat(ledger.owners(NUMBER)).containsExactly(ruledOut(B));
    assertThat(ledger.under(merges).owners(NUMBER)).containsExactly(owns(A, 0, 0), ruledOut(B));
  }

  @Test
  void undoingAnyLinkGivesWhatWouldBeHadItNeverBeen() {
    Seeded.forAll(
        500,
        random -> {
          List<IdentityLink> said = said(random);
          IdentityLink undone = random.pick(said);
          IdentityLedger all = new IdentityLedger(said, merges);
          IdentityLedger after = all.with(all.undo(undone.id(), new Stamp(9_999, "x")));
          List<IdentityLink> others = new ArrayList<>(said);
          others.remove(undone);
          assertThat(after.owners(NUMBER))
              .isEqualTo(new IdentityLedger(others, merges).owners(NUMBER));
        });
  }

  @Test
  void theOrderInWhichLinksAreReadDoesNotMatter() {
    Seeded.forAll(
        500,
        random -> {
          List<IdentityLink> said = said(random);
          assertThat(new IdentityLedger(random.shuffled(said), merges).owners(NUMBER))
              .isEqualTo(new IdentityLedger(said, merges).owners(NUMBER));
        });
  }

  @Test
  void theLastWordOfAPersonDecides() {
    Seeded.forAll(
        500,
        random -> {
          List<IdentityLink> said = said(random);
          for (Owner owner : new IdentityLedger(said, merges).owners(NUMBER)) {
            Optional<IdentityLink> last =
                said.reversed().stream()
                    .filter(link -> link.customer().equals(owner.customer()))
                    .filter(link -> link.source() != Source.IMPORTED)
                    .findFirst();
            assertThat(owner.owns())
                .isEqualTo(last.map(link -> link.source() != Source.CORRECTED).orElse(true));
          }
        });
  }

  private static List<IdentityLink> said(Seeded random) {
    List<IdentityLink> said = new ArrayList<>();
    for (int at = 0; at < random.between(1, 20); at++) {
      said.add(
          new IdentityLink(
              new UUID(random.nextLong(), at),
              customer(random.nextInt(4)),
              random.pick(IdentityKind.MOBILE, IdentityKind.HOME),
              NUMBER,
              random.pick(Source.values()),
              new Stamp(at, "x"),
              null));
    }
    return said;
  }

  private Optional<IdentityLink> link(CustomerId customer, Source source) {
    Optional<IdentityLink> link = ledger.link(id(), customer, MOBILE, source, stamp());
    link.ifPresent(said -> ledger = ledger.with(said));
    return link;
  }

  private IdentityLink confirm(CustomerId customer) {
    IdentityLink link = ledger.confirm(id(), customer, MOBILE, stamp());
    ledger = ledger.with(link);
    return link;
  }

  private IdentityLink correct(CustomerId customer) {
    IdentityLink link = ledger.correct(id(), customer, NUMBER, stamp());
    ledger = ledger.with(link);
    return link;
  }

  private void undo(IdentityLink link) {
    ledger = ledger.with(ledger.undo(link.id(), stamp()));
  }

  private UUID id() {
    return new UUID(5, now);
  }

  private Stamp stamp() {
    return new Stamp(now++, "li");
  }

  private static Owner owns(CustomerId customer, int confirmations, long confirmedAt) {
    return new Owner(customer, IdentityKind.MOBILE, true, confirmations, confirmedAt);
  }

  private static Owner ruledOut(CustomerId customer) {
    return new Owner(customer, IdentityKind.MOBILE, false, 0, 0);
  }
}
