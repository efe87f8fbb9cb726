package io.cordboard.web.fake;

import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.CallRecord;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.EndCause;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Past calls in memory. */
public final class FakeArchive implements CallArchive {
  private static final long AT = 1_700_000_000_000_000L;
  private final Map<CallId, PastCall> calls = new ConcurrentHashMap<>();

  /** A call of this customer with this agent, over a minute ago. */
  public void add(CallId call, CustomerId customer, AgentId agent) {
    EndCause cause = new EndCause(EndCause.Side.FAR, 16, 200, "bye");
    CallRecord record =
        new CallRecord(
            call, customer, "CLEAR", "+8613800138000", false, "4008001234", "care", "demo", 1,
            "ch-1", null, null, "trunk", true, AT, AT + 1_000_000, AT + 61_000_000, "ANSWERED",
            cause, 1_000, 60_000, 0, 0, agent, "solved", 0, null, null, 0);
    calls.put(
        call,
        new PastCall(
            record, "in",
            List.of(
                new CallRecord.Segment(
                    call, 1, agent, AT, AT + 1_000_000, AT + 61_000_000, 0, "ENDED", "solved")),
            List.of(
                new Corrected(
                    1, AT + 90_000_000, agent, new Said("other", List.of(), "What was said.")))));
  }

  @Override
  public Optional<Said> correct(CallId call, AgentId agent, @Nullable Said expected, Said now, long at) {
    return Optional.empty();
  }

  @Override
  public Optional<PastCall> find(CallId call) {
    return Optional.ofNullable(calls.get(call));
  }
}
