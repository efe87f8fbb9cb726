package io.cordboard.web.api;

import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.CallArchive.PastCall;
import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerFact;
import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.call.TalkQuality;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.profile.Timeline;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.web.api.AlarmView.FindingView;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A call that is over, as those see it who look after the team. */
@Tag(name = "calls")
@RestController
@RequestMapping("/api/v1/calls")
class CallRecordController {
  private final CallArchive archive;
  private final RecordingStore recordings;
  private final TalkQualities qualities;
  private final Users users;

  CallRecordController(
      CallArchive archive, RecordingStore recordings, TalkQualities qualities, Users users) {
    this.archive = archive;
    this.recordings = recordings;
    this.qualities = qualities;
    this.users = users;
  }

  /**
   * How a call went; of the customer only the id, and only for those who may see customers.
   *
   * @param direction in, out, or inside for a call between colleagues
   * @param endedBy FAR, US, SWITCH or UNKNOWN
   * @param unobserved in between something happened that could not be observed
   * @param fallback the switch looked after it alone while this server was not there: times are approximate
   * @param corrections what stood there before agents corrected it, the oldest first
   */
  record CallRecordView(
      String callId,
      @Nullable String customerId,
      String direction,
      String line,
      @Nullable String queue,
      Instant arrivedAt,
      @Nullable Instant answeredAt,
      @Nullable Instant endedAt,
      String outcome,
      String endedBy,
      long waitMillis,
      long talkMillis,
      Timeline.@Nullable Interval unobserved,
      List<Part> parts,
      List<Sound> recordings,
      List<OutsideTalk> outside,
      boolean fallback,
      List<Corrected> corrections) {}

  /**
   * Somebody outside whom an agent called into the call: to hand the customer on, or to ask them first.
   *
   * @param part of the agent who called them
   * @param endedAt of their part: when they had the customer, the end of that talk
   * @param outcome ANSWERED, or BUSY, NO_ANSWER, WRONG_NUMBER, REJECTED, CONGESTION, CANCELLED or FAILED
   */
  record OutsideTalk(
      int part,
      String number,
      Instant askedAt,
      @Nullable Instant answeredAt,
      @Nullable Instant endedAt,
      String outcome) {
    static OutsideTalk of(CallRecord.Outside one) {
      return new OutsideTalk(
          one.by(),
          one.number(),
          Clock.instant(one.askedAt()),
          Clock.instantOrNull(one.answeredAt()),
          Clock.instantOrNull(one.endedAt()),
          one.outcome());
    }
  }

  /**
   * One agent's part, also an offer that was not answered.
   *
   * @param why it was this call's turn, and this agent's: codes, or {@code CODE=value}
   * @param answers what the agent wrote in the fields of the outcome's form
   */
  record Part(
      int n,
      @Nullable String agent,
      Instant offeredAt,
      @Nullable Instant answeredAt,
      @Nullable Instant endedAt,
      String outcome,
      @Nullable String disposition,
      @Nullable Quality quality,
      List<String> why,
      List<LedgerFact.Answer> answers) {
    static Part of(
        CallRecord.Segment segment, PeopleNames names, @Nullable List<TalkQuality> heard) {
      return new Part(
          segment.n(),
          names.agent(segment.agent()),
          Clock.instant(segment.offeredAt()),
          Clock.instantOrNull(segment.answeredAt()),
          Clock.instantOrNull(segment.endedAt()),
          segment.outcome(),
          segment.disposition(),
          heard == null ? null : TalkQuality.whole(heard).map(Quality::of).orElse(null),
          segment.why(),
          segment.answers());
    }
  }

  /**
   * How the part sounded, as the agent's browser measured it; null where it was talked at another phone.
   *
   * @param seconds how long it was measured
   * @param lossPercent packets that did not arrive, of the worse direction
   * @param score mean opinion score between 1 and 4.5, by the E-model of ITU-T G.107
   * @param lowestScore the worst moment's
   */
  record Quality(
      int seconds,
      double lossPercent,
      int jitterMillis,
      int roundTripMillis,
      double score,
      double lowestScore) {
    static Quality of(TalkQuality said) {
      return new Quality(
          said.seconds(), rounded(said.lossPercent()), said.jitterMillis(),
          said.roundTripMillis(), rounded(said.score()), rounded(said.lowestScore()));
    }

    private static double rounded(double value) {
      return Math.round(value * 100) / 100.0;
    }
  }

  /** A recording of a part, what is wrong with it, and whether whoever asks may play it. */
  record Sound(
      String name,
      int part,
      String state,
      @Nullable Instant startedAt,
      long durationMillis,
      List<FindingView> findings,
      boolean mayPlay) {
    static Sound of(RecordingRow row, Principal who) {
      return new Sound(
          row.name(),
          row.segment(),
          row.state().name(),
          Clock.instantOrNull(row.startedAt()),
          AlarmView.millis(row),
          FindingView.of(row.alarm()),
          AlarmView.mayPlay(row, who));
    }
  }

  @Operation(summary = "The record of a call that is over: who was offered it, who talked, what was recorded")
  @Needs(Permission.SEE_TEAM)
  @GetMapping("/{id}/record")
  CallRecordView record(@PathVariable String id, Principal who) {
    CallId call = CallId.parse(id);
    PastCall past =
        archive
            .find(call)
            .orElseThrow(
                () ->
                    new Fault.NotFound(
                        "This call has no record: it is not over yet, or there never was one."));
    return view(
        past, recordings.ofCall(call), qualities.ofCall(call), new PeopleNames(users), who);
  }

  static CallRecordView view(
      PastCall past, List<RecordingRow> sounds, Map<Integer, List<TalkQuality>> heard,
      PeopleNames names, Principal who) {
    CallRecord call = past.call();
    boolean shown = call.customer() != null && who.may(Permission.SEE_CUSTOMERS);
    return new CallRecordView(
        call.call().toString(),
        shown ? String.valueOf(call.customer()) : null,
        past.direction(),
        call.line(),
        call.queue(),
        Clock.instant(call.arrivedAt()),
        Clock.instantOrNull(call.answeredAt()),
        Clock.instantOrNull(call.endedAt()),
        call.outcome(),
        call.cause().side().name(),
        call.waitMillis(),
        call.talkMillis(),
        unobserved(call),
        past.segments().stream()
            .map(segment -> Part.of(segment, names, heard.get(segment.n())))
            .toList(),
        sounds.stream().map(row -> Sound.of(row, who)).toList(),
        call.outside().stream().map(OutsideTalk::of).toList(),
        call.fallback(),
        past.corrections().stream()
            .map(one -> Corrected.of(one, names, who.may(Permission.SEE_CUSTOMERS)))
            .toList());
  }

  private static Timeline.@Nullable Interval unobserved(CallRecord call) {
    return call.approximateFrom() == 0
        ? null
        : new Timeline.Interval(
            Clock.instant(call.approximateFrom()), Clock.instant(call.approximateTo()));
  }
}
