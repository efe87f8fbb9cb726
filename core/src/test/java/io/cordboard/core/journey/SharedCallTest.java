package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.journey.CallWords.Correction;
import io.cordboard.core.journey.CallWords.Verification;
import io.cordboard.core.profile.Card;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A customer chosen, corrected, verified or merged, as every desk that has the call sees it. */
class SharedCallTest {
  private static final CustomerId WANG = Floor.card().id();
  private static final Card LI = Floor.card(2, "李雷");

  private final Floor floor = new Floor();
  private final List<Object> said = new ArrayList<>();

  @BeforeEach
  void shelve() {
    floor.cards.cards.put(LI.id(), LI);
    floor.words =
        new CallWords() {
          @Override
          public void verified(Verification verification) {
            said.add(verification);
          }

          @Override
          public void corrected(Correction correction) {
            said.add(correction);
          }
        };
    floor.boot();
  }

  /** Ann talked first and Bob has the call now: both desks still show it. */
  private String sharedCall() {
    floor.link().ready(ANN);
    LegKey customer = floor.arrives(PLAIN);
    Floor.Talking talk = floor.talking(customer);
    floor.ready(BOB);
    floor.desk.release(ANN, "boss");
    floor.step();
    floor.event(new io.cordboard.kernel.CallEvent.LegAnswered(floor.ringing(), floor.tick()));
    assertThat(floor.shown(ANN)).containsKey(talk.call().toString());
    assertThat(floor.shown(BOB)).containsKey(talk.call().toString());
    return talk.call().toString();
  }

  private Card cardOn(io.cordboard.kernel.AgentId agent, String call) {
    Card card = null;
    for (DeskMessage message : floor.told.get(agent)) {
      card =
          switch (message) {
            case DeskMessage.Snapshot s -> s.cards().get(call);
            case DeskMessage.CallChanged c when c.card() != null -> c.card();
            default -> card;
          };
    }
    return card;
  }

  @Test
  void aCustomerChosenByOneAgentShowsOnTheOtherDeskThatHasTheCall() {
    String call = sharedCall();
    floor.command(BOB, new DeskCommand.ChooseCustomer(call, LI.id().toString()));
    for (var agent : List.of(ANN, BOB)) {
      assertThat(floor.shown(agent).get(call).match().customerId()).isEqualTo(LI.id().toString());
      assertThat(cardOn(agent, call).name()).isEqualTo("李雷");
    }
  }

  @Test
  void aChangedCustomerShowsOnEveryDeskThatHasTheCall() {
    String call = sharedCall();
    floor.cards.cards.put(WANG, Floor.card(1, "王小明 (VIP)"));
    floor.desk.liveCustomers().changed(Set.of(WANG));
    floor.step();
    assertThat(cardOn(ANN, call).name()).isEqualTo("王小明 (VIP)");
    assertThat(cardOn(BOB, call).name()).isEqualTo("王小明 (VIP)");
  }

  @Test
  void aMergedCustomerIsShownUnderTheSurvivorAndAloneAgainAfterTheUndo() {
    String call = sharedCall();
    floor.cards.cards.put(WANG, LI);
    floor.desk.liveCustomers().changed(Set.of(WANG, LI.id()));
    floor.step();
    CallView merged = floor.shown(ANN).get(call);
    assertThat(merged.match().customerId()).isEqualTo(LI.id().toString());
    assertThat(cardOn(ANN, call).id()).isEqualTo(LI.id());
    floor.cards.cards.put(WANG, Floor.card());
    floor.desk.liveCustomers().changed(Set.of(WANG, LI.id()));
    floor.step();
    assertThat(floor.shown(BOB).get(call).match().customerId()).isEqualTo(WANG.toString());
    assertThat(cardOn(BOB, call).id()).isEqualTo(WANG);
    assertThat(floor.store.calls).isEmpty();
  }

  @Test
  void aChangeOfSomebodyElseTellsNobody() {
    sharedCall();
    int before = floor.told.get(BOB).size();
    floor.desk.liveCustomers().changed(Set.of(LI.id()));
    floor.step();
    assertThat(floor.told.get(BOB)).hasSize(before);
  }

  @Test
  void protectedFieldsReachTheDeskOnlyAfterTheCallerIsVerifiedAndNotThoseOfSomebodyElse() {
    String call = sharedCall();
    assertThat(cardOn(BOB, call).sensitive()).allMatch(field -> field.value() == null);
    assertThat(verified(WANG)).isFalse();
    floor.command(BOB, new DeskCommand.Verify(call, "birth-date"));
    assertThat(cardOn(BOB, call).sensitive()).allMatch(field -> field.value() != null);
    assertThat(verified(WANG)).isTrue();
    assertThat(verified(LI.id())).isFalse();
    floor.command(BOB, new DeskCommand.ChooseCustomer(call, LI.id().toString()));
    assertThat(cardOn(BOB, call).sensitive()).allMatch(field -> field.value() == null);
    assertThat(verified(LI.id())).isFalse();
  }

  private boolean verified(CustomerId customer) {
    var answer = floor.desk.liveCustomers().verified(BOB, customer);
    floor.step();
    return answer.toCompletableFuture().join();
  }

  @Test
  void theFileHearsWhoWasVerifiedAndWhatWasCorrected() {
    String call = sharedCall();
    floor.command(BOB, new DeskCommand.Verify(call, "birth-date"));
    floor.command(BOB, new DeskCommand.ChooseCustomer(call, WANG.toString()));
    floor.command(BOB, new DeskCommand.Verify(call, "address"));
    floor.command(BOB, new DeskCommand.ChooseCustomer(call, LI.id().toString()));
    var id = io.cordboard.kernel.CallId.parse(call);
    assertThat(said)
        .containsExactly(
            new Verification(BOB, id, WANG, Floor.CALLER),
            new Verification(BOB, id, WANG, Floor.CALLER),
            new Correction(BOB, id, WANG, LI.id(), true, false));
  }

  @Test
  void nobodyIsVerifiedWhileNoCustomerIsChosen() {
    floor.link().ready(ANN);
    LegKey leg = floor.pbx.arrives("in-unknown", "+8613900000000", PLAIN);
    floor.step();
    Floor.Talking talk = floor.talking(leg);
    var verify = new DeskCommand.Verify(talk.call().toString(), "address");
    assertThatThrownBy(() -> floor.command(ANN, verify))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Fault.Refused.class);
    assertThat(Map.copyOf(floor.shown(ANN)).get(talk.call().toString()).verified()).isNull();
  }
}
