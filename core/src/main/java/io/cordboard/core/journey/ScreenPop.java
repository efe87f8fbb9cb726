package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.OutsideParty;
import io.cordboard.core.call.Parts;
import io.cordboard.core.call.RecordingLife;
import io.cordboard.core.call.Segment;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.ConsultationState;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.CallView.Recording;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.Notes.Note;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.EndCause;
import io.cordboard.spi.telephony.OutsideDialling.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes what one agent sees of a call out of its mailbox. Pure but for what it is given. */
final class ScreenPop {
  private final Supplier<Directory> directory;
  private final Faces faces;
  private final Talk talk;

  ScreenPop(Supplier<Directory> directory, Faces faces, Talk talk) {
    this.directory = directory;
    this.faces = faces;
    this.talk = talk;
  }

  /** The agent's part of it decides the phase; null when the call is none of theirs. */
  static @Nullable Phase phase(Call call, AgentId agent) {
    if (!call.controlled()) {
      return observedPhase(call, agent);
    }
    Phase phase = null;
    for (Segment segment : call.segments()) {
      if (segment.agent().equals(agent)) {
        phase = phase(call, segment);
      }
    }
    return phase;
  }

  private static Phase observedPhase(Call call, AgentId agent) {
    boolean theirs = call.knownAgent().filter(agent::equals).isPresent();
    return switch (call.customerLeg().state()) {
      case DIALLED, RINGING -> Phase.RINGING;
      case UP -> Phase.TALKING;
      case HELD -> Phase.HELD;
      case ENDED -> theirs && call.observedWrapUpUntil() != 0 ? Phase.WRAP_UP : Phase.DONE;
    };
  }

  private static @Nullable Phase phase(Call call, Segment segment) {
    if (OutboundCall.dialling(call, segment)
        && !OutboundCall.offered(call, segment)
        && segment.lostAt() == 0) {
      return Phase.DIALLING;
    }
    if (segment.offer().open()) {
      return Phase.RINGING;
    }
    if (segment.answeredAt() == 0) {
      return null;
    }
    if (segment.talking()) {
      if (segment.lostAt() != 0) {
        return Phase.REJOINING;
      }
      return segment.aside()
          ? Phase.CONSULTING
          : call.held() || call.heldByDevice() ? Phase.HELD : Phase.TALKING;
    }
    return segment.wrappingUp() ? Phase.WRAP_UP : Phase.DONE;
  }

  @Nullable Card card(Call call) {
    Card card = faces.card(call.id(), call.customer().orElse(null));
    return card == null || call.verified().isPresent() ? card : card.masked();
  }

  CallView view(Call call, AgentId agent, Phase phase, List<String> alsoTalking) {
    Segment segment =
        call.segments().stream().filter(s -> s.agent().equals(agent)).reduce((a, b) -> b).orElse(null);
    Note note = faces.note(call.id(), agent);
    Line line = line(call);
    return new CallView(
        call.id().toString(),
        phase,
        line == null ? call.read().map(LedgerFact.CallerRead::line).orElse("") : line.label(),
        call.queued()
            .map(LedgerFact.Queued::queue)
            .or(() -> call.dialledOut().map(LedgerFact.DialledOut::queue))
            .filter(queue -> !queue.isEmpty())
            .map(this::queueLabel)
            .orElse(null),
        call.inside()
            ? InsideCall.extensionFor(call, segment == null ? 1 : segment.n(), directory.get())
            : Offers.shownNumber(call),
        call.inside()
            ? "INTERNAL"
            : call.read().map(LedgerFact.CallerRead::state).orElse("UNREADABLE"),
        call.inside()
            ? InsideCall.nameFor(call, segment == null ? 1 : segment.n(), directory.get())
            : callerName(call),
        Clock.instant(call.arrivedAt()),
        segment == null ? null : instant(Offers.ringsUntil(segment)),
        answeredAt(call, segment),
        null,
        instant(call.endedAt()),
        instant(segment == null ? call.observedWrapUpUntil() : segment.wrapUpUntil()),
        call.endCause().map(cause -> cause.side().name()).orElse(null),
        recording(call),
        call.controlled(),
        call.unobservedTo() != 0,
        match(call),
        call.verified()
            .map(v -> new CallView.Verified(Clock.instant(v.at()), v.method()))
            .orElse(null),
        alsoTalking,
        note.text(),
        note.revision(),
        segment == null ? call.observedDisposition() : segment.disposition(),
        handover(call, agent),
        segment == null ? List.of() : earlierNotes(call, segment),
        segment != null && autoAnswer(call),
        segment == null ? null : consultation(call, segment),
        segment == null ? List.of() : others(call, segment),
        call.read().map(LedgerFact.CallerRead::line).orElse(null),
        segment == null ? List.of() : answers(segment.answers()),
        segment != null && Outcomes.mayExtend(segment),
        call.inside() ? outgoingInside(call, segment) : outgoing(call),
        call.dialledOut().map(out -> instant(out.askedAt())).orElse(null),
        call.inside());
  }

