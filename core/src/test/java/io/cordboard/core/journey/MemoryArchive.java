package io.cordboard.core.journey;

import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.CallRecord;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The records that a {@link MemoryLedger} was given. */
final class MemoryArchive implements CallArchive {
  private final MemoryLedger ledger;
  private final Map<CallId, List<Corrected>> kept = new ConcurrentHashMap<>();

  MemoryArchive(MemoryLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Optional<PastCall> find(CallId call) {
    return Optional.ofNullable(ledger.calls.get(call))
        .map(
            record ->
                new PastCall(record, record.direction(), segments(call), corrections(call)));
  }

  private List<Corrected> corrections(CallId call) {
    return kept.getOrDefault(call, List.of());
  }

  private List<CallRecord.Segment> segments(CallId call) {
    return ledger.segments.values().stream().filter(one -> one.call().equals(call)).toList();
  }

  @Override
  public Optional<Said> correct(CallId call, AgentId agent, @Nullable Said expected, Said now, long at) {
    Optional<CallRecord.Segment> talk = find(call).flatMap(past -> past.lastTalk(agent));
    talk.ifPresent(
        s -> {
            Said before = new Said(s.disposition(), s.answers());
            kept.computeIfAbsent(call, c -> new ArrayList<>()).add(new Corrected(s.n(), at, agent, before));
            ledger.segments.put(
                call + "/" + s.n(),
                new CallRecord.Segment(
                    call, s.n(), agent, s.offeredAt(), s.answeredAt(), s.endedAt(),
                    s.wrappedUpAt(), s.outcome(), now.disposition(), s.why(), now.answers()));
        });
    return talk.map(s -> new Said(s.disposition(), s.answers()));
  }
}
