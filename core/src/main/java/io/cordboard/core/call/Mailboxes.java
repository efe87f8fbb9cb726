package io.cordboard.core.call;

import io.cordboard.core.call.LedgerStore.AgentRow;
import io.cordboard.core.call.LedgerStore.Entry;
import io.cordboard.core.call.LedgerStore.Recovered;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All live calls of a shard, and the way from a leg to its call, looked up at delivery. Touched by the
 * ledger's thread only.
 */
final class Mailboxes implements Turn {
  /** Further than this from our time a source's own does not count: deadlines and restarts go by it. */
  private static final long OFF = 60_000_000L;

  private final Story story;
  private final Tables tables;
  private final SteadyTime time;
  private final Ids ids;
  private final LedgerWatch watch;
  private final EventCodec codec = new EventCodec();
  private final Map<CallId, Call> calls = new LinkedHashMap<>();
  private final Map<LegKey, CallId> legs = new HashMap<>();
  private final LegMemory memory = new LegMemory();
  private final Timers timers = new Timers();
  private final AgentBook agents;
  private final Consumer<Runnable> inbox;
  private Batch batch = new Batch();
  private long lastNow;
  private long nextNumber;

  Mailboxes(
      Story story, Tables tables, Clock clock, Ids ids, LedgerWatch watch,
      Consumer<Runnable> inbox) {
    this.inbox = inbox;
    this.story = story;
    this.tables = tables;
    this.time = new SteadyTime(clock);
    this.ids = ids;
    this.watch = watch;
    this.agents = new AgentBook(tables.agent());
  }

  // ---- what comes in -------------------------------------------------------------------------

  void told(SwitchSignal signal) {
    switch (signal) {
      case SwitchSignal.Happened happened -> happened(happened.event());
      case SwitchSignal.DeviceChanged change -> device(change);
      case SwitchSignal.PhoneDials dialled -> story.dials(this, dialled);
      case SwitchSignal.LinkUp up -> {
        watch.link(up);
        agents.link(up.switchId(), true);
        agents.epoch(up.switchId(), up.epoch());
        new Reconciliation(this).agree(up);
        agents.all().forEach(agent -> touch(agent.id()));
      }
      case SwitchSignal.LinkDown down -> {
        watch.link(down);
        linkLost(down.switchId());
      }
      case SwitchSignal.TakenOver taken -> {
        watch.link(taken);
        linkLost(taken.switchId());
      }
      case SwitchSignal.Unknown unknown -> watch.link(unknown);
      // no calls of ours: who looks after them hears them before us
      case SwitchSignal.EmergencyCall past -> {}
      case SwitchSignal.InternationalRefused past -> {}
    }
  }

  private void linkLost(String switchId) {
    agents.link(switchId, false);
    agents.all().forEach(agent -> touch(agent.id()));
  }

  /** Agrees with a switch that has nothing any more. */
  void gone(String switchId) {
    SwitchSnapshot nothing = new SwitchSnapshot(time.micros(), List.of(), Map.of(), List.of());
    agents.forget(switchId);
    new Reconciliation(this).agree(new SwitchSignal.LinkUp(switchId, time.micros(), nothing, 0));
    agents.all().forEach(agent -> touch(agent.id()));
  }

  void device(SwitchSignal.DeviceChanged change) {
    var before = agents.setDevice(change.switchId(), change.address(), change.state());
    if (before != change.state()) {
      story.device(this, change, before);
    }
  }

  void happened(CallEvent event) {
    CallId id = legs.get(event.leg());
    Call call = id == null ? null : calls.get(id);
    if (call != null) {
      deliver(call, event);
    } else if (event instanceof LegArrived arrival && !memory.ended(arrival.leg())) {
      open(arrival);
    } else {
      orphan(event);
    }
  }

  /** It may have overtaken its arrival; but a device that rings for no call of ours must not. */
  private void orphan(CallEvent event) {
    watch.orphan(event);
    if (event instanceof LegRinging && !memory.ended(event.leg())) {
      stray(new Effect.End(event.leg(), HangUp.NO_ANSWER));
    } else {
      memory.keep(event);
    }
  }

  private void open(LegArrived arrival) {
    Call call = new Call(new CallId(ids.next()), tables, arrival);
    calls.put(call.id(), call);
    legs.put(arrival.leg(), call.id());
    deliver(call, arrival);
    memory.take(arrival.leg()).forEach(early -> deliver(call, early));
  }

  private void deliver(Call call, CallEvent event) {
    int code = codec.code(event);
    byte[] body = codec.encode(event);
    long hash = EventCodec.hash(code, body);
    if (!call.firstTime(hash)) {
      watch.repeated(event);
      return;
    }
    watch.taken(event);
    call.apply(event, journal(call, event.at(), hash, code, body));
    story.told(this, call, event);
    changed(call);
  }

