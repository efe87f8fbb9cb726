package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact;
import io.cordboard.core.call.RecordingLife;
import io.cordboard.core.call.Segment;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.CallView.Recording;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.Notes.Note;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
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
    Phase phase = null;
    for (Segment segment : call.segments()) {
      if (segment.agent().equals(agent)) {
        phase = phase(call, segment);
      }
    }
    return phase;
  }

  private static @Nullable Phase phase(Call call, Segment segment) {
    if (segment.offer().open()) {
      return Phase.RINGING;
    }
    if (segment.answeredAt() == 0) {
      return null;
    }
    if (segment.talking()) {
      return segment.lostAt() != 0
          ? Phase.REJOINING
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
        call.queued().map(q -> queueLabel(q.queue())).orElse(null),
        Offers.shownNumber(call),
        call.read().map(LedgerFact.CallerRead::state).orElse("UNREADABLE"),
        callerName(call),
        Clock.instant(call.arrivedAt()),
        segment == null ? null : instant(segment.offered().deadline()),
        answeredAt(call, segment),
        null,
        instant(call.endedAt()),
        segment == null ? null : instant(segment.wrapUpUntil()),
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
        segment == null ? null : segment.disposition());
  }

  private static @Nullable Instant answeredAt(Call call, @Nullable Segment segment) {
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
