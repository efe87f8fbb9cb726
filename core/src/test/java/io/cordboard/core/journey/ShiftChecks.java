package io.cordboard.core.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerStore.Entry;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.Segment;
import io.cordboard.core.journey.PlayedSwitch.Channel;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.LegKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must hold of a shift, whatever happens in it. */
final class ShiftChecks {
  private final MemoryLedger memory;
  private final PlayedSwitch pbx;
  private final List<AgentId> agents;
  private final Set<LegKey> known = new HashSet<>();
  private final Map<CallId, Long> places = new HashMap<>();

  ShiftChecks(MemoryLedger memory, PlayedSwitch pbx, List<AgentId> agents) {
    this.memory = memory;
    this.pbx = pbx;
    this.agents = agents;
  }

  // ---- at any time ---------------------------------------------------------------------------

  /** An order leaves only when what it is made of is in the journal. */
  void ordered(String name) {
    for (Entry entry : memory.journal.reversed()) {
      if (new String(entry.body(), StandardCharsets.UTF_8).contains(name)) {
        return;
      }
    }
    throw new AssertionError("ordered before its commit: " + name);
  }

  /** Calls whose turn it could be, in the order of their turn, by queue. */
  Map<String, List<Call>> waiting(Collection<Call> calls) {
    Map<String, List<Call>> queues = new TreeMap<>();
    calls.stream()
        .filter(call -> call.waiting() && call.match().isPresent())
        .sorted(
            Comparator.<Call, Boolean>comparing(call -> !queued(call).front())
                .thenComparingLong(call -> queued(call).since())
                .thenComparing(Call::id))
        .forEach(
            call -> queues.computeIfAbsent(queued(call).queue(), q -> new ArrayList<>()).add(call));
    return queues;
  }

  private static Queued queued(Call call) {
    return call.queued().orElseThrow();
  }

  /** Who was offered came before all who still wait. */
  void inOrder(Map<String, List<Call>> before, Collection<Call> now) {
    before.forEach(
        (queue, calls) -> {
          boolean waits = false;
          for (Call call : calls) {
            assertThat(waits && !call.waiting())
                .as("%s was offered before one that came earlier in %s", call.id(), queue)
                .isFalse();
            waits |= call.waiting();
          }
        });
  }

  /** After each commit. */
  void always(WatchedStory story) {
    if (story.turn() == null) {
      return;
    }
    Map<AgentId, CallId> held = new HashMap<>();
    for (Call call : story.calls()) {
      long holding =
          call.segments().stream().filter(s -> s.offer().open() || s.talking()).count();
      assertThat(holding).as("agents held by " + call.id()).isLessThanOrEqualTo(1);
      for (Segment s : call.segments()) {
        if (s.offer().open() || s.talking()) {
          CallId other = held.put(s.agent(), call.id());
          assertThat(other).as("%s holds %s too", call.id(), s.agent()).isNull();
          assertThat(story.turn().agent(s.agent()).call()).isEqualTo(call.id());
        }
      }
    }
    for (AgentId agent : agents) {
      if (story.turn().agent(agent).state().busy()) {
        assertThat(held).as("%s is busy with nothing", agent).containsKey(agent);
      }
    }
  }

  /** A step went well: what has arrived by now must have a record some day. */
  void committed(WatchedStory story) {
    for (Call call : story.calls()) {
      known.add(call.arrival().leg());
      call.queued()
          .ifPresent(
              q ->
                  assertThat(places.merge(call.id(), q.since(), (a, b) -> a))
                      .as("the place of " + call.id())
                      .isEqualTo(q.since()));
    }
  }

  // ---- after a kill --------------------------------------------------------------------------

  /** All that a restart must find again. */
  Map<CallId, String> memory(WatchedStory story) {
    Map<CallId, String> all = new TreeMap<>();
    for (Call call : story.calls()) {
      if (!call.finished()) {
        all.put(call.id(), picture(call));
      }
    }
    return all;
  }

  void rebuilt(Map<?, ?> before, WatchedStory story) {
    if (before != null) {
      assertThat(memory(story)).as("rebuilt from the journal").isEqualTo(before);
    }
  }

  private static String picture(Call call) {
    StringBuilder text = new StringBuilder();
    text.append(call.phase()).append(call.queued()).append(call.givenUp()).append(call.match());
    text.append(call.customer()).append(call.held()).append(call.endedAt());
    text.append(call.refusedRecording()).append(call.recordingPaused()).append(call.announced());
    for (Segment s : call.segments()) {
      text.append('\n').append(s.offered()).append(s.offer()).append(s.leg()).append(s.answeredAt());
      text.append(s.endedAt()).append(s.lostAt()).append(s.rejoining()).append(s.wrappedUpAt());
      text.append(s.disposition());
    }
    call.legs().forEach(leg -> text.append('\n').append(leg.key()).append(leg.state()).append(leg.bridge()));
    call.recordings().forEach(r -> text.append('\n').append(r.name()).append(r.state()));
    return text.toString();
  }

  // ---- when it is calm -----------------------------------------------------------------------

