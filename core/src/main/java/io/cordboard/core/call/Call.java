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
  private final Map<String, RecordingLife> recordings = new LinkedHashMap<>();
  private final Map<String, Object> written = new HashMap<>();
  private @Nullable CallerRead read;
  private @Nullable CallerMatched match;
  private @Nullable CustomerId customer;
  private @Nullable CallerVerified verified;
  private @Nullable Announced announced;
  private @Nullable Queued queued;
  private @Nullable GivenUp givenUp;
  private @Nullable String observedAgent;
  private @Nullable AgentId knownAgent;
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
      case LegJoined e -> leg.bridge = leg.alive() ? e.bridge() : null;
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
      case AnnouncementEnded e -> {}
      case TransferAsked e -> {}
      case CaptionSaid e -> {}
    }
  }

  private void answered(Leg leg, long at) {
    boolean first = !leg.up() && leg.alive();
    move(leg, LegSignal.ANSWERS);
    if (first) {
      leg.answeredAt = at;
    }
    if (leg.role() == Leg.Role.AGENT && leg.up()) {
      Segment segment = segment(leg.offer());
      offer(leg.offer(), OfferSignal.AGENT_ANSWERS);
      if (segment.offer == OfferState.ACCEPTED && segment.answeredAt == 0) {
        segment.answeredAt = at;
      }
      if (segment.leg.equals(leg.key())) {
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
    } else if (rang && !segment(leg.offer()).rejoining) {
      offer(leg.offer(), closing(event.cause()));
    }
  }

  private void customerGone(LegEnded event, long at) {
    if (end == null) {
      end = event;
      endedAt = Math.max(at, arrivedAt);
      held = false;
      segments.forEach(segment -> endTalk(segment, endedAt, "ENDED"));
    }
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
      case Queued e -> queued = e;
      case GivenUp e -> givenUp = e;
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
      case SegmentEnded e -> endTalk(segment(e.n()), e.at(), e.outcome());
      case RecordingOrdered e ->
          recordings.put(e.recording(), new RecordingLife(e.recording(), e.n(), e.at()));
      case RecordingPauseSet e -> recordingPaused = e.paused();
      case RecordingLost e -> recording(e.recording()).lost = true;
      case Disposed e -> segment(e.n()).disposition = e.disposition();
      case WrappedUp e -> segment(e.n()).wrappedUpAt = e.at();
      case Unobserved e -> {
        unobservedFrom = unobservedFrom == 0 ? e.from() : unobservedFrom;
        unobservedTo = e.to();
      }
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

  /** The part in which an agent talks now. */
  public Optional<Segment> talk() {
    return lastSegment().filter(Segment::talking);
  }

  /** The offer that is out now. */
  public Optional<Segment> openOffer() {
    return lastSegment().filter(segment -> segment.offer.open());
  }

  /** Whether the leg still serves: the customer's, a ringing device, the one that talks. */
  public boolean needs(Leg leg) {
    if (endedAt != 0 || leg.role() == Leg.Role.CUSTOMER) {
      return endedAt == 0;
    }
    Segment segment = segment(leg.offer());
    boolean present = segment.leg.equals(leg.key());
    return present
        && (segment.offer.open() || segment.talking() && (segment.lostAt == 0 || segment.rejoining));
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

  public Optional<GivenUp> givenUp() {
    return Optional.ofNullable(givenUp);
  }

  /** The agent's name or extension, as a foreign switch told it last. */
  public Optional<String> observedAgent() {
    return Optional.ofNullable(observedAgent);
  }

  /** The agent of ours whom a foreign switch named. */
  public Optional<AgentId> knownAgent() {
    return Optional.ofNullable(knownAgent);
  }

  /** The customer waits in a queue and no agent is held by the call. */
  public boolean waiting() {
    return queued != null && givenUp == null && endedAt == 0 && openOffer().isEmpty()
        && talk().isEmpty();
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
    if (talk.isPresent()) {
      return talk.get().lostAt != 0
          ? Phase.REJOINING
          : held || heldByDevice() ? Phase.HELD : Phase.TALKING;
    }
    return openOffer().isPresent() ? Phase.RINGING : Phase.WAITING;
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
    ENDED
  }
}
