package io.cordboard.store;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.AgentRow;
import io.cordboard.core.call.LedgerStore.Entry;
import io.cordboard.core.call.LedgerStore.Flush;
import io.cordboard.core.call.LedgerStore.OfferRow;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.OfferState;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.EndCause;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes flushes for tests: what is not said is empty. */
public final class Flushes {
  public static final long AT = 1_767_571_200_000_000L;

  private final long from;
  private final List<Entry> entries = new ArrayList<>();
  private final List<AgentRow> agents = new ArrayList<>();
  private final List<OfferRow> offers = new ArrayList<>();
  private final List<CallRecord> calls = new ArrayList<>();
  private final List<CallRecord.Segment> segments = new ArrayList<>();
  private final List<CallRecord.Recording> recordings = new ArrayList<>();
  private final List<TaskChange> tasks = new ArrayList<>();
  private long firstLive;
  private long oldestLive = AT;

  private Flushes(long from) {
    this.from = from;
  }

  public static Flushes after(long position) {
    return new Flushes(position);
  }

  public static CallId call(int number) {
    return new CallId(new UUID(0x0190_0000_0000_7000L + number, 0x8000_0000_0000_0000L));
  }

  public static AgentId agent(int number) {
    return new AgentId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number));
  }

  public static CustomerId customer(int number) {
    return new CustomerId(new UUID(0x0191_0000_0000_7000L, 0x8000_0000_0000_0000L + number));
  }

  public Flushes firstLive(long number) {
    firstLive = number;
    return this;
  }

  public Flushes oldestLive(long micros) {
    oldestLive = micros;
    return this;
  }

  public Flushes entry(CallId call, long at, long hash) {
    long n = from + entries.size() + 1;
    entries.add(new Entry(n, at, hash, call, 1, ("event " + n).getBytes()));
    return this;
  }

  public Flushes agent(AgentId agent, AgentState state) {
    agents.add(new AgentRow(agent, state, null, AT, null));
    return this;
  }

  public Flushes offer(CallId call, int n, AgentId agent, OfferState state, boolean live) {
    offers.add(new OfferRow(call, n, agent, "care", AT, AT + 20_000_000, state, live));
    return this;
  }

  public Flushes call(CallId call, @Nullable CustomerId customer, String number, String outcome) {
    calls.add(record(call, customer, number, outcome, AT));
    return this;
  }

  public Flushes call(CallRecord record) {
    calls.add(record);
    return this;
  }

  public Flushes segment(CallId call, int n, AgentId agent, String disposition) {
    segments.add(
        new CallRecord.Segment(call, n, agent, AT, AT + 1, AT + 2, AT + 3, "ENDED", disposition,
            List.of("line-priority=2", "overtook=1", "longest-idle"), List.of()));
    return this;
  }

  public Flushes recording(CallId call, String name, String state) {
    recordings.add(new CallRecord.Recording(name, call, 1, "demo", AT, AT + 9, state, "zh-1", null));
    return this;
  }

  public Flushes missed(CallId call, @Nullable String customer, @Nullable String number, long at) {
    tasks.add(new TaskChange.Missed(call, customer, number, "care", at, "missed"));
    return this;
  }

  public Flushes served(CallId call, @Nullable String customer, @Nullable String number, long at) {
    tasks.add(new TaskChange.Served(call, customer, number, "care", at));
    return this;
  }

  public Flushes task(TaskChange change) {
    tasks.add(change);
    return this;
  }

  public Flush flush() {
    return new Flush(
        from, from + entries.size(), firstLive, oldestLive, entries, agents, offers, calls, segments,
        recordings, tasks);
  }

  public static CallRecord record(
      CallId call, @Nullable CustomerId customer, String number, String outcome, long at) {
    return new CallRecord(
        call, customer, "CLEAR", number, false, "4008001234", "care", "demo", 1, "ch-1", "sip-1",
        "li-1",
        "trunk", true, at, at + 1_000_000, at + 61_000_000, outcome,
        new EndCause(EndCause.Side.FAR, 16, 200, "bye"), 1_000, 60_000, 0, 0, agent(1), "solved", 0,
        null, "zh-1", at + 500_000);
  }
}
