package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.Outgoing;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.profile.CustomerEditor;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.CallEvent.DigitPressed;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.LegLeft;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An agent calls a customer. */
class OutboundCallTest {
  private final Floor floor = new Floor().link();

  // ---- the way to the customer ---------------------------------------------------------------

  @Test
  void theCardIsOnTheDeskBeforeAnythingRings() {
    dial();
    CallView call = shown();
    assertThat(call.phase()).isEqualTo(Phase.DIALLING);
    assertThat(call.outgoing()).isEqualTo(Outgoing.OWN_PHONE);
    assertThat(call.number()).isEqualTo(CALLER);
    assertThat(call.match().customerId()).isEqualTo(Floor.card().id().toString());
    assertThat(call.verified()).isNull();
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class)).isEmpty();
  }

  @Test
  void onesOwnPhoneIsRungFirstAndAnswersByItself() {
    dial();
    DialOrder own = floor.pbx.commands(SwitchCommand.Dial.class).getLast().order();
    assertThat(own.address()).isEqualTo("2001");
    assertThat(own.autoAnswer()).isTrue();
    assertThat(Duration.between(floor.clock.now(), shown().deadlineAt()).toSeconds())
        .as("the desk counts what the phone rings")
        .isLessThanOrEqualTo(own.ringSeconds());
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void aPageThatIsLoadedAnewWhileOnesOwnPhoneRingsGoesOnToTheCustomer() {
    dial();
    floor.device("2001", DeviceState.UNREGISTERED);
    floor.device("2001", DeviceState.IDLE);
    floor.event(new LegAnswered(floor.ringing(), floor.tick()));
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class)).hasSize(1);
  }

  @Test
  void theCustomerIsDialledWhenTheAgentIsThereIntoTheBridgeWhereTheyHearItRing() {
    dial();
    LegKey agent = agentAnswers();
    OutsideOrder order = floor.pbx.commands(SwitchCommand.DialOutside.class).getLast().order();
    assertThat(order.number()).isEqualTo(CALLER);
    assertThat(order.shownNumber()).isEqualTo(Floor.PLAIN);
    assertThat(order.with()).isEqualTo(agent);
    SwitchCommand.Join join = floor.pbx.commands(SwitchCommand.Join.class).getLast();
    assertThat(join.leg()).isEqualTo(agent);
    assertThat(order.bridge()).isEqualTo(join.bridge());
    assertThat(shown().outgoing()).isEqualTo(Outgoing.DIALS);
    floor.event(new LegRinging(customer(), floor.tick()));
    assertThat(shown().outgoing()).isEqualTo(Outgoing.RINGS);
    assertThat(shown().phase()).isEqualTo(Phase.DIALLING);
    assertThat(shown().answeredAt()).isNull();
  }

  @Test
  void anAnsweredCallIsATalkLikeAnyOther() {
    talking(Floor.PLAIN);
    assertThat(shown().phase()).isEqualTo(Phase.TALKING);
    assertThat(shown().outgoing()).isEqualTo(Outgoing.ANSWERED);
    floor.command(ANN, new DeskCommand.Hold(id()));
    assertThat(shown().phase()).isEqualTo(Phase.HELD);
    floor.command(ANN, new DeskCommand.Resume(id()));
    floor.clock.advance(Duration.ofSeconds(20));
    floor.hangsUp(customer());
    assertThat(shown().phase()).isEqualTo(Phase.WRAP_UP);
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    CallRecord record = record();
    assertThat(record.direction()).isEqualTo("out");
    assertThat(record.outcome()).isEqualTo("ANSWERED");
    assertThat(record.talkMillis()).isBetween(20_000L, 20_100L);
    assertThat(record.waitMillis()).isPositive();
    floor.command(ANN, new DeskCommand.FinishWrapUp(id(), "solved"));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
  }

  @Test
  void theCustomerMayBeHandedOnAfterTheAnswerAndNotBefore() {
    floor.ready(BOB);
    dial();
    agentAnswers();
    for (DeskCommand early :
        List.of(
            new DeskCommand.Hold(id()),
            new DeskCommand.SendKeys(id(), "1"),
            new DeskCommand.Transfer(id(), DeskCommand.TransferTo.AGENT, BOB.toString()))) {
      assertThatThrownBy(() -> floor.command(ANN, early))
          .hasMessageContaining("not connected yet");
    }
    customerAnswers();
    floor.command(ANN, new DeskCommand.Transfer(id(), DeskCommand.TransferTo.AGENT, BOB.toString()));
    LegKey bob = floor.ringing();
    floor.event(new LegAnswered(bob, floor.tick()));
    assertThat(floor.phase(BOB)).isEqualTo(Phase.TALKING);
  }

  // ---- the line shown ------------------------------------------------------------------------

  @Test
  void theCustomerIsShownTheLineThatTheyCalledLast() {
    floor.directory = lines(Set.of("a", "b"));
    floor.cards.lastLine = "100";
    assertThat(lineShown()).isEqualTo("100");
  }

  @Test
  void whoeverNeverCalledIsShownTheFirstLineOfTheAgentsFirstQueue() {
    floor.directory = lines(Set.of("a", "b"));
    assertThat(lineShown()).isEqualTo("300");
  }

  @Test
  void aLineThatIsNoMoreIsNotShown() {
    floor.directory = lines(Set.of("b"));
    floor.cards.lastLine = "500";
    assertThat(lineShown()).isEqualTo("200");
  }

  @Test
  void anAgentOfNoQueueWithALineShowsTheFirstOfAll() {
    floor.directory = lines(Set.of("without"));
    assertThat(lineShown()).isEqualTo("100");
  }

  private String lineShown() {
    dial();
    agentAnswers();
    OutsideOrder order = floor.pbx.commands(SwitchCommand.DialOutside.class).getLast().order();
    return order.shownNumber();
  }

  /** Lines 100 of queue c, 200 of b, 300 and 400 of a; the agent serves these queues. */
  private Directory lines(Set<String> served) {
    Map<String, Line> lines = new HashMap<>();
    Map.of("100", "c", "200", "b", "300", "a", "400", "a")
        .forEach((did, queue) -> lines.put(did, line(did, queue)));
    Map<String, Directory.Queue> queues = new HashMap<>();
    for (String queue : List.of("a", "b", "c", "without")) {
      Set<AgentId> members = served.contains(queue) ? Set.of(ANN, BOB) : Set.of(BOB);
      queues.put(queue, new Directory.Queue(queue, queue, members));
    }
    return new Directory(
        lines, queues, floor.directory.agents(), floor.directory.dispositions());
  }

  private Line line(String did, String queue) {
    Line.Notice sorry = floor.directory.lines().get(Floor.PLAIN).sorry();
    return new Line(did, did, queue, Line.Waiting.RINGING, null, false, 20, 30, 25, 300, sorry);
  }

  // ---- it comes to nothing -------------------------------------------------------------------

  @Test
  void whatBecameOfACallThatWasNotAnsweredIsToldApart() {
    ends(17, Outgoing.BUSY);
    ends(19, Outgoing.NO_ANSWER);
    ends(1, Outgoing.WRONG_NUMBER);
    ends(21, Outgoing.REJECTED);
    ends(34, Outgoing.CONGESTION);
    ends(127, Outgoing.FAILED);
  }

  private void ends(int q850, Outgoing outcome) {
    dial();
    LegKey agent = agentAnswers();
    floor.event(new LegRinging(customer(), floor.tick()));
    floor.event(
        new LegEnded(customer(), floor.tick(), new EndCause(Side.FAR, q850, 0, "no")));
    assertThat(shown().phase()).isEqualTo(Phase.WRAP_UP);
    assertThat(shown().outgoing()).isEqualTo(outcome);
    assertThat(record().outcome()).isEqualTo(outcome.name());
    assertThat(record().talkMillis()).isZero();
    assertThat(ended(agent)).isTrue();
    assertThat(floor.store.tasks.getLast())
        .isInstanceOfSatisfying(
            TaskChange.Tried.class,
            tried -> assertThat(tried.outcome()).isEqualTo(outcome.name()));
    floor.hangsUp(agent);
    floor.command(ANN, new DeskCommand.FinishWrapUp(id(), null));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
  }

  @Test
  void anAgentMayGiveUpAtTheirPhoneAtTheDeskAndBeforeTheirPhoneAnswers() {
    dial();
    LegKey agent = agentAnswers();
    floor.hangsUp(agent);
    assertThat(record().outcome()).isEqualTo("CANCELLED");
    assertThat(ended(customer())).isTrue();
    finish();

    dial();
    agentAnswers();
    floor.command(ANN, new DeskCommand.HangUp(id()));
    assertThat(shown().outgoing()).isEqualTo(Outgoing.CANCELLED);
    assertThat(ended(customer())).isTrue();
    finish();

    dial();
    String call = id();
    LegKey own = floor.ringing();
    floor.command(ANN, new DeskCommand.HangUp(call));
    assertThat(ended(own)).isTrue();
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(record().outcome()).isEqualTo("CANCELLED");
  }

  @Test
  void aPhoneThatIsNotAnsweredDialsNobody() {
    dial();
    LegKey own = floor.ringing();
    floor.event(new LegEnded(own, floor.tick(), new EndCause(Side.SWITCH, 19, 0, "rang out")));
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class)).isEmpty();
    assertThat(record().outcome()).isEqualTo("CANCELLED");
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void aNumberThatTheSwitchRefusesEndsTheCall() {
    floor.pbx.next(SwitchCommand.DialOutside.class).fails(new Fault.Refused("other country"));
    dial();
    agentAnswers();
    floor.step();
    assertThat(shown().outgoing()).isEqualTo(Outgoing.REJECTED);
  }

  @Test
  void aSwitchThatNeverTellsIsNotWaitedForForEver() {
    dial();
    agentAnswers();
    floor.pass(Duration.ofSeconds(71));
    assertThat(shown().outgoing()).isEqualTo(Outgoing.NO_ANSWER);
    assertThat(ended(customer())).isTrue();
  }

  // ---- the announcement ----------------------------------------------------------------------

  @Test
  void onARecordedLineTheCustomerHearsSoBeforeTheTalkAndThenItIsRecorded() {
    floor.cards.lastLine = Floor.RECORDED;
    dial();
    agentAnswers();
    LegKey customer = customer();
    floor.event(new LegJoined(customer, floor.tick(), "b-" + id()));
    floor.event(new LegAnswered(customer, floor.tick()));
    assertThat(floor.pbx.commands(SwitchCommand.Leave.class)).extracting(SwitchCommand.Leave::leg).contains(customer);
    floor.event(new LegLeft(customer, floor.tick(), "b-" + id()));
    SwitchCommand.Announce hello = floor.pbx.commands(SwitchCommand.Announce.class).getLast();
    assertThat(hello.leg()).isEqualTo(customer);
    assertThat(shown().phase()).isEqualTo(Phase.DIALLING);
    assertThat(shown().outgoing()).isEqualTo(Outgoing.ANNOUNCES);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class)).isEmpty();

    floor.event(new AnnouncementEnded(customer, floor.tick(), hello.playId(), true));
    floor.joined(customer);
    assertThat(shown().phase()).isEqualTo(Phase.TALKING);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class)).hasSize(1);
    floor.hangsUp(customer);
    assertThat(record().announcement()).isEqualTo("v1");
  }

  @Test
  void whoeverPressesNineIsNotRecorded() {
    floor.cards.lastLine = Floor.RECORDED;
    dial();
    agentAnswers();
    LegKey customer = customer();
    floor.event(new LegAnswered(customer, floor.tick()));
    String play = floor.pbx.commands(SwitchCommand.Announce.class).getLast().playId();
    floor.event(new DigitPressed(customer, floor.tick(), "9"));
    floor.event(new AnnouncementEnded(customer, floor.tick(), play, true));
    floor.joined(customer);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class)).isEmpty();
    assertThat(shown().recording()).isEqualTo(CallView.Recording.NOT_RECORDED);
  }

  @Test
  void anAnnouncementThatNeverEndsDoesNotKeepTheCustomer() {
    floor.cards.lastLine = Floor.RECORDED;
    dial();
    agentAnswers();
    floor.event(new LegAnswered(customer(), floor.tick()));
    floor.pass(Duration.ofSeconds(61));
    assertThat(shown().phase()).isEqualTo(Phase.TALKING);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class)).isEmpty();
  }

  // ---- who may dial, and when ----------------------------------------------------------------

  @Test
  void whoeverDialsFromABreakIsBackInItAfterwards() {
    floor.ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    floor.command(ANN, new DeskCommand.Dial(CALLER, null));
    agentAnswers();
    customerAnswers();
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING_BREAK_NEXT");
    floor.hangsUp(customer());
    floor.command(ANN, new DeskCommand.FinishWrapUp(id(), null));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");

    floor.command(ANN, new DeskCommand.Dial(CALLER, null));
    floor.command(ANN, new DeskCommand.HangUp(id()));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
  }

  @Test
  void dialingFinishesTheRecordBeforeAndIsRefusedInACall() {
    talking(Floor.PLAIN);
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.Dial(CALLER, null)))
        .hasMessageContaining("in a call");
    floor.hangsUp(customer());
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    floor.command(ANN, new DeskCommand.Dial("+8613900000009", null));
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    assertThat(shown().number()).isEqualTo("+8613900000009");
  }

  @Test
  void withoutAPhoneOrASignInNothingIsDialled() {
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.Dial(CALLER, null)))
        .hasMessageContaining("sign in");
    floor.ready(ANN);
    floor.device("2001", DeviceState.UNREGISTERED);
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.Dial(CALLER, null)))
        .hasMessageContaining("not there");
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.Dial(CALLER, "nobody's")))
        .hasMessageContaining("no such queue");
    assertThat(floor.liveCalls()).isZero();
  }

  // ---- who does not want to be called ---------------------------------------------------------

  private void saysNoToCalls(boolean then) {
    CustomerId customer = Floor.card().id();
    floor.standings.put(
        customer,
        new CustomerEditor.Standing(
            customer, List.of(new CustomerEditor.Decision(customer, "calls", then, 1)), 0));
  }

  @Test
  void aCustomerWhoSaidNoIsCalledOnlyForAReasonWhichStandsInTheAudit() {
    floor.ready(ANN);
    saysNoToCalls(false);
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.Dial(CALLER, null)))
        .hasRootCauseInstanceOf(Fault.Unconfirmed.class)
        .hasMessageContaining("does not want to be called");
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.Dial(CALLER, null, "I like to")))
        .hasRootCauseInstanceOf(Fault.BadRequest.class);
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.audit.entries).isEmpty();
    floor.command(ANN, new DeskCommand.Dial(CALLER, null, "ASKED"));
    assertThat(floor.liveCalls()).isEqualTo(1);
    assertThat(floor.audit.entries)
        .singleElement()
        .satisfies(
            trace -> {
              assertThat(trace.what()).isEqualTo("called-despite-refusal");
              assertThat(trace.subject()).isEqualTo("customer:" + Floor.card().id());
              assertThat(trace.details()).containsEntry("reason", "asked");
            });
  }

  @Test
  void aCustomerWhoSaidYesOrNothingIsCalledWithoutATrace() {
    floor.ready(ANN);
    saysNoToCalls(true);
    floor.command(ANN, new DeskCommand.Dial(CALLER, null));
    assertThat(floor.liveCalls()).isEqualTo(1);
    assertThat(floor.audit.entries).isEmpty();
  }

  @Test
  void whereItIsSetSoNoReasonHelpsAndTheAttemptStandsInTheAudit() {
    ListedAudit audit = new ListedAudit();
    CustomerId customer = Floor.card().id();
    DoNotCall strict =
        new DoNotCall(
            DoNotCall.Rule.REFUSE,
            id ->
                Optional.of(
                    new CustomerEditor.Standing(
                        id, List.of(new CustomerEditor.Decision(id, "calls", false, 1)), 0)),
            audit);
    NumberMatch match =
        new NumberMatch(CALLER, Floor.card(), "mobile", 1, null, null, null, null, 0);
    assertThatThrownBy(() -> strict.check(ANN, List.of(match), "DANGER"))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("--do-not-call");
    assertThat(audit.entries)
        .singleElement()
        .satisfies(
            trace -> {
              assertThat(trace.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
              assertThat(trace.subject()).isEqualTo("customer:" + customer);
            });
    strict.check(ANN, List.of(), null);
  }

  // ---- owed call-backs -----------------------------------------------------------------------

  @Test
  void whoeverIsReachedIsOwedNothingMoreAndWhoeverIsNotStillIs() {
    dial();
    agentAnswers();
    floor.event(new LegEnded(customer(), floor.tick(), new EndCause(Side.FAR, 17, 0, "busy")));
    assertThat(floor.store.tasks).singleElement().isInstanceOf(TaskChange.Tried.class);
    finish();
    talking(Floor.PLAIN);
    floor.hangsUp(customer());
    assertThat(floor.store.tasks)
        .hasSize(2)
        .last()
        .satisfies(
            task -> {
              TaskChange.Served served = (TaskChange.Served) task;
              assertThat(served.number()).isEqualTo(CALLER);
              assertThat(served.queue()).isEqualTo("care");
            });
  }

  // ---- restart, lost link --------------------------------------------------------------------

  @Test
  void aRestartWhileTheCustomersPhoneRingsGoesOnAndDialsNobodyTwice() {
    dial();
    LegKey agent = agentAnswers();
    LegKey customer = customer();
    floor.event(new LegRinging(customer, floor.tick()));
    String bridge = "b-" + id();
    floor.kill();
    floor.pbx.forgetCommands();
    floor.boot();
    floor.link(
        DeviceState.BUSY,
        new SwitchSnapshot.LiveLeg(agent, true, bridge, null),
        new SwitchSnapshot.LiveLeg(customer, false, bridge, null));
    floor.open(ANN, "c-1");
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class)).isEmpty();
    assertThat(shown().outgoing()).isEqualTo(Outgoing.RINGS);
    floor.event(new LegAnswered(customer, floor.tick()));
    assertThat(shown().phase()).isEqualTo(Phase.TALKING);
  }

  @Test
  void aRestartBeforeTheOwnPhoneAnswersRingsItAgainAndALostSwitchEndsIt() {
    dial();
    LegKey own = floor.ringing();
    floor.kill();
    floor.boot();
    floor.link(DeviceState.BUSY, new SwitchSnapshot.LiveLeg(own, false, null, null));
    floor.open(ANN, "c-1");
    assertThat(shown().outgoing()).isEqualTo(Outgoing.OWN_PHONE);
    floor.pbx.restart();
    floor.link();
    assertThat(floor.liveCalls()).isZero();
    assertThat(record().outcome()).isIn("SWITCH_RESTART", "CANCELLED");
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
  }

  // ---- steps ---------------------------------------------------------------------------------

  private void dial() {
    if (!"READY".equals(floor.stateOf(ANN))) {
      floor.ready(ANN);
    }
    floor.device("2001", DeviceState.IDLE);
    floor.command(ANN, new DeskCommand.Dial(CALLER, null));
  }

  private void finish() {
    floor.command(ANN, new DeskCommand.FinishWrapUp(id(), null));
  }

  private LegKey agentAnswers() {
    LegKey agent = floor.ringing();
    floor.event(new LegAnswered(agent, floor.tick()));
    floor.event(new LegJoined(agent, floor.tick(), "b-" + id()));
    return agent;
  }

  private void customerAnswers() {
    floor.event(new LegJoined(customer(), floor.tick(), "b-" + id()));
    floor.event(new LegRinging(customer(), floor.tick()));
    floor.event(new LegAnswered(customer(), floor.tick()));
  }

  private void talking(String line) {
    floor.cards.lastLine = line;
    dial();
    agentAnswers();
    customerAnswers();
  }

  private CallView shown() {
    return List.copyOf(floor.shown(ANN).values()).getLast();
  }

  private String id() {
    return shown().callId();
  }

  private LegKey customer() {
    return floor.pbx.leg("x-" + id());
  }

  private boolean ended(LegKey leg) {
    return floor.pbx.commands(SwitchCommand.HangUp.class).stream()
        .anyMatch(hangUp -> hangUp.leg().equals(leg));
  }

  private CallRecord record() {
    return List.copyOf(floor.store.calls.values()).getLast();
  }
}