  /** The switch does what the ledger says. */
  void agreed(WatchedStory story) {
    Set<LegKey> mine = new HashSet<>();
    for (Call call : story.calls()) {
      Channel customer = pbx.channel(call.arrival().leg());
      assertThat(customer != null).as("customer of\n" + picture(call)).isEqualTo(call.endedAt() == 0);
      if (customer != null) {
        mine.add(customer.key);
        agreed(call, customer, mine);
      }
    }
    pbx.customers().forEach(c -> assertThat(mine).as("a caller without a call").contains(c.key));
    pbx.devices().forEach(d -> assertThat(mine).as("a ringing without a call").contains(d.key));
  }

  private void agreed(Call call, Channel customer, Set<LegKey> mine) {
    String bridge = Talk.bridge(call);
    Channel agent =
        call.lastSegment().map(Segment::leg).map(pbx::channel).orElse(null);
    if (agent != null) {
      mine.add(agent.key);
    }
    String where = "%s: %s".formatted(call.phase(), picture(call));
    switch (call.phase()) {
      case TALKING -> {
        assertThat(customer.bridge).as(where).isEqualTo(bridge);
        assertThat(agent).as(where).isNotNull();
        assertThat(agent.bridge).as(where).isEqualTo(bridge);
      }
      case HELD -> {
        // by the phone's own key the switch plays the music, in the bridge
        assertThat(customer.bridge).as(where).isEqualTo(call.held() ? null : bridge);
        assertThat(customer.music).as(where).isEqualTo(call.held());
        assertThat(agent).as(where).isNotNull();
      }
      case REJOINING -> {
        assertThat(customer.bridge).as(where).isNull();
        assertThat(customer.music).as(where).isTrue();
      }
      case RINGING -> assertThat(agent).as(where).isNotNull();
      case WAITING -> assertThat(customer.bridge).as(where).isNull();
      case ENDED -> {}
    }
  }

  // ---- at the end ----------------------------------------------------------------------------

  void over(WatchedStory story) {
    assertThat(story.calls().stream().map(ShiftChecks::picture)).as("calls that hang").isEmpty();
    assertThat(pbx.devices()).as("devices off the hook").isEmpty();
    assertThat(pbx.recordsNothing()).as("recordings that go on").isTrue();
    everyCallHasOneRecord();
    memory.calls.values().forEach(this::complete);
    everyTaskIsRight();
    everyAgentIsFree(story);
  }

  private void everyCallHasOneRecord() {
    Map<String, CallId> byChannel = new HashMap<>();
    memory.calls.forEach(
        (id, record) ->
            assertThat(byChannel.put(record.channel(), id))
                .as("a second record of " + record.channel())
                .isNull());
    known.forEach(
        leg -> assertThat(byChannel).as("the record of " + leg).containsKey(leg.channel()));
  }

  private void complete(CallRecord record) {
    assertThat(record.arrivedAt()).isPositive();
    assertThat(record.endedAt()).as(record.toString()).isGreaterThanOrEqualTo(record.arrivedAt());
    assertThat(record.outcome())
        .isIn("ANSWERED", "ABANDONED", "MISSED", "SWITCH_RESTART", "NO_LINE");
    memory.segments.values().stream()
        .filter(s -> s.call().equals(record.call()))
        .forEach(s -> segment(record, s));
  }

  private static void segment(CallRecord record, CallRecord.Segment segment) {
    if (segment.answeredAt() != 0) {
      assertThat(segment.endedAt()).as(segment.toString()).isPositive();
      assertThat(segment.wrappedUpAt()).as(segment.toString()).isPositive();
      assertThat(record.outcome()).isIn("ANSWERED", "SWITCH_RESTART");
    } else {
      assertThat(segment.outcome())
          .isIn(
              OfferState.DECLINED.name(), OfferState.NO_ANSWER.name(), OfferState.WITHDRAWN.name(),
              OfferState.FAILED.name());
    }
  }

  private void everyTaskIsRight() {
    Map<CallId, String> tasks = new HashMap<>();
    for (TaskChange task : memory.tasks) {
      String what =
          switch (task) {
            case TaskChange.Missed missed -> missed.reason();
            case TaskChange.Served served -> "served";
          };
      CallId call =
          switch (task) {
            case TaskChange.Missed missed -> missed.call();
            case TaskChange.Served served -> served.call();
          };
      assertThat(tasks.put(call, what)).as("a second task change of " + call).isNull();
    }
    for (CallRecord record : memory.calls.values()) {
      assertThat(tasks.get(record.call())).as(record.toString()).isEqualTo(task(record));
    }
  }

  private static String task(CallRecord record) {
    if (record.number() == null && record.customer() == null) {
      return null;
    }
    return switch (record.outcome()) {
      case "ANSWERED" -> "served";
      case "ABANDONED" -> "abandoned";
      case "MISSED" -> "missed";
      case "SWITCH_RESTART" -> "switch-restart";
      default -> null;
    };
  }

  private void everyAgentIsFree(WatchedStory story) {
    for (AgentId agent : agents) {
      assertThat(story.turn().agent(agent).state())
          .as("agent " + agent)
          .isIn(AgentState.OFFLINE, AgentState.READY, AgentState.NOT_READY);
      assertThat(story.turn().agent(agent).call()).isNull();
    }
    assertThat(memory.held()).as("agents whom the database holds").isEmpty();
  }
}
