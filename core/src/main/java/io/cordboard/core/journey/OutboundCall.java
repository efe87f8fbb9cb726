package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.Announced;
import io.cordboard.core.call.LedgerFact.CallerRead;
import io.cordboard.core.call.LedgerFact.DialledOut;
import io.cordboard.core.call.LedgerFact.RecordingRefused;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.LegState;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.Line;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.CallEvent.DigitPressed;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.OutsideOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An agent calls a customer: the card is on the desk → the agent's own phone answers → the customer is
 * dialled, and the agent hears it ring → the customer hears that the call is recorded → talk → wrap up →
 * the record. From the talk on it is a call like one that arrived. Holds no state.
 */
final class OutboundCall {
  private static final long SECOND = 1_000_000;

  /** How long a customer's phone rings. */
  private static final int RING_SECONDS = 60;

  /** The switch's own time-out comes first; ours is for a switch that forgets. */
  private static final long MARGIN = 10 * SECOND;

  /** Longer than any announcement: then we go on without its end. */
  private static final long GREETING = 60 * SECOND;

  private final Supplier<Directory> directory;
  private final IdentifyCaller identification;
  private final Talk talk;
  private final Offers offers;
  private final InboundCall inbound;
  private final Outcomes outcomes;
  private final InsideCall inside;

  OutboundCall(
      Supplier<Directory> directory, IdentifyCaller identification, Talk talk, Offers offers,
      InboundCall inbound, Outcomes outcomes) {
    this.directory = directory;
    this.identification = identification;
    this.talk = talk;
    this.offers = offers;
    this.inbound = inbound;
    this.outcomes = outcomes;
    this.inside = new InsideCall(directory, offers, inbound.handingOn());
  }

  /**
   * What an agent wants to dial.
   *
   * @param queue whose owed call-back this is; null for none
   * @param found whom the number points to; null when that could not be looked up
   */
  record Wish(
      OutsideNumbers.Outside outside, @Nullable String queue, @Nullable List<NumberMatch> found) {}

  // ---- an agent dials ------------------------------------------------------------------------

  /** Begins the call, or says by a {@link Fault.Refused} why not. */
  CallId dial(
      Turn turn, AgentId by, Wish wish, @Nullable Handset handset, Predicate<String> dials) {
    boolean emergency = wish.outside().emergency();
    checkFree(turn, by, emergency, handset);
    Device device = handset == null ? device(turn, by, dials) : handset.device();
    Line line = line(by, wish);
    if (emergency && turn.agent(by).state() == AgentState.OFFLINE) {
      turn.signal(by, AgentSignal.GO_NOT_READY, "break", null);
    }
    finishRecord(turn, by);
    String queue = wish.queue() == null ? line.queue() : wish.queue();
    Call call =
        begin(
            turn, identification, wish,
            new Begin(by, device.switchId(), line, queue, rest(turn, by), null, 0, leg(handset)));
    offers.own(turn, call, by, device, line);
    return call.id();
  }

  /** The same for a colleague's extension. */
  CallId dialInside(
      Turn turn, AgentId by, Directory.Agent to, String extension, @Nullable Handset handset) {
    checkFree(turn, by, false, handset);
    Device device = inside.device(turn, by, to, handset);
    finishRecord(turn, by);
    return inside.begin(
        turn, device, to, new InsideCall.Begin(by, extension, rest(turn, by), leg(handset)));
  }

  private static @Nullable LegKey leg(@Nullable Handset handset) {
    return handset == null ? null : handset.leg();
  }

  /** The break from which the agent dials; null for none. */
  private static @Nullable String rest(Turn turn, AgentId by) {
    Agent agent = turn.agent(by);
    return agent.state() == AgentState.NOT_READY
        ? Objects.requireNonNullElse(agent.reason(), "break")
        : null;
  }

  /**
   * How a call is begun.
   *
   * @param rest the break from which the agent dials, null for none
   * @param callBack the call whose kept place this is, null for none; {@code asked} is since when
   * @param handset the leg at which the agent dialled by hand, null for none
   */
  record Begin(
      AgentId by,
      String switchId,
      Line line,
      String queue,
      @Nullable String rest,
      @Nullable CallId callBack,
      long asked,
      @Nullable LegKey handset) {}

