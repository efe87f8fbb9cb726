package io.cordboard.core.call;

import io.cordboard.core.call.LedgerFact.*;
import io.cordboard.core.call.Tables.LegSignal;
import io.cordboard.core.call.Tables.OfferSignal;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.*;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.OutsideDialling.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call as its mailbox knows it: what was told and decided, nothing else. The same entries in the same
 * order give the same call, which is how a restart finds it again. Touched by the ledger's thread only.
 */
public final class Call {
  private final CallId id;
  private final Tables tables;
  private final LegArrived arrival;
  private final Map<LegKey, Leg> legs = new LinkedHashMap<>();
  private final List<Segment> segments = new ArrayList<>();
  private final List<OutsideParty> outsiders = new ArrayList<>();
  private final Map<String, RecordingLife> recordings = new LinkedHashMap<>();
  private final Map<String, Object> written = new HashMap<>();
  private @Nullable CallerRead read;
  private @Nullable CallerMatched match;
  private @Nullable CustomerId customer;
  private @Nullable CallerVerified verified;
  private @Nullable Announced announced;
  private @Nullable Queued queued;
  private @Nullable TurnTold turnTold;
  private boolean telling;
  private @Nullable CallBackAsked callBackAsked;
  private @Nullable CallBackOver callBackOver;
  private @Nullable CallBackTried callBackTried;
  private int callBackTries;
  private @Nullable MessageTaken messageTaken;
  private @Nullable GivenUp givenUp;
  private @Nullable HandedOn handedOn;
  private @Nullable Parked parked;
  private @Nullable DialledOut dialledOut;
  private boolean greeted;
  private @Nullable String observedAgent;
  private @Nullable AgentId knownAgent;
  private @Nullable String observedDisposition;
  private long observedWrapUpUntil;
  private @Nullable LegEnded end;
  private final Set<Long> seen = new HashSet<>();
  private boolean refusedRecording;
  private boolean recordingPaused;
  private boolean held;
  private long arrivedAt;
  private long endedAt;
  private long unobservedFrom;
  private long unobservedTo;
  private long firstEntry;
  private long firstEntryAt = Long.MAX_VALUE;
  private long lastEntryAt;

  Call(CallId id, Tables tables, LegArrived arrival) {
    this.id = id;
    this.tables = tables;
    this.arrival = arrival;
    legs.put(arrival.leg(), Leg.ofCustomer(arrival.leg()));
  }

  /** A call that begins by our dialling. */
  static Call outgoing(CallId id, Tables tables, DialledOut out) {
    NumberClaims claims = NumberClaims.of("", out.number(), out.shown());
    return new Call(
        id, tables,
        new LegArrived(out.leg(), out.at(), CallEvent.Control.CONTROLLED, claims, null, null));
  }

  // ---- what happened -------------------------------------------------------------------------

  /** Takes what a switch told; {@code counted} is its time, unless the source's clock is far off. */
  void apply(CallEvent event, long counted) {
    long at = controlled() ? counted : event.at();
    Leg leg = legs.get(event.leg());
    if (leg == null) {
      return;
    }
    switch (event) {
      case LegArrived again -> arrivedAt = arrivedAt == 0 ? at : arrivedAt;
      case LegRinging e -> {
        move(leg, LegSignal.RINGS);
        if (leg.role() == Leg.Role.AGENT && !segment(leg.offer()).rejoining) {
          offer(leg.offer(), OfferSignal.DEVICE_RINGS);
        }
      }
      case LegAnswered e -> answered(leg, at);
      case LegJoined e -> joined(leg, e.bridge());
      case LegLeft e -> leg.bridge = e.bridge().equals(leg.bridge) ? null : leg.bridge;
      case LegHeld e -> move(leg, LegSignal.DEVICE_HOLDS);
      case LegResumed e -> move(leg, LegSignal.DEVICE_RESUMES);
      case LegEnded e -> ended(leg, e, at);
      case RecordingStarted e -> recording(e.recording()).started(at);
      case RecordingEnded e -> recording(e.recording()).ended(at);
      case RecordingPaused e -> recording(e.recording()).paused = true;
      case RecordingResumed e -> recording(e.recording()).paused = false;
      case RecordingSilent e -> recording(e.recording()).silent(e.track());
      case AgentObserved e -> observedAgent = e.agent();
      case DigitPressed e -> {}
      case AnnouncementEnded e -> greeted |= dialledOut != null && e.leg().equals(arrival.leg());
      case TransferAsked e -> {}
      case CaptionSaid e -> {}
    }
  }