  /** A command did not work: what is gone is gone, what was refused is told; the rest a resync mends. */
  void failed(Effect effect, Fault fault) {
    Optional<Call> call = callOf(effect.leg());
    watch.commandFailed(call.map(Call::id).orElse(null), effect, fault);
    if (call.isEmpty()) {
      return;
    }
    boolean gone = fault instanceof Fault.NotFound;
    boolean refused = fault instanceof Fault.Refused || fault instanceof Fault.BadRequest;
    if (effect instanceof Effect.Record order && order.what() == Effect.Recording.START) {
      record(
          call.get(),
          new LedgerFact.RecordingLost(now(), order.recording(), Fault.excerpt(fault.getMessage())));
    } else if (effect instanceof Effect.Record order && order.what() == Effect.Recording.PAUSE) {
      // rather no recording than one that goes on where silence was asked for
      effect(
          call.get(),
          new Effect.Record(order.leg(), order.recording(), Effect.Recording.STOP));
    } else if (effect instanceof Effect.Heard heard && (gone || refused)) {
      happened(new CallEvent.AnnouncementEnded(heard.leg(), now(), heard.playId(), false));
    } else if (effect instanceof Effect.DialOutside && !(fault instanceof Fault.OutcomeUnknown)) {
      EndCause cause = new EndCause(EndCause.Side.SWITCH, refused ? 57 : 41, 0, "dial-failed");
      happened(new CallEvent.LegEnded(effect.leg(), now(), cause));
    } else if (gone && !(effect instanceof Effect.Record)) {
      happened(new CallEvent.LegEnded(effect.leg(), now(), EndCause.absent()));
    } else if (refused && effect instanceof Effect.Dial) {
      EndCause cause = new EndCause(EndCause.Side.SWITCH, 20, 0, "dial-failed");
      happened(new CallEvent.LegEnded(effect.leg(), now(), cause));
    }
  }

  void fireTimers() {
    long now = time.micros();
    List<CallId> due = new ArrayList<>();
    for (CallId id = timers.due(now); id != null; id = timers.due(now)) {
      due.add(id);
    }
    for (CallId id : due) {
      Call call = calls.get(id);
      if (call != null && story.nextDue(call) <= now) {
        story.due(this, call);
        changed(call);
        if (story.nextDue(call) <= now) {
          timers.set(id, now + 1_000_000);
        }
      }
    }
  }

  // ---- what a story may do -------------------------------------------------------------------

  @Override
  public long now() {
    lastNow = Math.max(lastNow + 1, time.micros());
    return lastNow;
  }

  @Override
  public void record(Call call, LedgerFact fact) {
    int code = codec.code(fact);
    byte[] body = codec.encode(fact);
    // the same decision of two calls is not the same entry
    long hash = EventCodec.hash(code, body) ^ call.id().hashCode() * 0x9E3779B97F4A7C15L;
    journal(call, fact.at(), hash, code, body);
    call.apply(fact);
    fact.newLeg().ifPresent(leg -> adopt(call, leg));
    changed(call);
  }

  @Override
  public Call open(Function<CallId, LedgerFact.DialledOut> begun) {
    CallId id = new CallId(ids.next());
    LedgerFact.DialledOut out = begun.apply(id);
    Call call = Call.outgoing(id, tables, out);
    calls.put(id, call);
    record(call, out);
    return call;
  }

  @Override
  public void concluded(CallEvent event) {
    happened(event);
  }

  /** A leg of ours: what was told of it before we knew is delivered now. */
  private void adopt(Call call, LegKey leg) {
    legs.put(leg, call.id());
    memory.take(leg).forEach(early -> deliver(call, early));
  }

  @Override
  public void effect(Call call, Effect effect) {
    batch.effects.add(effect);
    batch.calls.put(call.id(), call);
  }

  /** An effect on a leg that belongs to no call of ours. */
  void stray(Effect effect) {
    batch.effects.add(effect);
  }

  @Override
  public boolean signal(
      AgentId id, AgentSignal signal, @Nullable String reason, @Nullable CallId call) {
    AgentBook.Agent agent = agents.get(id);
    AgentState before = agent.state;
    long since = agent.since;
    boolean changed = agents.signal(agent, signal, reason, now());
    if (changed) {
      figures(agent, before, since);
      agent.call = agent.state.busy() || wrapsUp(agent.state) ? call : null;
      touch(id);
    }
    return changed;
  }

  private static boolean wrapsUp(AgentState state) {
    return state == AgentState.WRAP_UP || state == AgentState.WRAP_UP_BREAK_NEXT;
  }

  private void figures(AgentBook.Agent agent, AgentState before, long since) {
    boolean talked = before == AgentState.TALKING || before == AgentState.TALKING_BREAK_NEXT;
    boolean talks =
        agent.state == AgentState.TALKING || agent.state == AgentState.TALKING_BREAK_NEXT;
    if (talked && !talks) {
      agent.talkMicros += agent.since - since;
    }
    if (!talked && talks) {
      agent.calls++;
    }
  }

  @Override
  public void touch(AgentId agent) {
    batch.agents.add(agent);
  }

  @Override
  public void touch(Call call) {
    batch.calls.put(call.id(), call);
  }

  @Override
  public void task(TaskChange change) {
    batch.tasks.add(change);
    story.tasked(change);
  }