  /** The call is there, and whom it is for; no phone rings yet. */
  static Call begin(Turn turn, IdentifyCaller identification, Wish wish, Begin how) {
    Line line = how.line();
    long epoch = turn.agents().epoch(how.switchId());
    long now = turn.now();
    boolean announces =
        line.recorded() && line.announcement() != null && !wish.outside().emergency();
    Call call =
        turn.open(
            id ->
                new DialledOut(
                    now, how.by(), new LegKey(how.switchId(), epoch, "x-" + id),
                    wish.outside().number(), line.did(), how.queue(), RING_SECONDS, announces,
                    how.rest(), how.callBack(), how.asked(), null, how.handset()));
    turn.record(
        call,
        new CallerRead(turn.now(), wish.outside().state(), wish.outside().number(), line.did()));
    if (wish.found() == null) {
      identification.lookUp(turn, call);
    } else {
      identification.matched(turn, call, wish.found());
    }
    return call;
  }

  /** Who finishes a record has finished it by dialling: it may still be corrected. */
  private void finishRecord(Turn turn, AgentId by) {
    wrappingUp(turn, by).ifPresent(call -> finished(turn, call, by));
  }

  private static Optional<Call> wrappingUp(Turn turn, AgentId by) {
    Agent agent = turn.agent(by);
    return switch (agent.state()) {
      case WRAP_UP, WRAP_UP_BREAK_NEXT -> Optional.ofNullable(agent.call()).flatMap(turn::call);
      default -> Optional.empty();
    };
  }

  /** Nothing that is to be written up first keeps anybody from an emergency call. */
  void checkFree(Turn turn, AgentId by, boolean emergency, @Nullable Handset handset) {
    if (handset != null && offers.changesPhone(by)) {
      throw new Fault.Refused("Your phone is being exchanged for the other one: dial again in a moment.");
    }
    switch (turn.agent(by).state()) {
      case OFFLINE -> {
        if (!emergency) {
          throw new Fault.Refused("You are not signed in for calls: sign in, then dial.");
        }
      }
      case OFFERED, TALKING, TALKING_BREAK_NEXT ->
          throw new Fault.Refused("You are in a call, or one rings: end it, then dial.");
      case WRAP_UP, WRAP_UP_BREAK_NEXT -> {
        if (!emergency) {
          wrappingUp(turn, by).ifPresent(call -> checkComplete(call, by));
        }
      }
      case READY, NOT_READY -> {}
    }
  }

  private void checkComplete(Call call, AgentId by) {
    call.segments().stream()
        .filter(segment -> segment.agent().equals(by) && segment.wrappingUp())
        .forEach(segment -> outcomes.checkComplete(call, segment));
  }

  private static void finished(Turn turn, Call call, AgentId by) {
    for (Segment segment : List.copyOf(call.segments())) {
      if (segment.agent().equals(by) && segment.wrappingUp()) {
        InboundCall.finish(turn, call, segment, false);
      }
    }
    if (!call.controlled()) {
      ObservedCall.finish(turn, call, false);
    }
  }

  /** A real phone before the demo's, on a switch that can dial outside. */
  private Device device(Turn turn, AgentId by, Predicate<String> dials) {
    Directory.Agent known = directory.get().agents().get(by);
    List<Device> devices =
        known == null
            ? List.of()
            : known.devices().stream()
                .filter(d -> turn.agents().linkUp(d.switchId()) && dials.test(d.switchId()))
                .sorted(Comparator.comparing(d -> d.phone() == Directory.Phone.VIRTUAL))
                .toList();
    if (devices.isEmpty()) {
      throw new Fault.Refused(
          "You have no phone on a connected switch that dials outside: ask who runs the server.");
    }
    return devices.stream()
        .filter(d -> offers.reachable(turn, by, d.switchId()))
        .findFirst()
        .orElseThrow(
            () ->
                new Fault.Refused(
                    "Your phone is not there, or busy: look at the phone's light, then dial again."));
  }

  /** The line that the customer called last, else the one of the agent's first queue. */
  private Line line(AgentId by, Wish wish) {
    List<NumberMatch> found = wish.found() == null ? List.of() : wish.found();
    Directory now = directory.get();
    Optional<Line> last =
        found.stream()
            .filter(match -> match.lastCallAt() != null && match.lastLine() != null)
            .sorted(Comparator.comparing(NumberMatch::lastCallAt).reversed())
            .flatMap(match -> now.line(Objects.requireNonNull(match.lastLine())).stream())
            .findFirst();
    List<Line> lines = now.lines().values().stream().sorted(Comparator.comparing(Line::did)).toList();
    List<String> queues =
        now.queues().values().stream()
            .filter(queue -> queue.members().contains(by))
            .map(Directory.Queue::id)
            .sorted()
            .toList();
    return last.or(
            () ->
                queues.stream()
                    .flatMap(queue -> lines.stream().filter(line -> line.queue().equals(queue)))
                    .findFirst())
        .or(() -> lines.stream().findFirst())
        .orElseThrow(
            () ->
                new Fault.Refused(
                    "No line is set up whose number the customer could see: add one, then dial."));
  }