  private void joined(Leg leg, String bridge) {
    leg.bridge = leg.alive() ? bridge : null;
    if (!bridge.equals(Parts.talkBridge(this))) {
      return;
    }
    switch (leg.role()) {
      case CUSTOMER -> {}
      case AGENT -> segment(leg.offer()).met = true;
      case OUTSIDE -> outsider(leg).met = true;
    }
  }

  private void answered(Leg leg, long at) {
    boolean first = !leg.up() && leg.alive();
    move(leg, LegSignal.ANSWERS);
    if (first) {
      leg.answeredAt = at;
    }
    if (first && leg.role() == Leg.Role.OUTSIDE && outsider(leg).present()) {
      outsider(leg).answeredAt = at;
    }
    if (leg.role() == Leg.Role.AGENT && leg.up()) {
      Segment segment = segment(leg.offer());
      if (segment.offer.open() && !segment.leg.equals(leg.key())) {
        // it rings elsewhere by now
        return;
      }
      offer(leg.offer(), OfferSignal.AGENT_ANSWERS);
      if (customerLeg().planned() && !inside()) {
        customerLeg().dialledAt = at;
      }
      if (segment.offer == OfferState.ACCEPTED && segment.answeredAt == 0) {
        segment.answeredAt = at;
        parked = null;
      }
      if (segment.leg.equals(leg.key())) {
        segment.ringLostAt = 0;
        segment.rejoining = false;
        segment.lostAt = 0;
      }
    }
  }

  private void ended(Leg leg, LegEnded event, long at) {
    boolean rang = !leg.up();
    move(leg, LegSignal.ENDS);
    leg.bridge = null;
    if (leg.role() == Leg.Role.CUSTOMER) {
      customerGone(event, at);
    } else if (leg.role() == Leg.Role.OUTSIDE) {
      outsider(leg).over(at, event);
    } else if (rang && decides(segment(leg.offer()), leg)) {
      Segment segment = segment(leg.offer());
      OfferSignal signal = closing(event.cause());
      if (signal == OfferSignal.DEVICE_FAILS && segment.rungAgain()) {
        // a page that loads may be there for the switch before it can ring
        segment.ringLostAt = at;
      } else {
        offer(leg.offer(), signal);
      }
    }
  }

  /** Whether the end of a leg that only rang is the end of its offer. */
  private static boolean decides(Segment segment, Leg leg) {
    return !segment.rejoining && !segment.ringLost() && segment.leg.equals(leg.key());
  }

  private void customerGone(LegEnded event, long at) {
    if (end == null) {
      end = event;
      endedAt = Math.max(at, arrivedAt);
      held = false;
      // two who speak to each other go on without the customer
      Segment second = Parts.speaking(this).orElse(null);
      Segment asker = second == null ? null : segment(second.by());
      OutsideParty party = outside().orElse(null);
      if (party != null && speaks(party)) {
        asker = segment(party.by());
      } else if (party != null) {
        party.over(endedAt, Outcome.CANCELLED);
      }
      Segment goesOn = asker;
      segments.stream()
          .filter(segment -> segment != second && segment != goesOn)
          .forEach(segment -> endTalk(segment, endedAt, "ENDED"));
      if (asker != null) {
        asker.aside = true;
      }
    }
  }

  /** Whether the agent who called them and they can speak on without the customer. */
  private boolean speaks(OutsideParty party) {
    Segment by = segment(party.by());
    return party.talking() && party.aside() && by.talking() && by.lostAt == 0;
  }

  private OutsideParty outsider(Leg leg) {
    return outsiders.stream()
        .filter(party -> party.leg().equals(leg.key()))
        .findFirst()
        .orElseThrow();
  }

