package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.Announced;
import io.cordboard.core.call.LedgerFact.GivenUp;
import io.cordboard.core.call.LedgerFact.OfferClosed;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerFact.RecordingRefused;
import io.cordboard.core.call.LedgerFact.WrappedUp;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.CallEvent.DigitPressed;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.CallEvent.RecordingSilent;
import io.cordboard.kernel.CallEvent.RecordingStarted;
import io.cordboard.kernel.EndCause;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.LegControl.HangUp;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A customer calls one of our lines: identify → greet → wait → an agent is offered the call and the card
 * pops → talk → wrap up → the record. One method for each step; holds no state.
 */
final class InboundCall {
  /**
   * The key by which a caller says no to being recorded: while the announcement speaks, and until
   * an agent answers, since many press it when the text is over.
   */
  static final String REFUSES_RECORDING = "9";

  private static final long SECOND = 1_000_000;

  /** A page that is loaded again, or a restart of ours, closes every desk for a moment. */
  static final long DESK_GRACE = 60 * SECOND;

  private final Supplier<Directory> directory;
  private final IdentifyCaller identification;
  private final Talk talk;
  private final Offers offers;

  InboundCall(
      Supplier<Directory> directory, IdentifyCaller identification, Talk talk, Offers offers) {
    this.directory = directory;
    this.identification = identification;
    this.talk = talk;
    this.offers = offers;
  }

  void told(Turn turn, Call call, CallEvent event) {
    switch (event) {
      case LegArrived e -> arrived(turn, call);
      case LegAnswered e -> answered(turn, call, call.leg(e.leg()).orElseThrow());
      case AnnouncementEnded e -> spoken(turn, call, e);
      case DigitPressed e -> digit(turn, call, e);
      case LegJoined e -> talk.joined(turn, call);
      case RecordingStarted e -> talk.recordingStarted(turn, call, e.recording());
      case RecordingSilent e -> talk.recordingSilent(turn, call);
      case RecordingEnded e -> talk.recordingEnded(turn, call, e.recording());
      case LegEnded e -> ended(turn, call, call.leg(e.leg()).orElseThrow(), e);
      default -> {}
    }
  }

  // ---- the caller comes ----------------------------------------------------------------------