  // ---- what switches tell --------------------------------------------------------------------

  void told(Turn turn, Call call, CallEvent event) {
    LegKey customer = call.customerLeg().key();
    switch (event) {
      case LegAnswered e when e.leg().equals(customer) -> customerAnswered(turn, call);
      case LegAnswered e when dialsNow(call, e.leg()) -> agentAnswered(turn, call);
      case AnnouncementEnded e when e.leg().equals(customer) && e.playId().startsWith("a-") ->
          greeted(turn, call, e.whole());
      case DigitPressed e -> {
        if (e.leg().equals(customer)) {
          digit(turn, call, e.digit());
        }
      }
      default -> inbound.told(turn, call, event);
    }
  }

  /** The agent who dials has answered their own phone for the first time, on whichever leg it rang last. */
  private static boolean dialsNow(Call call, LegKey leg) {
    Segment first = call.segments().isEmpty() ? null : call.segment(1);
    return first != null
        && first.talking()
        && !first.aside()
        && first.leg().equals(leg)
        && call.leg(leg).filter(own -> own.answeredAt() == first.answeredAt()).isPresent()
        && call.endedAt() == 0
        && call.customerLeg().state() == LegState.DIALLED;
  }

  private void agentAnswered(Turn turn, Call call) {
    Segment first = call.segment(1);
    turn.signal(first.agent(), AgentSignal.ANSWER, null, call.id());
    call.dialledOut()
        .map(DialledOut::rest)
        .ifPresent(
            reason ->
                turn.signal(first.agent(), AgentSignal.GO_NOT_READY, reason, call.id()));
    if (call.inside()) {
      inside.ring(turn, call, first);
    } else {
      dialCustomer(turn, call, first);
    }
  }

  private static void dialCustomer(Turn turn, Call call, Segment first) {
    DialledOut out = call.dialledOut().orElseThrow();
    LegKey customer = call.customerLeg().key();
    turn.effect(call, new Effect.Join(first.leg(), Talk.bridge(call)));
    turn.effect(
        call,
        new Effect.DialOutside(
            customer,
            new OutsideOrder(
                customer.channel(), call.id(), out.number(), out.shown(), out.ringSeconds(),
                first.leg(), Talk.bridge(call))));
  }

