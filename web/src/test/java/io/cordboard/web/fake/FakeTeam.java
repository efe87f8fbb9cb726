package io.cordboard.web.fake;

import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.desk.TeamView;
import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A board that shows an empty team, and remembers what it was asked. */
public final class FakeTeam implements TeamDoor {
  private static final Instant NOW = Instant.parse("2026-01-05T01:00:00Z");

  /** Who looks. */
  public final Map<String, Consumer<TeamView>> watchers = new ConcurrentHashMap<>();

  /** What was ordered, in words. */
  public final List<String> orders = new CopyOnWriteArrayList<>();

  /** Calls that are over, the newest first. */
  public final List<PastCall> past = new CopyOnWriteArrayList<>();

  /** Which calls were asked for. */
  public final List<CallsWanted> asked = new CopyOnWriteArrayList<>();

  private static TeamView view() {
    return new TeamView(NOW, NOW, List.of(), List.of(), List.of());
  }

  @Override
  public void watch(String connection, Consumer<TeamView> sink) {
    watchers.put(connection, sink);
    sink.accept(view());
  }

  @Override
  public void leave(String connection) {
    watchers.remove(connection);
  }

  @Override
  public CompletionStage<TeamView> now() {
    return CompletableFuture.completedFuture(view());
  }

  @Override
  public List<PastCall> calls(CallsWanted wanted) {
    asked.add(wanted);
    Position before = wanted.before();
    return past.stream()
        .filter(call -> before == null || call.arrivedAt().isBefore(Clock.instant(before.arrived())))
        .limit(wanted.most())
        .toList();
  }

  @Override
  public CompletionStage<Void> move(CallId call, String queue) {
    if (queue.equals("full")) {
      return CompletableFuture.failedFuture(new Fault.Refused("This call does not wait any more."));
    }
    orders.add("move " + call + " to " + queue);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> order(AgentId agent, Wanted wanted, String reason) {
    orders.add(agent + " " + wanted + " " + reason);
    return CompletableFuture.completedFuture(null);
  }
}