  private void arrived(Turn turn, Call call) {
    if (call.read().isPresent()) {
      return;
    }
    identification.read(turn, call);
    identification.lookUp(turn, call);
    Optional<Line> line = line(call);
    if (line.isEmpty()) {
      turn.record(call, new GivenUp(turn.now(), "NO_LINE"));
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.REJECTED));
    } else if (line.get().announcement() != null) {
      turn.effect(call, new Effect.Answer(call.customerLeg().key()));
    } else {
      queue(turn, call, line.get());
    }
  }

  private void answered(Turn turn, Call call, Leg leg) {
    if (leg.role() == Leg.Role.AGENT) {
      agentAnswered(turn, call, leg);
    } else if (call.givenUp().isPresent()) {
      apologise(turn, call);
    } else if (call.queued().isEmpty()) {
      line(call).ifPresent(line -> announce(turn, call, line));
    } else if (call.talk().isPresent()) {
      talk.customer(turn, call, call.talk().get());
    } else {
      entertain(turn, call);
    }
  }

  private void announce(Turn turn, Call call, Line line) {
    Line.Notice notice = line.announcement();
    if (notice == null) {
      queue(turn, call, line);
      return;
    }
    say(turn, call, "a-" + call.id(), notice);
  }

  private static void say(Turn turn, Call call, String playId, Line.Notice notice) {
    turn.effect(
        call,
        new Effect.Say(
            call.customerLeg().key(), playId, new Announcement(notice.text(), notice.language())));
  }

  private void spoken(Turn turn, Call call, AnnouncementEnded event) {
    if (event.playId().startsWith("s-")) {
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.NORMAL));
    } else if (call.queued().isEmpty() && call.givenUp().isEmpty() && call.endedAt() == 0) {
      line(call).ifPresent(line -> heard(turn, call, line, event.whole()));
    }
  }

  private void heard(Turn turn, Call call, Line line, boolean whole) {
    Line.Notice notice = line.announcement();
    if (whole && notice != null) {
      turn.record(call, new Announced(turn.now(), notice.version(), notice.language()));
    }
    queue(turn, call, line);
  }

  private static void digit(Turn turn, Call call, DigitPressed event) {
    if (event.digit().equals(REFUSES_RECORDING)
        && event.leg().equals(call.customerLeg().key())
        && !call.refusedRecording()
        && call.segments().stream().allMatch(segment -> segment.answeredAt() == 0)) {
      turn.record(call, new RecordingRefused(turn.now()));
    }
  }

  // ---- the caller waits ----------------------------------------------------------------------

  private void queue(Turn turn, Call call, Line line) {
    if (nobodyThere(turn, line.queue())) {
      giveUp(turn, call);
      return;
    }
    long now = turn.now();
    turn.record(
        call, new Queued(now, line.queue(), now, false, now + line.maxWaitSeconds() * SECOND));
    entertain(turn, call);
  }

  /** Whether waiting is pointless: nobody of the queue is signed in at an open desk. */
  boolean nobodyThere(Turn turn, String queueId) {
    Directory.Queue queue = directory.get().queues().get(queueId);
    long now = turn.now();
    return queue == null
        || queue.members().stream().map(turn::agent).noneMatch(agent -> there(agent, now));
  }

  private static boolean there(Agent agent, long now) {
    boolean deskOpen = agent.awaySince() == 0 || now - agent.awaySince() < DESK_GRACE;
    return agent.state() != AgentState.OFFLINE && (deskOpen || agent.state().busy());
  }

  /** Ringing or music, as the line says; also after an announcement, when the line is open already. */
  void entertain(Turn turn, Call call) {
    Leg customer = call.customerLeg();
    boolean music =
        customer.up()
            || line(call).map(line -> line.waiting() == Line.Waiting.MUSIC).orElse(false);
    if (customer.bridge() != null) {
      Talk.musicAlone(turn, call);
    } else if (customer.up()) {
      turn.effect(call, new Effect.Music(customer.key(), true));
    } else {
      turn.effect(
          call, music ? new Effect.Answer(customer.key()) : new Effect.Ring(customer.key()));
    }
  }

  /** Nobody can take the call: the caller is told, and a task is made when the call has ended. */
  void giveUp(Turn turn, Call call) {
    turn.record(call, new GivenUp(turn.now(), "MISSED"));
    Leg customer = call.customerLeg();
    if (line(call).map(Line::sorry).isEmpty()) {
      turn.effect(call, new Effect.End(customer.key(), HangUp.BUSY));
    } else if (customer.up()) {
      apologise(turn, call);
    } else {
      turn.effect(call, new Effect.Answer(customer.key()));
    }
  }

  private void apologise(Turn turn, Call call) {
    Line.Notice sorry = line(call).map(Line::sorry).orElse(null);
    if (sorry == null) {
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.REJECTED));
      return;
    }
    if (call.queued().isPresent()) {
      turn.effect(call, new Effect.Music(call.customerLeg().key(), false));
    }
    say(turn, call, "s-" + call.id(), sorry);
  }

  // ---- an agent is asked ---------------------------------------------------------------------

  private void agentAnswered(Turn turn, Call call, Leg leg) {
    Segment segment = call.segment(leg.offer());
    if (call.endedAt() != 0 || !segment.talking() || !segment.leg().equals(leg.key())) {
      turn.effect(call, new Effect.End(leg.key(), HangUp.NO_ANSWER));
      return;
    }
    turn.signal(segment.agent(), AgentSignal.ANSWER, null, call.id());
    talk.connect(turn, call, segment);
  }

  /** The device rang out, refused or failed: the call is back in its old place by itself. */
  void offerEnded(Turn turn, Call call, Segment segment) {
    boolean holds = call.id().equals(turn.agent(segment.agent()).call());
    boolean last = call.lastSegment().filter(segment::equals).isPresent();
    if (!holds || !last) {
      // late news of an offer that is over: the agent has gone on, perhaps with this very call
      return;
    }
    if (segment.offer() == OfferState.WITHDRAWN) {
      turn.signal(segment.agent(), AgentSignal.OFFER_GONE, null, null);
    } else {
      String reason =
          switch (segment.offer()) {
            case DECLINED -> "declined";
            case FAILED -> "phone-failed";
            default -> "no-answer";
          };
      turn.signal(segment.agent(), AgentSignal.OFFER_MISSED, reason, null);
    }
  }

  void closeOffer(Turn turn, Call call, Segment segment, OfferState outcome) {
    turn.record(call, new OfferClosed(turn.now(), segment.n(), outcome));
    turn.effect(call, new Effect.End(segment.leg(), HangUp.NO_ANSWER));
    offerEnded(turn, call, segment);
  }

  // ---- a leg ends ----------------------------------------------------------------------------

  private void ended(Turn turn, Call call, Leg leg, LegEnded event) {
    if (leg.role() == Leg.Role.CUSTOMER) {
      if (call.endedBy(event)) {
        customerGone(turn, call);
      }
      return;
    }
    Segment segment = call.segment(leg.offer());
    if (segment.offer() != OfferState.ACCEPTED) {
      offerEnded(turn, call, segment);
    } else if (segment.talking() && segment.leg().equals(leg.key())) {
      talk.agentLegGone(turn, call, segment, event.cause());
    }
  }

  private void customerGone(Turn turn, Call call) {
    call.openOffer()
        .ifPresent(segment -> closeOffer(turn, call, segment, OfferState.WITHDRAWN));
    for (Leg leg : call.legs()) {
      if (leg.role() == Leg.Role.AGENT && leg.alive()) {
        turn.effect(call, new Effect.End(leg.key(), HangUp.NORMAL));
      }
    }
    turn.effect(call, new Effect.CloseBridge(call.customerLeg().key(), Talk.bridge(call)));
    call.lastSegment()
        .filter(segment -> segment.endedAt() != 0 && segment.wrappedUpAt() == 0)
        .ifPresent(segment -> wrapUp(turn, call, segment));
    remember(turn, call);
  }

  private static void wrapUp(Turn turn, Call call, Segment segment) {
    if (!call.id().equals(turn.agent(segment.agent()).call())) {
      turn.record(call, new WrappedUp(turn.now(), segment.n(), true));
      return;
    }
    turn.signal(segment.agent(), AgentSignal.TALK_ENDS, null, call.id());
    if (segment.offered().terms().wrapUpSeconds() == 0) {
      finish(turn, call, segment, true);
    }
  }

  /** The segment's record is complete: the agent is free. */
  static void finish(Turn turn, Call call, Segment segment, boolean byTimer) {
    turn.record(call, new WrappedUp(turn.now(), segment.n(), byTimer));
    AgentId agent = segment.agent();
    if (call.id().equals(turn.agent(agent).call())) {
      turn.signal(agent, AgentSignal.FINISH, turn.agent(agent).reason(), null);
    }
  }

  /** A served customer's tasks are done; one who was not served gets one. */
  private void remember(Turn turn, Call call) {
    String customer = call.customer().map(Object::toString).orElse(null);
    String number = call.read().map(read -> read.number()).orElse(null);
    // whoever gave up while the announcement spoke would have come to the line's queue
    String queue =
        call.queued().map(Queued::queue).or(() -> line(call).map(Line::queue)).orElse("");
    if (customer == null && number == null) {
      return;
    }
    long now = turn.now();
    String cause = call.endCause().map(EndCause::text).orElse("");
    boolean served = call.segments().stream().anyMatch(segment -> segment.answeredAt() != 0);
    if (cause.equals("switch-restart")) {
      turn.task(
          new TaskChange.Missed(call.id(), customer, number, queue, now, "switch-restart"));
    } else if (served) {
      turn.task(new TaskChange.Served(call.id(), customer, number, queue, now));
    } else if (call.givenUp().map(gone -> !gone.reason().equals("NO_LINE")).orElse(true)) {
      String reason = call.givenUp().isPresent() ? "missed" : "abandoned";
      turn.task(new TaskChange.Missed(call.id(), customer, number, queue, now, reason));
    }
  }

  // ---- after a restart or a lost link --------------------------------------------------------

  /** Orders again whatever should be so; every effect is idempotent. */
  void resumed(Turn turn, Call call) {
    identification.lookUp(turn, call);
    call.legs().stream()
        .filter(leg -> leg.alive() && !call.needs(leg))
        .forEach(leg -> turn.effect(call, new Effect.End(leg.key(), HangUp.NORMAL)));
    if (call.endedAt() != 0) {
      return;
    }
    if (call.read().isEmpty()) {
      arrived(turn, call);
    } else if (call.talk().isPresent()) {
      talk.resumed(turn, call, call.talk().get());
    } else if (call.waiting()) {
      entertain(turn, call);
    } else if (call.openOffer().isPresent()) {
      entertain(turn, call);
      offers.ringAgain(turn, call, call.openOffer().get());
    } else {
      greetAgain(turn, call);
    }
  }

  private void greetAgain(Turn turn, Call call) {
    if (call.givenUp().isPresent() && line(call).map(Line::sorry).isEmpty()) {
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.REJECTED));
    } else if (call.customerLeg().up()) {
      answered(turn, call, call.customerLeg());
    } else {
      turn.effect(call, new Effect.Answer(call.customerLeg().key()));
    }
  }

  private Optional<Line> line(Call call) {
    return call.read().flatMap(read -> directory.get().line(read.line()));
  }
}