  /** Why a device that rang does not ring any more. */
  private static OfferSignal closing(EndCause cause) {
    return switch (cause.side()) {
      case US, SWITCH -> cause.q850() == 0 || cause.q850() == 19
          ? OfferSignal.DEADLINE_PASSES
          : OfferSignal.DEVICE_FAILS;
      case FAR -> cause.q850() == 17 || cause.q850() == 21 || cause.q850() == 16
          ? OfferSignal.AGENT_DECLINES
          : cause.q850() == 19 ? OfferSignal.DEADLINE_PASSES : OfferSignal.DEVICE_FAILS;
      case UNKNOWN -> OfferSignal.DEVICE_FAILS;
    };
  }

  /** Takes what we decided or were asked. */
  void apply(LedgerFact fact) {
    switch (fact) {
      case CallerRead e -> read = e;
      case CallerMatched e -> {
        match = e;
        customer = customer == null ? e.shown() : customer;
      }
      case CustomerChosen e -> {
        customer = e.customer();
        verified = null;
      }
      case CallerVerified e -> verified = e;
      case AgentKnown e -> knownAgent = e.agent();
      case Announced e -> announced = e;
      case RecordingRefused e -> refusedRecording = true;
      case Queued e -> {
        queued = e;
        parked = null;
      }
      case Parked e -> parked = e;
      case TurnTold e -> {
        turnTold = e;
        telling = true;
      }
      case TurnToldEnded e -> telling = false;
      case CallBackAsked e -> {
        callBackAsked = e;
        telling = false;
      }
      case CallBackTried e -> {
        callBackTried = e;
        callBackTries++;
      }
      case CallBackOver e -> callBackOver = e;
      case GivenUp e -> givenUp = e;
      case MessageTaken e -> messageTaken = e;
      case Offered e -> {
        segments.add(new Segment(e));
        legs.put(e.leg(), Leg.ofAgent(e.leg(), e.n(), e.at()));
      }
      case OfferClosed e -> closeOffer(e);
      case HoldSet e -> held = e.on();
      case AgentLost e -> segment(e.n()).lostAt = e.at();
      case Rejoining e -> {
        Segment segment = segment(e.n());
        segment.rejoining = true;
        segment.leg = e.leg();
        legs.put(e.leg(), Leg.ofAgent(e.leg(), e.n(), e.at()));
      }
      case RingLost e -> segment(e.n()).ringLostAt = e.at();
      case RungAgain e -> {
        Segment segment = segment(e.n());
        segment.ringLostAt = 0;
        segment.leg = e.leg();
        legs.put(e.leg(), Leg.ofAgent(e.leg(), e.n(), e.at()));
      }
      case SegmentEnded e -> endTalk(segment(e.n()), e.at(), e.outcome());
      case RecordingOrdered e ->
          recordings.put(e.recording(), new RecordingLife(e.recording(), e.n(), e.at()));
      case RecordingPauseSet e -> recordingPaused = e.paused();
      case RecordingLost e -> recording(e.recording()).lost = true;
      case Disposed e -> disposed(e);
      case WrappedUp e -> wrappedUp(e);
      case WrapUpExtended e -> segment(e.n()).extendedUntil = e.until();
      case ObservedWrapUp e -> observedWrapUpUntil = e.until();
      case HandedOn e -> handedOn = e;
      case DialledOut e -> {
        dialledOut = e;
        arrivedAt = e.at();
        legs.put(e.leg(), Leg.ofCalled(e.leg()));
      }
      case Placed e -> {
        Segment segment = segment(e.n());
        segment.aside = !e.customer();
        segment.served |= e.customer();
      }
      case OutsideAsked e -> {
        outsiders.add(new OutsideParty(e));
        legs.put(e.leg(), Leg.ofOutside(e.leg(), e.at()));
      }
      case OutsideJoined e -> outsiders.get(e.n() - 1).aside = false;
      case OutsideDismissed e ->
          outsiders
              .get(e.n() - 1)
              .over(e.at(), e.unanswered() ? Outcome.NO_ANSWER : Outcome.CANCELLED);
      case Unobserved e -> {
        unobservedFrom = unobservedFrom == 0 ? e.from() : unobservedFrom;
        unobservedTo = e.to();
      }
    }
  }

  private void disposed(Disposed fact) {
    if (fact.n() == 0) {
      observedDisposition = fact.disposition();
    } else {
      segment(fact.n()).disposition = fact.disposition();
      segment(fact.n()).answers = fact.answers();
    }
  }

