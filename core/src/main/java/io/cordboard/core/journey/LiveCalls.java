package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.CallDoor;
import io.cordboard.core.call.CallDoor.CallStatus;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.TestCaller;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Gives outside events to the ledger and answers questions about calls. */
public final class LiveCalls implements CallDoor {
  private final Ledger ledger;
  private final Journeys journeys;
  private final SwitchBoard switches;

  public LiveCalls(Ledger ledger, Journeys journeys, SwitchBoard switches) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.switches = switches;
  }

  @Override
  public CompletionStage<CallId> observe(SwitchSignal.Happened signal) {
    ledger.on(signal);
    return ledger.ask(
        turn ->
            turn.callOf(signal.event().leg())
                .map(Call::id)
                // before its commit only the mailboxes know a call; when it is over, only the others
                .or(() -> journeys.callOf(signal.event().leg()))
                .orElseThrow(
                    () ->
                        new Fault.NotFound(
                            "No call is known for this event yet: send its 'ringing' first.")));
  }

  @Override
  public CompletionStage<CallId> placeTestCall(Optional<String> switchId, TestCall call) {
    return ledger
        .ask(turn -> caller(turn.agents()::linkUp, switchId))
        .thenCompose(target -> target.as(TestCaller.class).placeCall(call))
        .thenCompose(this::arrived);
  }

  /** The one asked for; else a real one that is linked before the demo's. */
  private PhoneSwitch caller(Predicate<String> linked, Optional<String> switchId) {
    return switches.all().stream()
        .filter(s -> switchId.map(s.id()::equals).orElse(true))
        .filter(s -> s.capabilities().contains(Capability.TEST_CALLER) && linked.test(s.id()))
        .max(Comparator.comparing(s -> !s.capabilities().contains(Capability.VIRTUAL_PHONES)))
        .orElseThrow(
            () ->
                new Fault.Refused(
                    "No connected switch can place a test call: start the demo switch or run"
                        + " './cordboard pbx up'."));
  }

  /** The switch confirmed the leg; its arrival is told by an event that may still be on its way. */
  private CompletionStage<CallId> arrived(LegKey leg) {
    CompletableFuture<CallId> answer = new CompletableFuture<>();
    journeys.whenKnown(leg, answer::complete);
    ledger.ask(
        turn -> {
          journeys.callOf(leg).ifPresent(answer::complete);
          return leg;
        });
    return answer;
  }

  @Override
  public Optional<CallId> callOf(LegKey leg) {
    return journeys.callOf(leg);
  }

  @Override
  public Optional<CallStatus> status(CallId id) {
    return journeys.status(id);
  }

  static CallStatus statusOf(Call call, Directory directory) {
    String answeredBy =
        call.segments().stream()
            .filter(segment -> segment.answeredAt() != 0 && segment.served())
            .reduce((a, b) -> b)
            .map(Segment::agent)
            .map(directory.agents()::get)
            .map(Directory.Agent::user)
            .orElse("");
    return new CallStatus(
        call.id(),
        call.phase().name(),
        answeredBy,
        call.outcome(),
        call.customer().map(Object::toString).orElse(""));
  }
}