  private void customerAnswered(Turn turn, Call call) {
    DialBack.reached(turn, call);
    if (call.endedAt() != 0 || call.talk().isEmpty()) {
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.NORMAL));
    } else if (call.greeting()) {
      greet(turn, call);
    } else {
      met(turn, call);
    }
  }

  /** An announcement is heard outside of bridges only. */
  private void greet(Turn turn, Call call) {
    Line.Notice notice = line(call).map(Line::announcement).orElse(null);
    LegKey customer = call.customerLeg().key();
    if (notice == null) {
      // taken from the line since we dialled
      turn.concluded(new AnnouncementEnded(customer, turn.now(), playId(call), false));
      return;
    }
    turn.effect(call, new Effect.Leave(customer, Talk.bridge(call)));
    turn.effect(
        call,
        new Effect.Say(
            customer, playId(call), new Announcement(notice.text(), notice.language())));
  }

  private static String playId(Call call) {
    return "a-" + call.id();
  }

  private void greeted(Turn turn, Call call, boolean whole) {
    Line.Notice notice = line(call).map(Line::announcement).orElse(null);
    if (whole && notice != null && call.announced().isEmpty()) {
      turn.record(call, new Announced(turn.now(), notice.version(), notice.language()));
    }
    if (call.endedAt() == 0 && call.talk().isPresent()) {
      met(turn, call);
    }
  }

  /** Agent and customer hear each other. */
  private void met(Turn turn, Call call) {
    talk.connect(turn, call);
    talk.joined(turn, call);
  }

  /** The customer says no to being recorded: while it is announced, and until recording begins. */
  private static void digit(Turn turn, Call call, String digit) {
    if (digit.equals(InboundCall.REFUSES_RECORDING)
        && !call.refusedRecording()
        && call.recordings().isEmpty()) {
      turn.record(call, new RecordingRefused(turn.now()));
    }
  }

  private Optional<Line> line(Call call) {
    return call.read().flatMap(read -> directory.get().line(read.line()));
  }

  /** A call-back that is held out to an agent, who has not taken it yet. */
  static boolean offered(Call call, Segment segment) {
    return segment.offer().open() && call.dialledOut().map(DialledOut::callBack).isPresent();
  }

  // ---- it comes to nothing -------------------------------------------------------------------

  /** The agent's own phone was not answered: nobody was dialled. */
  static void phoneFailed(Turn turn, Call call) {
    conclude(turn, call, new EndCause(Side.US, 0, 0, "agent-phone"));
  }

  /** The agent gives up before the customer answers. */
  static void giveUp(Turn turn, Call call) {
    conclude(turn, call, new EndCause(Side.US, 16, 0, "given-up"));
  }

  /** Whether this agent's part is that of who dials, and whom they call was not reached yet. */
  static boolean dialling(Call call, Segment segment) {
    return segment.n() == 1
        && !call.reached()
        && call.insideAnsweredAt() == 0
        && (segment.offer().open() || segment.talking());
  }

  /** Back to the break from which the agent dialled. */
  static void restAgain(Turn turn, Call call, Segment segment) {
    call.dialledOut()
        .filter(out -> segment.n() == 1)
        .map(DialledOut::rest)
        .ifPresent(reason -> turn.signal(segment.agent(), AgentSignal.GO_NOT_READY, reason, null));
  }

  /** A leg that the switch does not have yet would never be told as ended. */
  private static void conclude(Turn turn, Call call, EndCause cause) {
    if (call.inside()) {
      InsideCall.over(turn, call, cause);
    } else if (call.endedAt() == 0) {
      LegKey customer = call.customerLeg().key();
      turn.effect(call, new Effect.End(customer, HangUp.NORMAL));
      turn.concluded(new LegEnded(customer, turn.now(), cause));
    }
  }

  // ---- by time, and after a restart ----------------------------------------------------------

  /** When it is looked at whether the switch has forgotten the customer's leg, or the announcement. */
  static long due(Call call) {
    Leg customer = call.customerLeg();
    if (call.dialledOut().isEmpty() || call.reached() || call.inside() || call.talk().isEmpty()) {
      return Long.MAX_VALUE;
    }
    return call.greeting()
        ? customer.answeredAt() + GREETING
        : customer.dialledAt() + RING_SECONDS * SECOND + MARGIN;
  }

  static void come(Turn turn, Call call) {
    if (call.greeting()) {
      turn.concluded(
          new AnnouncementEnded(call.customerLeg().key(), turn.now(), playId(call), false));
    } else {
      conclude(turn, call, new EndCause(Side.SWITCH, 19, 0, "no-answer-told"));
    }
  }

  /** Orders again whatever should be so; every effect is idempotent. */
  void resumed(Turn turn, Call call) {
    if (call.endedAt() != 0 || call.reached()) {
      inbound.resumed(turn, call);
      return;
    }
    if (!call.inside()) {
      identification.lookUp(turn, call);
    }
    call.legs().stream()
        .filter(leg -> leg.alive() && !call.needs(leg))
        .forEach(leg -> turn.effect(call, new Effect.End(leg.key(), HangUp.NORMAL)));
    Segment first = call.segments().isEmpty() ? null : call.segment(1);
    if (first == null) {
      phoneFailed(turn, call);
    } else if (first.offer().open()) {
      offers.ringAgain(turn, call, first);
    } else if (!first.talking()) {
      phoneFailed(turn, call);
    } else {
      talk.resumed(turn, call);
      if (call.inside()) {
        inside.resumed(turn, call);
      } else if (call.greeting()) {
        greet(turn, call);
      } else if (call.customerLeg().state() == LegState.DIALLED && first.lostAt() == 0) {
        dialCustomer(turn, call, first);
      } else if (call.customerLeg().state() == LegState.DIALLED) {
        // the order may be lost, and nobody is there who could hear it ring
        giveUp(turn, call);
      }
    }
  }

  /** The agent gives up while their own phone still rings. */
  void withdraw(Turn turn, Call call, Segment segment) {
    inbound.closeOffer(turn, call, segment, OfferState.WITHDRAWN);
  }
}
