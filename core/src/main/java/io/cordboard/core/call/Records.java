package io.cordboard.core.call;

import io.cordboard.core.call.CallRecord.Recording;
import io.cordboard.core.call.LedgerFact.Announced;
import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.call.LedgerFact.CallerRead;
import io.cordboard.core.call.LedgerFact.CallerVerified;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.kernel.EndCause;
import io.cordboard.spi.telephony.OutsideDialling.Outcome;
import java.util.List;

/** Makes the rows of a call's record from its mailbox. */
final class Records {
  private Records() {}

  static CallRecord call(Call call) {
    CallRecord.Segment talked = lastTalk(call);
    EndCause cause = call.endCause().orElse(EndCause.absent());
    long answeredAt = firstAnswer(call);
    return new CallRecord(
        call.id(),
        call.customer().orElse(null),
        call.match().map(CallerMatched::state).orElse("UNKNOWN"),
        call.read().map(CallerRead::number).orElse(null),
        call.read().map(read -> read.state().equals("WITHHELD")).orElse(false),
        call.read().map(CallerRead::line).orElse(""),
        call.queued()
            .map(Queued::queue)
            .or(() -> call.dialledOut().map(LedgerFact.DialledOut::queue))
            .filter(queue -> !queue.isEmpty())
            .orElse(null),
        call.arrival().leg().switchId(),
        call.arrival().leg().epoch(),
        call.arrival().leg().channel(),
        call.arrival().sipCallId(),
        call.arrival().linkedId(),
        call.arrival().claims().trunk(),
        call.controlled(),
        call.arrivedAt(),
        answeredAt,
        call.endedAt(),
        outcome(call, answeredAt, cause),
        cause,
        waitMillis(call, answeredAt),
        talkMillis(call),
        call.unobservedFrom(),
        call.unobservedTo(),
        talked == null ? call.knownAgent().orElse(null) : talked.agent(),
        talked == null ? call.observedDisposition() : talked.disposition(),
        call.verified().map(CallerVerified::at).orElse(0L),
        call.verified().map(CallerVerified::method).orElse(null),
        call.announced().map(Announced::version).orElse(null),
        call.announced().map(Announced::at).orElse(0L),
        direction(call),
        call.fallback(),
        call.outsiders().stream().map(Records::outside).toList());
  }

  private static String direction(Call call) {
    if (call.inside()) {
      return "inside";
    }
    return call.dialledOut().isPresent() ? "out" : "in";
  }

  private static CallRecord.Outside outside(OutsideParty party) {
    return new CallRecord.Outside(
        party.by(), party.asked().number(), party.asked().at(), party.answeredAt(),
        party.endedAt(), party.outcome());
  }

  static String outcome(Call call, long answeredAt, EndCause cause) {
    if (cause.text().equals("switch-restart")) {
      return "SWITCH_RESTART";
    }
    if (!call.controlled() && !call.fallback()) {
      return "ENDED";
    }
    if (answeredAt != 0) {
      return "ANSWERED";
    }
    if (call.callBackAsked().isPresent()) {
      return "CALL_BACK";
    }
    if (call.dialledOut().isPresent()) {
      return Outcome.of(cause).name();
    }
    return call.givenUp().map(gone -> gone.reason()).orElse("ABANDONED");
  }

  /** When an agent first answered; for an observed call, when it was answered at all. */
  static long firstAnswer(Call call) {
    return call.controlled() && call.dialledOut().isEmpty()
        ? call.segments().stream()
            .mapToLong(Segment::answeredAt)
            .filter(at -> at != 0)
            .findFirst()
            .orElse(0)
        : met(call);
  }

  /** When whoever was called answered. */
  private static long met(Call call) {
    return call.inside() ? call.insideAnsweredAt() : call.customerLeg().answeredAt();
  }

  /** Waiting is counted from the entry into the queue. */
  private static long waitMillis(Call call, long answeredAt) {
    long from = call.queued().map(Queued::since).orElse(call.arrivedAt());
    long to = answeredAt != 0 ? answeredAt : call.endedAt();
    return Math.max(0, to - from) / 1000;
  }

  private static long talkMillis(Call call) {
    if (!call.controlled()) {
      long from = call.customerLeg().answeredAt();
      return from == 0 ? 0 : Math.max(0, call.endedAt() - from) / 1000;
    }
    return call.segments().stream()
        .filter(s -> s.answeredAt() != 0 && s.endedAt() != 0 && s.served())
        .mapToLong(s -> talkMicros(call, s) / 1000)
        .sum();
  }

  /** An agent who dials is at the phone before the customer is. */
  private static long talkMicros(Call call, Segment s) {
    long met = met(call);
    if (call.dialledOut().isPresent() && met == 0) {
      return 0;
    }
    long from = call.dialledOut().isPresent() ? Math.max(met, s.answeredAt()) : s.answeredAt();
    return Math.max(0, s.endedAt() - from);
  }

  private static CallRecord.@org.jspecify.annotations.Nullable Segment lastTalk(Call call) {
    CallRecord.Segment last = null;
    for (Segment segment : call.segments()) {
      if (segment.answeredAt() != 0 && segment.served()) {
        last = segment(call, segment);
      }
    }
    return last;
  }

  static CallRecord.Segment segment(Call call, Segment s) {
    return new CallRecord.Segment(
        call.id(),
        s.n(),
        s.agent(),
        s.offered().at(),
        s.answeredAt(),
        s.endedAt(),
        s.wrappedUpAt(),
        s.offer() == OfferState.ACCEPTED ? s.outcome : s.offer().name(),
        s.disposition(),
        s.offered().why(),
        s.answers());
  }

  static LedgerStore.OfferRow offer(Call call, Segment s) {
    return new LedgerStore.OfferRow(
        call.id(),
        s.n(),
        s.agent(),
        call.queued().map(Queued::queue).orElse(""),
        s.offered().at(),
        s.offered().deadline(),
        s.offer(),
        s.offer().open() || s.talking());
  }

  static List<Recording> recordings(Call call) {
    return call.recordings().stream()
        .filter(life -> life.startedAt() != 0 || life.over())
        .map(life -> recording(call, life))
        .toList();
  }

  private static Recording recording(Call call, RecordingLife life) {
    return new Recording(
        life.name(),
        call.id(),
        life.segment(),
        call.arrival().leg().switchId(),
        life.startedAt(),
        life.endedAt(),
        life.state(),
        call.announced().map(Announced::version).orElse(null),
        life.silent());
  }
}