  /** For whoever dialled. */
  private static CallView.@Nullable Outgoing outgoingInside(Call call, @Nullable Segment mine) {
    if (mine == null || mine.n() != 1) {
      return null;
    }
    if (call.insideAnsweredAt() != 0) {
      return CallView.Outgoing.ANSWERED;
    }
    if (call.endedAt() != 0) {
      return ended(call);
    }
    return mine.talking() ? CallView.Outgoing.RINGS : CallView.Outgoing.OWN_PHONE;
  }

  private static CallView.Outgoing ended(Call call) {
    return CallView.Outgoing.valueOf(Outcome.of(call.endCause().orElse(EndCause.absent())).name());
  }

  private static CallView.@Nullable Outgoing outgoing(Call call) {
    if (call.dialledOut().isEmpty()) {
      return null;
    }
    if (call.customerLeg().answeredAt() != 0) {
      return call.greeting() && call.endedAt() == 0
          ? CallView.Outgoing.ANNOUNCES
          : CallView.Outgoing.ANSWERED;
    }
    if (call.endedAt() != 0) {
      return ended(call);
    }
    return switch (call.customerLeg().state()) {
      case DIALLED ->
          call.customerLeg().planned() ? CallView.Outgoing.OWN_PHONE : CallView.Outgoing.DIALS;
      case RINGING, UP, HELD, ENDED -> CallView.Outgoing.RINGS;
    };
  }

  private List<String> others(Call call, Segment mine) {
    if (!mine.talking()) {
      return List.of();
    }
    return Stream.concat(
            Parts.others(call, mine).stream().map(part -> name(part.agent())),
            Parts.outsideWithCustomer(call).stream().map(party -> party.asked().number()))
        .toList();
  }

  private CallView.@Nullable Consultation consultation(Call call, Segment mine) {
    OutsideParty party = askedOutside(call, mine);
    if (party != null) {
      long from = party.answeredAt() == 0 ? party.asked().at() : party.answeredAt();
      return new CallView.Consultation(
          party.asked().number(), true, state(party, mine), Clock.instant(from), true);
    }
    Segment second =
        Parts.consultation(call)
            .filter(part -> part == mine || part.by() == mine.n())
            .or(() -> missed(call, mine))
            .orElse(null);
    if (second == null) {
      return null;
    }
    Segment asker = call.segment(second.by());
    long since = second.answeredAt() == 0 ? second.offered().at() : second.answeredAt();
    return new CallView.Consultation(
        name(second == mine ? asker.agent() : second.agent()), second != mine,
        state(second, asker), Clock.instant(since), false);
  }

  /** Who is asked now, or was last, for as long as the customer waits to be taken back. */
  private static @Nullable OutsideParty askedOutside(Call call, Segment mine) {
    OutsideParty last = call.outsiders().isEmpty() ? null : call.outsiders().getLast();
    if (last == null || last.by() != mine.n() || !last.aside() || !mine.talking()) {
      return null;
    }
    boolean since =
        call.lastSegment().filter(part -> part.offered().at() > last.asked().at()).isEmpty();
    boolean missed = call.held() && since && !last.outcome().equals(Outcome.CANCELLED.name());
    return last.present() || missed ? last : null;
  }

  private static ConsultationState state(OutsideParty party, Segment asker) {
    if (party.talking()) {
      return asker.aside() ? ConsultationState.TALKING : ConsultationState.WAITING;
    }
    if (party.present()) {
      return ConsultationState.RINGING;
    }
    if (party.answeredAt() != 0) {
      return ConsultationState.LEFT;
    }
    return switch (Outcome.valueOf(party.outcome())) {
      case BUSY -> ConsultationState.BUSY;
      case NO_ANSWER -> ConsultationState.NO_ANSWER;
      case WRONG_NUMBER -> ConsultationState.WRONG_NUMBER;
      case REJECTED -> ConsultationState.DECLINED;
      case CONGESTION, CANCELLED, FAILED -> ConsultationState.FAILED;
    };
  }

  /** It came to nothing: said for as long as the customer waits to be taken back. */
  private static Optional<Segment> missed(Call call, Segment mine) {
    return call.lastSegment()
        .filter(part -> part.by() == mine.n() && !part.served())
        .filter(part -> call.held() && mine.talking() && part.offer() != OfferState.WITHDRAWN);
  }

  private static ConsultationState state(Segment second, Segment asker) {
    return switch (second.offer()) {
      case MADE, RINGING -> ConsultationState.RINGING;
      case ACCEPTED -> second.endedAt() != 0
          ? ConsultationState.LEFT
          : asker.aside() ? ConsultationState.TALKING : ConsultationState.WAITING;
      case DECLINED -> ConsultationState.DECLINED;
      case NO_ANSWER -> ConsultationState.NO_ANSWER;
      case FAILED, WITHDRAWN -> ConsultationState.FAILED;
    };
  }

