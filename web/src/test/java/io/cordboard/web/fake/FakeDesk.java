package io.cordboard.web.fake;

import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskMessage.Me;
import io.cordboard.core.desk.DeskMessage.QueueLoad;
import io.cordboard.core.desk.DeskMessage.Snapshot;
import io.cordboard.core.desk.DeskSink;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A desk door that shows what tests tell it, and remembers what it was asked. */
public final class FakeDesk implements DeskDoor {
  /** A command, and who sent it. */
  public record Sent(AgentId agent, DeskCommand command) {}

  private static final Instant NOW = Instant.parse("2026-01-05T01:00:00Z");

  /** Calls on every desk. */
  public final List<CallView> calls = new CopyOnWriteArrayList<>();

  /** A release, and by whom. */
  public record Release(AgentId agent, String by) {}

  private final Map<String, DeskSink> sinks = new ConcurrentHashMap<>();
  private final List<String> detached = new CopyOnWriteArrayList<>();
  private final List<Sent> commands = new CopyOnWriteArrayList<>();
  private final List<Correction> corrections = new CopyOnWriteArrayList<>();
  private final List<Release> releases = new CopyOnWriteArrayList<>();
  private volatile List<AgentStatus> agents = List.of();
  private volatile Function<DeskCommand, CompletionStage<Void>> answer =
      command -> CompletableFuture.completedFuture(null);

  @Override
  public void attach(AgentId agent, String connection, DeskSink sink) {
    sinks.put(connection, sink);
    sink.take(snapshot(agent, connection));
  }

  private static Snapshot snapshot(AgentId agent, String connection) {
    return new Snapshot(1, connection, NOW, me(agent), List.of(), Map.of(), List.of(), Map.of(),
        DeskMessage.TaskLoad.NONE);
  }

  private static Me me(AgentId agent) {
    return new Me(
            agent.toString(),
            "user",
            "名",
            "READY",
            null,
            NOW,
            "BROWSER",
            "2001",
            "IDLE",
            true,
            null,
            5,
            600_000,
            null,
            90_000,
            1);
  }

  @Override
  public void detach(AgentId agent, String connection) {
    sinks.remove(connection);
    detached.add(connection);
  }

  @Override
  public CompletionStage<Void> correct(AgentId agent, CallId call, Correction now) {
    corrections.add(now);
    return CompletableFuture.completedFuture(null);
  }

  /** How records were corrected. */
  public List<Correction> corrections() {
    return corrections;
  }

  @Override
  public CompletionStage<Void> command(AgentId agent, String connection, DeskCommand command) {
    commands.add(new Sent(agent, command));
    return answer.apply(command);
  }

  @Override
  public CompletionStage<CallId> dial(AgentId agent, DeskCommand.Dial wish) {
    return command(agent, "", wish).thenApply(done -> new CallId(new UUID(0, 9)));
  }

  @Override
  public CompletionStage<Void> release(AgentId agent, String by) {
    if (agents.stream().noneMatch(a -> a.agentId().equals(agent.toString()))) {
      return CompletableFuture.failedFuture(new Fault.NotFound("There is no such agent."));
    }
    releases.add(new Release(agent, by));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Look> look(AgentId agent) {
    return CompletableFuture.completedFuture(
        new Look(
            me(agent), calls,
            List.of(new QueueLoad("care", "Care", 2, null, 1, 0, List.of()))));
  }

  @Override
  public List<AgentStatus> agents() {
    return agents;
  }

  @Override
  public TransferTargets targets(AgentId agent) {
    return new TransferTargets(
        agents.stream()
            .filter(other -> !other.agentId().equals(agent.toString()))
            .map(
                other ->
                    new TargetAgent(
                        other.agentId(), other.user(), other.name(), other.state(), other.since(),
                        other.state().equals("READY"), null))
            .toList(),
        List.of(new TargetQueue("care", "Care", 1, true)),
        false);
  }

  /** Agents that there are. */
  public void agents(List<AgentStatus> now) {
    agents = now;
  }

  /** How commands are answered from now on. */
  public void answer(Function<DeskCommand, CompletionStage<Void>> how) {
    answer = how;
  }

  /** Tells every open desk. */
  public void tell(DeskMessage message) {
    sinks.values().forEach(sink -> sink.take(message));
  }

  /** How many desks are open. */
  public int open() {
    return sinks.size();
  }

  /** Connections that are gone. */
  public List<String> detached() {
    return detached;
  }

  /** Commands so far. */
  public List<Sent> commands() {
    return commands;
  }

  /** Releases so far. */
  public List<Release> releases() {
    return releases;
  }
}