  private void wrappedUp(WrappedUp fact) {
    if (fact.n() == 0) {
      observedWrapUpUntil = 0;
    } else {
      segment(fact.n()).wrappedUpAt = fact.at();
    }
  }

  private void closeOffer(OfferClosed fact) {
    offer(
        fact.n(),
        switch (fact.outcome()) {
          case DECLINED -> OfferSignal.AGENT_DECLINES;
          case NO_ANSWER -> OfferSignal.DEADLINE_PASSES;
          case WITHDRAWN -> OfferSignal.CALL_GOES;
          case FAILED -> OfferSignal.DEVICE_FAILS;
          case MADE, RINGING, ACCEPTED -> throw new IllegalArgumentException("no end: " + fact);
        });
  }

  private void endTalk(Segment segment, long at, String outcome) {
    if (segment.talking()) {
      segment.endedAt = at;
      segment.outcome = outcome;
    }
  }

  private void move(Leg leg, LegSignal signal) {
    leg.state = tables.leg().next(leg.state, signal);
  }

  private void offer(int n, OfferSignal signal) {
    Segment segment = segment(n);
    segment.offer = tables.offer().next(segment.offer, signal);
  }

  private RecordingLife recording(String name) {
    return recordings.computeIfAbsent(name, unknown -> new RecordingLife(unknown, 0, 0));
  }

  // ---- how it stands -------------------------------------------------------------------------

  public CallId id() {
    return id;
  }

  public LegArrived arrival() {
    return arrival;
  }

  /** When it arrived, microseconds. */
  public long arrivedAt() {
    return arrivedAt;
  }

  public boolean controlled() {
    return arrival.control() == CallEvent.Control.CONTROLLED;
  }

  /** The switch looked after it by itself while we were not there; told when it was over. */
  public boolean fallback() {
    return arrival.control() == CallEvent.Control.FALLBACK;
  }

  /** The customer's leg. */
  public Leg customerLeg() {
    return leg(arrival.leg()).orElseThrow();
  }

  public Collection<Leg> legs() {
    return legs.values();
  }

  public Optional<Leg> leg(LegKey key) {
    return Optional.ofNullable(legs.get(key));
  }

  public List<Segment> segments() {
    return segments;
  }

  public Segment segment(int n) {
    return segments.get(n - 1);
  }

  /** The agent's part that goes on, or the last one. */
  public Optional<Segment> lastSegment() {
    return segments.isEmpty() ? Optional.empty() : Optional.of(segments.getLast());
  }

  /** The part of the agent who has the customer now; of several, who had them first. */
  public Optional<Segment> talk() {
    return segments.stream().filter(part -> part.talking() && part.served()).findFirst();
  }

  /** The offer of the customer that is out now. */
  public Optional<Segment> openOffer() {
    return lastSegment().filter(segment -> segment.offer.open() && segment.by() == 0);
  }

  /** Whether the leg still serves: the customer's, a ringing device, the one that talks. */
  public boolean needs(Leg leg) {
    if (leg.role() == Leg.Role.CUSTOMER) {
      return endedAt == 0;
    }
    if (leg.role() == Leg.Role.OUTSIDE) {
      return outsider(leg).present();
    }
    Segment segment = segment(leg.offer());
    boolean present = segment.leg.equals(leg.key());
    boolean talks = segment.talking() && (segment.lostAt == 0 || segment.rejoining);
    return present && (talks || segment.offer.open() && endedAt == 0);
  }

  /** Those outside whom agents called into this call, in that order. */
  public List<OutsideParty> outsiders() {
    return outsiders;
  }

  /** The one who is called now, or in the call; never two. */
  public Optional<OutsideParty> outside() {
    return outsiders.isEmpty()
        ? Optional.empty()
        : Optional.of(outsiders.getLast()).filter(OutsideParty::present);
  }

  /** Whose part this event ended, and no other before it. */
  public Optional<OutsideParty> outsiderOf(LegEnded event) {
    return outsiders.stream().filter(party -> party.endedBy(event)).findFirst();
  }

  public Optional<CallerRead> read() {
    return Optional.ofNullable(read);
  }

  public Optional<CallerMatched> match() {
    return Optional.ofNullable(match);
  }