  static List<DeskCommand.Filled> answers(List<LedgerFact.Answer> answers) {
    return answers.stream()
        .map(answer -> new DeskCommand.Filled(answer.field(), answer.value()))
        .toList();
  }

  private CallView.@Nullable Handover handover(Call call, AgentId agent) {
    return call.handedOn()
        .map(
            on -> {
              AgentId by = call.segment(on.n()).agent();
              return new CallView.Handover(
                  Clock.instant(on.at()), name(by), to(on), target(on), by.equals(agent));
            })
        .orElse(null);
  }

  private static DeskCommand.TransferTo to(LedgerFact.HandedOn on) {
    return switch (on.to()) {
      case AGENT -> DeskCommand.TransferTo.AGENT;
      case QUEUE -> DeskCommand.TransferTo.QUEUE;
      case OUTSIDE -> DeskCommand.TransferTo.NUMBER;
    };
  }

  private String target(LedgerFact.HandedOn on) {
    return switch (on.to()) {
      case AGENT -> name(AgentId.parse(on.target()));
      case QUEUE -> queueLabel(on.target());
      case OUTSIDE -> on.target();
    };
  }

  private String name(AgentId agent) {
    Directory.Agent known = directory.get().agents().get(agent);
    return known == null ? "" : known.name();
  }

  /** Also what they still type while they finish their record. */
  private List<CallView.EarlierNote> earlierNotes(Call call, Segment mine) {
    return call.segments().stream()
        .filter(part -> part.n() < mine.n() && part.answeredAt() != 0)
        .map(Segment::agent)
        .filter(by -> !by.equals(mine.agent()))
        .distinct()
        .map(by -> new CallView.EarlierNote(name(by), faces.note(call.id(), by).text()))
        .filter(note -> !note.text().isBlank())
        .toList();
  }

  private boolean autoAnswer(Call call) {
    return call.queued()
        .map(LedgerFact.Queued::queue)
        .or(() -> call.dialledOut().filter(out -> out.callBack() != null).map(LedgerFact.DialledOut::queue))
        .map(queue -> directory.get().queues().get(queue))
        .filter(Directory.Queue::autoAnswer)
        .isPresent();
  }

  private static @Nullable Instant answeredAt(Call call, @Nullable Segment segment) {
    if (call.dialledOut().isPresent() && segment != null && segment.n() == 1) {
      return instant(
          call.inside() ? call.insideAnsweredAt() : call.customerLeg().answeredAt());
    }
    return segment != null
        ? instant(segment.answeredAt())
        : instant(call.customerLeg().answeredAt());
  }

  private static @Nullable Instant instant(long micros) {
    return micros == 0 ? null : Clock.instant(micros);
  }

  /** The display name is the caller's own word; never shown where the number is withheld. */
  private static @Nullable String callerName(Call call) {
    boolean withheld =
        call.read().map(read -> read.state().equals("WITHHELD")).orElse(true);
    return withheld ? null : call.arrival().claims().displayName();
  }

  private Recording recording(Call call) {
    if (!talk.mayRecord(call)) {
      return Recording.NOT_RECORDED;
    }
    // what the switch does, not what it was asked for: until it has paused, it records
    if (call.recordings().stream().anyMatch(r -> r.writing() && !r.paused())) {
      return Recording.RECORDED;
    }
    if (call.recordingPaused() || call.recordings().stream().anyMatch(RecordingLife::writing)) {
      return Recording.PAUSED;
    }
    boolean lost = call.recordings().stream().anyMatch(r -> r.lost() && r.startedAt() == 0);
    return lost ? Recording.FAILED : Recording.PENDING;
  }

  private CallView.Match match(Call call) {
    CustomerId shown = faces.shown(call.id(), call.customer().orElse(null));
    String customer = shown == null ? null : shown.toString();
    return call.match()
        .map(
            match ->
                new CallView.Match(
                    match.state(),
                    customer,
                    match.candidates().stream().map(ScreenPop::candidate).toList()))
        .orElse(new CallView.Match("LOOKING", customer, List.of()));
  }

  private static CallView.Candidate candidate(LedgerFact.Candidate candidate) {
    return new CallView.Candidate(
        candidate.customer().toString(),
        candidate.name(),
        candidate.level(),
        candidate.confidence(),
        candidate.reasons().stream().map(ScreenPop::reason).toList());
  }

  private static CallView.Reason reason(String code) {
    int equals = code.indexOf('=');
    return equals < 0
        ? new CallView.Reason(code, null)
        : new CallView.Reason(code.substring(0, equals), code.substring(equals + 1));
  }

  private String queueLabel(String queue) {
    Directory.Queue known = directory.get().queues().get(queue);
    return known == null ? queue : known.label();
  }

  private @Nullable Line line(Call call) {
    return call.read().flatMap(read -> directory.get().line(read.line())).orElse(null);
  }
}