  @Override
  public void absent(Call call) {
    for (Leg leg : List.copyOf(call.legs())) {
      if (leg.alive()) {
        effect(call, new Effect.End(leg.key(), HangUp.NORMAL));
        happened(new CallEvent.LegEnded(leg.key(), now(), EndCause.absent()));
      }
    }
  }

  @Override
  public <T> void later(CompletionStage<T> slow, Later<T> then) {
    slow.whenComplete(
        (answer, fault) -> inbox.accept(() -> then.done(this, answer, fault)));
  }

  @Override
  public AgentBook agents() {
    return agents;
  }

  @Override
  public Collection<Call> calls() {
    return calls.values();
  }

  @Override
  public Optional<Call> call(CallId id) {
    return Optional.ofNullable(calls.get(id));
  }

  @Override
  public Optional<Call> callOf(LegKey leg) {
    return Optional.ofNullable(legs.get(leg)).map(calls::get);
  }

  // ---- batches -------------------------------------------------------------------------------

  /** Returns the time that counts. */
  private long journal(Call call, long told, long hash, int code, byte[] body) {
    long now = time.micros();
    long at = Math.abs(told - now) > OFF ? now : told;
    batch.entries.add(new Entry(++nextNumber, at, hash, call.id(), code, body));
    call.entered(nextNumber, at);
    return at;
  }

  /** Its view and its next due time are looked at again. */
  void changed(Call call) {
    batch.calls.put(call.id(), call);
    story.changed(call);
    timers.set(call.id(), story.nextDue(call));
  }

  Batch batch() {
    return batch;
  }

  void nextBatch() {
    batch = new Batch();
  }

  Story story() {
    return story;
  }

  long nanosToNextTimer() {
    long due = timers.next();
    return due == Long.MAX_VALUE ? due : Math.max(0, due - time.micros()) * 1000;
  }

  /** Where a restart must begin to read. Calls stand in the order of their first entries. */
  Batch.Start start() {
    for (Call oldest : calls.values()) {
      return new Batch.Start(oldest.firstEntry(), oldest.firstEntryAt() - 2 * OFF);
    }
    return new Batch.Start(nextNumber + 1, time.micros() - 2 * OFF);
  }

  /** Closes the mailboxes of calls after which nothing can follow. */
  List<CallId> closeFinished(Collection<Call> candidates) {
    List<CallId> closed = new ArrayList<>();
    for (Call call : candidates) {
      if (call.finished() && calls.remove(call.id()) != null) {
        timers.set(call.id(), Long.MAX_VALUE);
        call.legs().forEach(leg -> forget(leg.key()));
        closed.add(call.id());
      }
    }
    return closed;
  }

  /** Whether the leg belonged to a call that is closed. */
  boolean wasOurs(LegKey leg) {
    return memory.ended(leg);
  }

  private void forget(LegKey leg) {
    legs.remove(leg);
    memory.end(leg);
  }

  // ---- after a restart -----------------------------------------------------------------------

  void rebuild(Recovered before) {
    nextNumber = before.position();
    before.ended().forEach(this::ended);
    for (AgentRow row : before.agents()) {
      agents.restore(row, time.micros());
    }
    for (Entry entry : before.entries()) {
      replay(entry);
    }
    lastNow = time.notBefore(lastNow);
    closeFinished(List.copyOf(calls.values()));
    calls.values().forEach(this::changed);
    freeAgents();
  }

  private void ended(CallId call, LegKey leg) {
    memory.end(leg);
    story.ended(call, leg);
  }

  private void replay(Entry entry) {
    Object event = codec.decode(entry.type(), entry.body());
    Call call = calls.get(entry.call());
    if (call == null) {
      call =
          switch (event) {
            case LegArrived arrival -> new Call(entry.call(), tables, arrival);
            case LedgerFact.DialledOut out -> Call.outgoing(entry.call(), tables, out);
            default -> null;
          };
      if (call == null) {
        return;
      }
      calls.put(entry.call(), call);
      legs.put(call.arrival().leg(), entry.call());
    }
    call.entered(entry.n(), entry.at());
    switch (event) {
      case CallEvent told -> {
        call.firstTime(entry.hash());
        call.apply(told, entry.at());
      }
      case LedgerFact fact -> {
        call.apply(fact);
        lastNow = Math.max(lastNow, fact.at());
        fact.newLeg().ifPresent(leg -> legs.put(leg, entry.call()));
      }
      default -> throw new Fault.Bug("Not a journal entry: " + event, null);
    }
  }

  /** An agent whom a call held that is over must not stay held. */
  private void freeAgents() {
    for (AgentBook.Agent agent : agents.all()) {
      boolean held = agent.state.busy() || wrapsUp(agent.state);
      if (held && (agent.call == null || !holds(agent))) {
        signal(agent.id(), AgentSignal.RELEASE, "restarted", null);
      }
    }
  }

  private boolean holds(AgentBook.Agent agent) {
    Call call = agent.call == null ? null : calls.get(agent.call);
    return call != null
        && call.segments().stream()
            .anyMatch(
                s ->
                    s.agent().equals(agent.id())
                        && (s.offer().open() || s.talking() || s.wrappingUp()));
  }
}