  /** The customer who is shown. */
  public Optional<CustomerId> customer() {
    return Optional.ofNullable(customer);
  }

  public Optional<CallerVerified> verified() {
    return Optional.ofNullable(verified);
  }

  public Optional<Announced> announced() {
    return Optional.ofNullable(announced);
  }

  public Optional<Queued> queued() {
    return Optional.ofNullable(queued);
  }

  /** What the caller was told of their turn last. */
  public Optional<TurnTold> turnTold() {
    return Optional.ofNullable(turnTold);
  }

  /** They are being told it. */
  public boolean telling() {
    return telling;
  }

  public Optional<GivenUp> givenUp() {
    return Optional.ofNullable(givenUp);
  }

  /** How we began it; empty for a call that arrived. */
  public Optional<DialledOut> dialledOut() {
    return Optional.ofNullable(dialledOut);
  }

  /** Two colleagues speak, or one calls the other: there is no customer. */
  public boolean inside() {
    return dialledOut != null && dialledOut.inside() != null;
  }

  /** When the colleague who is called answered; 0 before, and of any other call. */
  public long insideAnsweredAt() {
    return inside() ? segments.stream().skip(1).mapToLong(Segment::answeredAt).max().orElse(0) : 0;
  }

  /** The customer whom we called has answered, and still hears that the call is recorded. */
  public boolean greeting() {
    return dialledOut != null && dialledOut.announces() && !greeted && customerLeg().up();
  }

  /** Whether the customer can be put together with an agent: not yet while we call them. */
  public boolean reached() {
    return dialledOut == null || customerLeg().answeredAt() != 0 && !greeting();
  }

  /** How the customer was handed on last. */
  public Optional<HandedOn> handedOn() {
    return Optional.ofNullable(handedOn);
  }

  /** Where the customer is parked now; nobody is offered the call there. */
  public Optional<Parked> parked() {
    return Optional.ofNullable(parked).filter(place -> endedAt == 0);
  }

  /** The agent who must not be asked, because they handed the call to a queue and nobody took it yet. */
  public Optional<AgentId> handedOnBy() {
    return handedOn()
        .filter(on -> on.to() == To.QUEUE && !answeredAfter(on.n()))
        .map(on -> segment(on.n()).agent());
  }

  private boolean answeredAfter(int n) {
    return segments.stream().anyMatch(s -> s.n() > n && s.answeredAt != 0);
  }

  /** The segment whose agent the call goes back to, when this offer of it is not taken. */
  public Optional<Segment> comesBackTo(Segment offer) {
    return handedOn()
        .filter(on -> on.to() == To.AGENT && offer.n() == on.n() + 1)
        .map(on -> segment(on.n()));
  }

  /** The agent's name or extension, as a foreign switch told it last. */
  public Optional<String> observedAgent() {
    return Optional.ofNullable(observedAgent);
  }

  /** The agent of ours whom a foreign switch named. */
  public Optional<AgentId> knownAgent() {
    return Optional.ofNullable(knownAgent);
  }

  /** What the agent said of an observed call; of ours each segment has its own. */
  public @Nullable String observedDisposition() {
    return observedDisposition;
  }

  /** Until when the agent of an observed call that is over says what came of it; 0 for never. */
  public long observedWrapUpUntil() {
    return observedWrapUpUntil;
  }

  /** The customer waits in a queue and no agent is held by the call. */
  public boolean waiting() {
    return queued != null && givenUp == null && callBackAsked == null && parked == null
        && endedAt == 0 && openOffer().isEmpty() && talk().isEmpty() && outside().isEmpty();
  }

  /** The caller wants to be called back when it is their turn. */
  public Optional<CallBackAsked> callBackAsked() {
    return Optional.ofNullable(callBackAsked);
  }

  /** The caller is gone, and their place in the queue is kept. */
  public boolean placeKept() {
    return callBackAsked != null && callBackOver == null && endedAt != 0;
  }

  /** That the caller's message was taken before they hung up. */
  public Optional<MessageTaken> messageTaken() {
    return Optional.ofNullable(messageTaken);
  }

  /** How often who kept their place was called and not reached. */
  public int callBackTries() {
    return callBackTries;
  }

  /** The last time so. */
  public Optional<CallBackTried> callBackTried() {
    return Optional.ofNullable(callBackTried);
  }

