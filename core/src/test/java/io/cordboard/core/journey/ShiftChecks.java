package io.cordboard.core.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerStore.Entry;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.OutsideParty;
import io.cordboard.core.call.Parts;
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
  /** What consultations came to in this shift. */
  final Set<String> met = new HashSet<>();

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
            // who handed it on is not asked, and may be given a later one
            waits |= call.waiting() && call.handedOnBy().isEmpty();
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
      whoIsWithWhom(call);
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

  private void whoIsWithWhom(Call call) {
    String as = picture(call);
    note(call);
    List<Segment> offers = call.segments().stream().filter(s -> s.offer().open()).toList();
    List<Segment> talks = call.segments().stream().filter(Segment::talking).toList();
    assertThat(offers).as(as).hasSizeLessThanOrEqualTo(1);
    boolean offered = offers.stream().anyMatch(s -> s.by() == 0);
    assertThat(offered && !talks.isEmpty()).as("offered while somebody talks: " + as).isFalse();
    Segment second = Parts.consultation(call).orElse(null);
    if (second != null) {
      assertThat(call.segment(second.by()).talking()).as("who asked is there: " + as).isTrue();
    }
    OutsideParty party = call.outside().orElse(null);
    Segment asked = party != null && party.aside() ? call.segment(party.by()) : null;
    assertThat(party != null && (second != null || offered)).as("two asked: " + as).isFalse();
    assertThat(party != null && call.waiting()).as("waits and is handed on: " + as).isFalse();
    if (asked != null) {
      assertThat(asked.talking()).as("who asked outside is there: " + as).isTrue();
    }
    for (Segment s : talks) {
      boolean both =
          s == asked || second != null && (s == second || s == call.segment(second.by()));
      assertThat(s.aside() && !both).as("an agent apart, alone: " + as).isFalse();
      assertThat(call.endedAt() != 0 && !both).as("talks to nobody: " + as).isFalse();
    }
  }

  private void note(Call call) {
    Segment second = Parts.consultation(call).orElse(null);
    if (second != null) {
      boolean waits = second.talking() && !call.segment(second.by()).aside();
      met.add(waits ? "WAITING" : second.talking() ? "SPEAKING" : "RINGING");
    }
    if (call.inside() && call.endedAt() == 0) {
      met.add(call.insideAnsweredAt() == 0 ? "INSIDE_RINGS" : "INSIDE");
    }
    if (call.dialledOut().filter(out -> out.handset() != null).isPresent()) {
      met.add(call.reached() && call.customerLeg().up() ? "BY_HAND_REACHED" : "BY_HAND");
    }
    if (Parts.internal(call)) {
      met.add(call.outside().isPresent() ? "OUTSIDE_ALONE" : "INTERNAL");
    }
    call.outside().ifPresent(party -> met.add(outside(call, party)));
    if (call.parked().isPresent()) {
      met.add(call.openOffer().isPresent() ? "PICKED_UP" : "PARKED");
    }
    int together = Parts.withCustomer(call).size();
    if (together > 1) {
      met.add("CONFERENCE");
    }
    if (call.segments().stream().anyMatch(s -> s.by() != 0 && s.served() && s.endedAt() == 0)) {
      met.add(together == 1 ? "HANDED_OVER" : "JOINED");
    }
  }

  private static String outside(Call call, OutsideParty party) {
    if (party.aside()) {
      boolean waits = party.talking() && !call.segment(party.by()).aside();
      return waits ? "OUTSIDE_WAITING" : party.talking() ? "OUTSIDE_SPEAKING" : "OUTSIDE_RINGING";
    }
    return !party.talking()
        ? "OUTSIDE_CALLED"
        : call.talk().isPresent() ? "OUTSIDE_CONFERENCE" : "OUTSIDE_HAS_IT";
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
    text.append(call.parked()).append(call.refusedRecording()).append(call.recordingPaused()).append(call.announced());
    for (Segment s : call.segments()) {
      text.append('\n').append(s.offered()).append(s.offer()).append(s.leg()).append(s.answeredAt());
      text.append(s.endedAt()).append(s.lostAt()).append(s.rejoining()).append(s.wrappedUpAt());
      text.append(s.disposition()).append(s.served()).append(s.aside()).append(s.met());
    }
    for (OutsideParty o : call.outsiders()) {
      text.append('\n').append(o.asked()).append(o.aside()).append(o.met()).append(o.answeredAt());
      text.append(o.endedAt()).append(o.outcome());
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
      assertThat(customer != null)
          .as("customer of\n" + picture(call))
          .isEqualTo(call.endedAt() == 0 && !call.inside());
      if (customer != null) {
        mine.add(customer.key);
      }
      agreed(call, customer, mine);
    }
    pbx.customers().forEach(c -> assertThat(mine).as("a caller without a call").contains(c.key));
    pbx.devices().forEach(d -> assertThat(mine).as("a ringing without a call").contains(d.key));
  }

  private void agreed(Call call, Channel customer, Set<LegKey> mine) {
    String bridge = Talk.bridge(call);
    String where = "%s: %s".formatted(call.phase(), picture(call));
    for (Segment s : call.segments()) {
      Channel agent = pbx.channel(s.leg());
      if (s.talking() && s.lostAt() == 0) {
        assertThat(agent).as(where).isNotNull();
        mine.add(agent.key);
        assertThat(agent.bridge).as(where).isEqualTo(bridgeOf(call, s));
        assertThat(agent.music).as(where).isEqualTo(agent.bridge == null);
      } else if (agent != null && (s.offer().open() || s.rejoining())) {
        mine.add(s.leg());
      }
    }
    call.outside()
        .ifPresent(
            party -> {
              mine.add(party.leg());
              Channel there = pbx.channel(party.leg());
              assertThat(there).as(where).isNotNull();
              assertThat(party.talking()).as(where).isEqualTo(there.up);
              if (there.up) {
                assertThat(there.bridge).as(where).isEqualTo(bridgeOf(call, party));
                assertThat(there.music).as(where).isEqualTo(there.bridge == null);
              }
            });
    Channel agent = call.lastSegment().map(Segment::leg).map(pbx::channel).orElse(null);
    switch (call.phase()) {
      case TALKING -> {
        if (!call.inside()) {
          assertThat(customer.bridge).as(where).isEqualTo(bridge);
        }
      }
      case HELD -> {
        // by the phone's own key the switch plays the music, in the bridge
        assertThat(customer.bridge).as(where).isEqualTo(call.held() ? null : bridge);
        assertThat(customer.music).as(where).isEqualTo(call.held());
      }
      case REJOINING, CONSULTING, PARKED -> {
        assertThat(customer.bridge).as(where).isNull();
        assertThat(customer.music).as(where).isTrue();
      }
      case RINGING -> {
        boolean pageAway = call.lastSegment().filter(Segment::ringLost).isPresent();
        assertThat(agent != null || pageAway).as(where).isTrue();
      }
      case WAITING -> assertThat(customer.bridge).as(where).isNull();
      case OUTSIDE -> {
        boolean there = Parts.outsideWithCustomer(call).isPresent();
        assertThat(customer.bridge).as(where).isEqualTo(there ? bridge : null);
        assertThat(customer.music).as(where).isEqualTo(!there);
      }
      case ENDED -> {}
    }
  }

  private static String bridgeOf(Call call, OutsideParty party) {
    if (!party.aside()) {
      return Parts.talkBridge(call);
    }
    return call.segment(party.by()).aside() ? Parts.asideBridge(call) : null;
  }

  /** None for whoever waits while the other one speaks to the customer. */
  private static String bridgeOf(Call call, Segment s) {
    if (!s.aside()) {
      return Parts.talkBridge(call);
    }
    boolean waits = !s.served() && !call.segment(s.by()).aside();
    return waits ? null : Parts.asideBridge(call);
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
    if (out(record)) {
      assertThat(record.outcome())
          .isIn(
              "ANSWERED", "SWITCH_RESTART", "BUSY", "NO_ANSWER", "WRONG_NUMBER", "REJECTED",
              "CONGESTION", "CANCELLED", "FAILED");
      assertThat(record.outcome().equals("ANSWERED"))
          .as(record.toString())
          .isEqualTo(record.answeredAt() != 0 && !record.outcome().equals("SWITCH_RESTART"));
      return;
    }
    assertThat(record.outcome())
        .isIn("ANSWERED", "ABANDONED", "MISSED", "CLOSED", "FULL", "SWITCH_RESTART", "NO_LINE");
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

  private static boolean out(CallRecord record) {
    return !record.direction().equals("in");
  }

  private void everyTaskIsRight() {
    Map<CallId, String> tasks = new HashMap<>();
    for (TaskChange task : memory.tasks) {
      if (task instanceof TaskChange.Tried tried) {
        CallRecord record = memory.calls.get(tried.call());
        assertThat(out(record) && record.answeredAt() == 0).as(tried.toString()).isTrue();
        if (!record.outcome().equals("SWITCH_RESTART")) {
          assertThat(tried.outcome()).as(tried.toString()).isEqualTo(record.outcome());
        }
        continue;
      }
      String what = task instanceof TaskChange.Missed missed ? missed.reason() : "served";
      CallId call =
          switch (task) {
            case TaskChange.Missed missed -> missed.call();
            case TaskChange.Served served -> served.call();
            case TaskChange.Tried tried -> tried.call();
          };
      String before = tasks.put(call, what);
      assertThat(before == null || out(memory.calls.get(call)) && before.equals(what))
          .as("a second task change of " + call)
          .isTrue();
    }
    for (CallRecord record : memory.calls.values()) {
      assertThat(tasks.get(record.call())).as(record.toString()).isEqualTo(task(record));
    }
  }

  private static String task(CallRecord record) {
    if (record.number() == null && record.customer() == null) {
      return null;
    }
    if (out(record)) {
      return record.answeredAt() == 0 ? null : "served";
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
