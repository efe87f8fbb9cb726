package io.cordboard.web.fake;

import io.cordboard.core.call.CallDoor;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls by their legs, and the events that were told. */
public final class FakeCalls implements CallDoor {
  private final Map<LegKey, CallId> byLeg = new ConcurrentHashMap<>();
  private final List<CallEvent> events = new CopyOnWriteArrayList<>();
  private final List<TestCall> placed = new CopyOnWriteArrayList<>();
  private volatile String customer = "";
  private volatile boolean noSwitch;

  @Override
  public CompletionStage<CallId> observe(SwitchSignal.Happened signal) {
    events.add(signal.event());
    return CompletableFuture.completedFuture(
        byLeg.computeIfAbsent(signal.event().leg(), leg -> new CallId(UUID.randomUUID())));
  }

  @Override
  public CompletionStage<CallId> placeTestCall(Optional<String> switchId, TestCall call) {
    if (noSwitch) {
      return CompletableFuture.failedFuture(
          new Fault.Refused("No connected switch can place a test call."));
    }
    placed.add(call);
    return CompletableFuture.completedFuture(
        byLeg.computeIfAbsent(
            new LegKey(switchId.orElse("demo"), 0, "test" + placed.size()),
            leg -> new CallId(UUID.randomUUID())));
  }

  @Override
  public Optional<CallId> callOf(LegKey leg) {
    return Optional.ofNullable(byLeg.get(leg));
  }

  @Override
  public Optional<CallStatus> status(CallId call) {
    return byLeg.containsValue(call)
        ? Optional.of(new CallStatus(call, "WAITING", "", "", customer))
        : Optional.empty();
  }

  /** The customer of every call. */
  public void customer(String id) {
    customer = id;
  }

  /** Whether no switch can place calls. */
  public void noSwitch(boolean now) {
    noSwitch = now;
  }

  /** Events so far. */
  public List<CallEvent> events() {
    return events;
  }

  /** Test calls so far. */
  public List<TestCall> placed() {
    return placed;
  }

  /** How many calls there are. */
  public int size() {
    return byLeg.size();
  }
}
