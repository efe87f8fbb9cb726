package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.Announced;
import io.cordboard.core.call.LedgerFact.DialledOut;
import io.cordboard.core.call.LedgerFact.GivenUp;
import io.cordboard.core.call.LedgerFact.OfferClosed;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerFact.RecordingRefused;
import io.cordboard.core.call.LedgerFact.WrappedUp;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.Parts;
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
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.EndCause;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.LegControl.HangUp;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  private static final String MISSED = "MISSED";
  /** Outside the line's opening hours. */
  private static final String CLOSED = "CLOSED";
  /** As many waited as may. */
  private static final String FULL = "FULL";

  private static final long SECOND = 1_000_000;

  private final Supplier<Directory> directory;
  private final IdentifyCaller identification;
  private final Talk talk;
  private final Offers offers;
  private final HandingOn handingOn;
  private final Outsiders outsiders;
  private final Consulting consulting;
  private final TellTurn tellTurn;
  private final Parking parking;
  private final LeaveMessage messages;

  InboundCall(
      Supplier<Directory> directory, IdentifyCaller identification, Talk talk, Offers offers) {
    this.directory = directory;
    this.identification = identification;
    this.talk = talk;
    this.offers = offers;
    this.handingOn = new HandingOn(directory, offers);
    this.outsiders = new Outsiders(directory, talk, handingOn);
    this.consulting = new Consulting(offers, talk, handingOn, outsiders);
    this.tellTurn = new TellTurn(directory, offers);
    this.parking = new Parking(directory, offers, handingOn);
    this.messages = new LeaveMessage(directory);
  }

  Parking parking() {
    return parking;
  }

  Outsiders outsiders() {
    return outsiders;
  }

  LeaveMessage messages() {
    return messages;
  }

  Consulting consulting() {
    return consulting;
  }

  HandingOn handingOn() {
    return handingOn;
  }

  TellTurn tellTurn() {
    return tellTurn;
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
      case RecordingEnded e -> {
        talk.recordingEnded(turn, call, e.recording());
        LeaveMessage.recordingOver(turn, call);
      }
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
    } else if (!directory.get().open(line.get(), Clock.instant(turn.now()))) {
      giveUp(turn, call, CLOSED);
    } else if (line.get().announcement() != null) {
      turn.effect(call, new Effect.Answer(call.customerLeg().key()));
    } else {
      queue(turn, call, line.get());
    }
  }

  private void answered(Turn turn, Call call, Leg leg) {
    if (leg.role() == Leg.Role.AGENT) {
      agentAnswered(turn, call, leg);
    } else if (leg.role() == Leg.Role.OUTSIDE) {
      outsiders.answered(turn, call, leg);
    } else if (call.givenUp().isPresent()) {
      apologise(turn, call);
    } else if (call.queued().isEmpty()) {
      line(call).ifPresent(line -> announce(turn, call, line));
    } else if (call.talk().isPresent() || call.outside().isPresent()) {
      talk.customer(turn, call);
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
    if (event.playId().startsWith(TellTurn.PLAY)) {
      tellTurn.spoken(turn, call, event.playId());
    } else if (event.playId().startsWith(LeaveMessage.PLAY)) {
      messages.spoken(turn, call, event);
    } else if (event.playId().startsWith("s-") || event.playId().startsWith(CallBacks.PLAY)) {
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

  private void digit(Turn turn, Call call, DigitPressed event) {
    if (offers.callBacks().asked(turn, call, event, tellTurn.language(call))) {
      return;
    }
    if (messages.chosen(call, event)) {
      giveUp(turn, call, LeaveMessage.CHOSEN);
    } else if (call.givenUp().isPresent()) {
      messages.digit(turn, call, event);
    } else if (event.digit().equals(REFUSES_RECORDING)
        && event.leg().equals(call.customerLeg().key())
        && !call.refusedRecording()
        && call.segments().stream().allMatch(segment -> segment.answeredAt() == 0)) {
      turn.record(call, new RecordingRefused(turn.now()));
    }
  }

  // ---- the caller waits ----------------------------------------------------------------------

  private void queue(Turn turn, Call call, Line line) {
    if (offers.nobodyThere(turn, line.queue(), null)) {
      giveUp(turn, call, MISSED);
      return;
    }
    int most = line.access().mostWaiting();
    if (most > 0 && offers.room().size(line.queue()) >= most) {
      giveUp(turn, call, FULL);
      return;
    }
    long now = turn.now();
    long since =
        offers.callBacks().takenUpAgain(turn, call, line.queue()).map(Queued::since).orElse(now);
    turn.record(
        call,
        new Queued(
            now, line.queue(), since, false, now + line.maxWaitSeconds() * SECOND,
            line.access().priority()));
    entertain(turn, call);
  }

  /** Ringing or music, as the line says; also after an announcement, when the line is open already. */
  void entertain(Turn turn, Call call) {
    Leg customer = call.customerLeg();
    boolean music =
        customer.up()
            || call.parked().isPresent()
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

  /** Nobody took the call in time. */
  void giveUp(Turn turn, Call call) {
    giveUp(turn, call, MISSED);
  }

  /** Nobody can take the call: the caller is told, and a task is made when the call has ended. */
  private void giveUp(Turn turn, Call call, String reason) {
    turn.record(call, new GivenUp(turn.now(), reason));
    Leg customer = call.customerLeg();
    if (parting(call).isEmpty() && messages.of(call).isEmpty()) {
      turn.effect(call, new Effect.End(customer.key(), HangUp.BUSY));
    } else if (customer.up()) {
      apologise(turn, call);
    } else {
      turn.effect(call, new Effect.Answer(customer.key()));
    }
  }

  private void apologise(Turn turn, Call call) {
    Line.Notice sorry = parting(call).orElse(null);
    Line.Voicemail voicemail = messages.of(call).orElse(null);
    if (voicemail != null) {
      messages.begin(turn, call, voicemail);
      return;
    }
    if (sorry == null) {
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.REJECTED));
      return;
    }
    if (call.queued().isPresent()) {
      turn.effect(call, new Effect.Music(call.customerLeg().key(), false));
    }
    say(turn, call, "s-" + call.id(), sorry);
  }

  /** What a caller hears whom nobody can serve. */
  private Optional<Line.Notice> parting(Call call) {
    String reason = call.givenUp().map(GivenUp::reason).orElse(MISSED);
    return line(call).flatMap(line -> Optional.ofNullable(parting(line, reason)));
  }

  private static Line.@Nullable Notice parting(Line line, String reason) {
    Line.Notice own =
        switch (reason) {
          case CLOSED -> line.access().closed();
          case FULL -> line.access().full();
          default -> null;
        };
    return own == null ? line.sorry() : own;
  }

  // ---- an agent is asked ---------------------------------------------------------------------

  private void agentAnswered(Turn turn, Call call, Leg leg) {
    Segment segment = call.segment(leg.offer());
    boolean over = call.endedAt() != 0 && !Parts.internal(call);
    if (over || !segment.talking() || !segment.leg().equals(leg.key())) {
      turn.effect(call, new Effect.End(leg.key(), HangUp.NO_ANSWER));
      return;
    }
    turn.signal(segment.agent(), AgentSignal.ANSWER, null, call.id());
    talk.connect(turn, call);
  }

  /** The device rang out, refused or failed: the call is back in its old place by itself. */
  void offerEnded(Turn turn, Call call, Segment segment) {
    boolean news = freed(turn, call, segment);
    if (segment.by() != 0) {
      consulting.over(turn, call);
    } else if (segment.n() == 1 && call.dialledOut().isPresent()) {
      OutboundCall.phoneFailed(turn, call);
    } else if (news && call.endedAt() == 0) {
      call.comesBackTo(segment).ifPresent(before -> handingOn.comesBack(turn, call, before));
    }
  }

  /** Whether the offer held the agent until now. */
  private static boolean freed(Turn turn, Call call, Segment segment) {
    boolean holds = call.id().equals(turn.agent(segment.agent()).call());
    boolean last = call.lastSegment().filter(segment::equals).isPresent();
    if (!holds || !last) {
      // late news of an offer that is over: the agent has gone on, perhaps with this very call
      return false;
    }
    if (segment.offer() == OfferState.WITHDRAWN) {
      turn.signal(segment.agent(), AgentSignal.OFFER_GONE, null, null);
      OutboundCall.restAgain(turn, call, segment);
    } else {
      String reason =
          switch (segment.offer()) {
            case DECLINED -> "declined";
            case FAILED -> "phone-failed";
            default -> "no-answer";
          };
      turn.signal(segment.agent(), AgentSignal.OFFER_MISSED, reason, null);
    }
    return true;
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
    if (leg.role() == Leg.Role.OUTSIDE) {
      call.outsiderOf(event).ifPresent(party -> consulting.outsideGone(turn, call, party));
      return;
    }
    Segment segment = call.segment(leg.offer());
    if (segment.offer().open()) {
      // the page is away for a moment, or rings already with another leg
      return;
    }
    if (segment.offer() != OfferState.ACCEPTED) {
      offerEnded(turn, call, segment);
    } else if (segment.talking() && segment.leg().equals(leg.key())) {
      if (!consulting.legGone(turn, call, segment, event.cause())) {
        talk.agentLegGone(turn, call, segment, event.cause());
      }
    }
  }

  /** An agent's phone is not there any more, whatever its leg does. */
  void phoneLost(Turn turn, Call call, Segment segment) {
    if (call.endedAt() != 0) {
      consulting.endInternal(turn, call);
    } else {
      talk.lost(turn, call, segment);
    }
  }

  /** A phone that was lost did not come back in time. */
  void lostForGood(Turn turn, Call call, Segment segment) {
    if (!consulting.lostForGood(turn, call, segment)) {
      talk.giveBack(turn, call, segment, "AGENT_LOST", "phone-lost");
    }
  }

  /** After a restart the pages have had their time to come back. */
  void pagesDue(Turn turn, Call call) {
    talk.forget(call.id());
    for (Segment segment : List.copyOf(call.segments())) {
      if (talk.pageAway(turn, segment)) {
        phoneLost(turn, call, segment);
      }
    }
  }

  /** A supervisor takes an agent out of their talk. */
  void release(Turn turn, Call call, Segment segment) {
    if (!consulting.leaves(turn, call, segment, "RELEASED", false)) {
      talk.giveBack(turn, call, segment, "RELEASED", "released");
    }
  }

  private void customerGone(Turn turn, Call call) {
    for (Segment segment : List.copyOf(call.segments())) {
      if (segment.offer().open()) {
        closeOffer(turn, call, segment, OfferState.WITHDRAWN);
      }
    }
    for (Leg leg : call.legs()) {
      if (leg.alive() && !call.needs(leg)) {
        turn.effect(call, new Effect.End(leg.key(), HangUp.NORMAL));
      }
    }
    turn.effect(call, new Effect.CloseBridge(call.customerLeg().key(), Talk.bridge(call)));
    if (Parts.internal(call)) {
      talk.connect(turn, call);
    } else {
      consulting.close(turn, call);
    }
    call.segments().stream()
        .filter(Segment::wrappingUp)
        .toList()
        .forEach(segment -> wrapUp(turn, call, segment));
    remember(turn, call);
  }

  static void wrapUp(Turn turn, Call call, Segment segment) {
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
    if (call.dialledOut().isPresent()) {
      calledBack(turn, call, customer, number);
      return;
    }
    boolean served = call.segments().stream().anyMatch(segment -> segment.answeredAt() != 0);
    if (cause.equals("switch-restart")) {
      turn.task(
          new TaskChange.Missed(call.id(), customer, number, queue, now, "switch-restart"));
    } else if (served) {
      turn.task(new TaskChange.Served(call.id(), customer, number, queue, now));
    } else if (call.callBackAsked().isEmpty()
        && call.givenUp().map(gone -> !gone.reason().equals("NO_LINE")).orElse(true)) {
      String reason =
          messages.left(call) ? "voicemail" : call.givenUp().isPresent() ? "missed" : "abandoned";
      turn.task(new TaskChange.Missed(call.id(), customer, number, queue, now, reason));
    }
  }

  /** Whoever we reached is owed nothing more by the queues of who dialled; who we did not, what they were. */
  private void calledBack(
      Turn turn, Call call, @Nullable String customer, @Nullable String number) {
    if (call.customerLeg().answeredAt() == 0) {
      offers.callBacks().notReached(turn, call, customer, number);
      return;
    }
    DialledOut out = call.dialledOut().orElseThrow();
    Stream.concat(
            Stream.of(out.queue()),
            directory.get().queues().values().stream()
                .filter(queue -> queue.members().contains(out.by()))
                .map(Directory.Queue::id)
                .sorted())
        .distinct()
        .forEach(
            queue ->
                turn.task(
                    new TaskChange.Served(call.id(), customer, number, queue, turn.now())));
  }

  // ---- after a restart or a lost link --------------------------------------------------------

  /** Orders again whatever should be so; every effect is idempotent. */
  void resumed(Turn turn, Call call) {
    identification.lookUp(turn, call);
    call.legs().stream()
        .filter(leg -> leg.alive() && !call.needs(leg))
        .forEach(leg -> turn.effect(call, new Effect.End(leg.key(), HangUp.NORMAL)));
    if (call.endedAt() != 0) {
      if (Parts.internal(call)) {
        talk.connect(turn, call);
      }
      return;
    }
    if (call.read().isEmpty()) {
      arrived(turn, call);
    } else if (call.talk().isPresent()) {
      talk.resumed(turn, call);
      Parts.consultation(call)
          .filter(second -> second.offer().open())
          .ifPresent(second -> offers.ringAgain(turn, call, second));
      outsiders.resumed(turn, call);
    } else if (call.outside().isPresent()) {
      outsiders.resumed(turn, call);
    } else if (call.waiting() || call.parked().isPresent() && call.openOffer().isEmpty()) {
      entertain(turn, call);
    } else if (call.openOffer().isPresent()) {
      entertain(turn, call);
      offers.ringAgain(turn, call, call.openOffer().get());
    } else if (call.callBackAsked().isPresent()) {
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.NORMAL));
    } else {
      greetAgain(turn, call);
    }
  }

  private void greetAgain(Turn turn, Call call) {
    if (call.givenUp().isPresent() && parting(call).isEmpty() && messages.of(call).isEmpty()) {
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