  /** What became of the place that was kept. */
  public Optional<CallBackOver> callBackOver() {
    return Optional.ofNullable(callBackOver);
  }

  public boolean held() {
    return held;
  }

  /** The agent's phone itself put the customer on hold; the switch plays them music. */
  public boolean heldByDevice() {
    return talk()
        .flatMap(segment -> leg(segment.leg()))
        .map(leg -> leg.state() == LegState.HELD)
        .orElse(false);
  }

  public boolean refusedRecording() {
    return refusedRecording;
  }

  /** Asked to be paused, whatever the switch has told of it. */
  public boolean recordingPaused() {
    return recordingPaused;
  }

  public Collection<RecordingLife> recordings() {
    return recordings.values();
  }

  /** When the customer's leg ended; 0 while it lives. */
  public long endedAt() {
    return endedAt;
  }

  /** Whether it was this event that ended the customer's leg, and no other before it. */
  public boolean endedBy(LegEnded event) {
    return end == event;
  }

  public Optional<EndCause> endCause() {
    return Optional.ofNullable(end).map(LegEnded::cause);
  }

  /** Start of the interval in which something could not be observed; 0 when there was none. */
  public long unobservedFrom() {
    return unobservedFrom;
  }

  public long unobservedTo() {
    return unobservedTo;
  }

  /** Nothing can follow any more: the mailbox may be closed. */
  public boolean finished() {
    return endedAt != 0
        && observedWrapUpUntil == 0
        && !placeKept()
        && legs.values().stream().noneMatch(Leg::alive)
        && segments.stream().noneMatch(s -> s.offer.open() || s.talking() || s.wrappingUp())
        && recordings.values().stream().allMatch(RecordingLife::over);
  }

  /** Whether an event of this hash comes for the first time. */
  boolean firstTime(long hash) {
    return seen.add(hash);
  }

  void entered(long n, long at) {
    firstEntry = firstEntry == 0 ? n : firstEntry;
    firstEntryAt = Math.min(firstEntryAt, at);
    lastEntryAt = Math.max(lastEntryAt, at);
  }

  /** Number of its first entry in the journal. */
  long firstEntry() {
    return firstEntry;
  }

  /** Earliest time of an entry. */
  long firstEntryAt() {
    return firstEntryAt;
  }

  /** Time of the newest: until then it was observed. */
  public long lastEntryAt() {
    return lastEntryAt;
  }

  /** The row, unless the same one was written before. */
  <R extends Record> Optional<R> changed(String key, R row) {
    return row.equals(written.put(key, row)) ? Optional.empty() : Optional.of(row);
  }

  /** Where the call stands, from its legs and offers alone. */
  public Phase phase() {
    if (endedAt != 0) {
      return Phase.ENDED;
    }
    Optional<Segment> talk = talk();
    if (talk.isPresent() && !reached()) {
      return insideAnsweredAt() == 0 ? Phase.DIALLING : Phase.TALKING;
    }
    if (talk.isPresent()) {
      if (!Parts.accompanied(this)) {
        return talk.get().lostAt != 0 ? Phase.REJOINING : Phase.CONSULTING;
      }
      return held || heldByDevice() ? Phase.HELD : Phase.TALKING;
    }
    if (openOffer().isPresent()) {
      return reached() ? Phase.RINGING : Phase.DIALLING;
    }
    if (outside().isPresent()) {
      return Phase.OUTSIDE;
    }
    return parked == null ? Phase.WAITING : Phase.PARKED;
  }

  /** How it ended, as its record says; empty while it lives. */
  public String outcome() {
    return endedAt == 0
        ? ""
        : Records.outcome(this, Records.firstAnswer(this), endCause().orElse(EndCause.absent()));
  }

  /** Where a call can stand. */
  public enum Phase {
    WAITING,
    RINGING,
    TALKING,
    HELD,
    REJOINING,
    /** The customer hears music while their agent speaks to another one. */
    CONSULTING,
    /** The customer hears music until somebody picks them up. */
    PARKED,
    /** We call the customer: an agent's phone or theirs rings. */
    DIALLING,
    ENDED,
    /** Handed on to somebody outside: the customer hears music until they answer, then speaks to them. */
    OUTSIDE
  }
}
