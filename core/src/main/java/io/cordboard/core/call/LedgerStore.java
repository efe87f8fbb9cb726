package io.cordboard.core.call;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the ledger keeps what it must not lose. One writer a shard: whoever called {@link #takeOver}
 * last; an older writer's flush is refused. Called by the ledger's thread only.
 */
public interface LedgerStore {
  /**
   * Makes the caller the only writer and reads what it must go on with.
   *
   * @throws Fault.Unreachable while the database is away
   */
  Recovered takeOver();

  /**
   * Writes everything or nothing, in one transaction and one round trip.
   *
   * @throws Fault.Refused when another writer took over: stop
   * @throws Fault.OutcomeUnknown when the connection was lost in the middle: call {@link #position()}
   * @throws Fault.Unreachable when certainly nothing was written
   * @throws Doubled when entries are in the journal already; nothing was written: drop them, flush again
   * @throws Taken when an offer's agent is held by another offer; nothing was written
   */
  void flush(Flush flush);

  /** The number of the last entry that is written. */
  long position();

  /**
   * What was there.
   *
   * @param position number of the last entry
   * @param entries the journal from the oldest live call on, whole, ordered by number
   * @param agents the last state of each agent
   * @param ended calls that ended lately, with the customer's leg
   */
  record Recovered(
      long position, List<Entry> entries, List<AgentRow> agents, Map<CallId, LegKey> ended) {}

  /**
   * One domain event in the journal.
   *
   * @param n its number, without gaps within a shard
   * @param at source time, microseconds UTC
   * @param hash of source, epoch, channel, type, at and body: with {@code at} the key against doubles
   * @param type code of the event's type
   * @param body the event, as the ledger's codec writes it
   */
  record Entry(long n, long at, long hash, CallId call, int type, byte[] body) {}

  /** An agent's state. {@code since} in microseconds; {@code call} while one holds the agent. */
  record AgentRow(
      AgentId agent, AgentState state, @Nullable String reason, long since, @Nullable CallId call) {}

  /**
   * An offer: inserted when made, then its state.
   *
   * @param live it holds the agent: out, or answered and the talk goes on; an agent has at most one
   */
  record OfferRow(
      CallId call,
      int n,
      AgentId agent,
      String queue,
      long at,
      long deadline,
      OfferState state,
      boolean live) {}

  /**
   * One flush.
   *
   * @param from number of the last entry that should be written already
   * @param to number of the last entry after this flush
   * @param firstLive number of the first entry of the oldest call that still lives; {@code takeOver}
   *     reads from there, and reads every entry
   * @param oldestLive a source time before which none of these lies
   */
  record Flush(
      long from,
      long to,
      long firstLive,
      long oldestLive,
      List<Entry> entries,
      List<AgentRow> agents,
      List<OfferRow> offers,
      List<CallRecord> calls,
      List<CallRecord.Segment> segments,
      List<CallRecord.Recording> recordings,
      List<TaskChange> tasks) {

    /** The same without some entries, which are in the journal already. */
    Flush without(List<Entry> doubled) {
      List<Entry> rest = entries.stream().filter(entry -> !doubled.contains(entry)).toList();
      return new Flush(
          from, to, firstLive, oldestLive, rest, agents, offers, calls, segments, recordings,
          tasks);
    }

    /** The same without its offers. */
    Flush withoutOffers() {
      return new Flush(
          from, to, firstLive, oldestLive, entries, agents, List.of(), calls, segments, recordings,
          tasks);
    }

    /** Nothing but the position. */
    boolean empty() {
      return entries.isEmpty() && agents.isEmpty() && offers.isEmpty() && calls.isEmpty()
          && segments.isEmpty() && recordings.isEmpty() && tasks.isEmpty();
    }
  }

  /** What a call does to the tasks of call-back. */
  sealed interface TaskChange {
    /**
     * The customer was not served: a task, or one more attempt on the open one of the same customer (or
     * number) and queue.
     *
     * @param reason missed, abandoned, call-back (asked for), voicemail (a message was left) or
     *     switch-restart
     */
    record Missed(
        CallId call, @Nullable String customer, @Nullable String number, String queue, long at,
        String reason)
        implements TaskChange {}

    /** The customer was served: their open tasks in this queue are done. */
    record Served(
        CallId call, @Nullable String customer, @Nullable String number, String queue, long at)
        implements TaskChange {}

    /**
     * We called, and did not reach the customer: told on their open task in this queue. One that was given
     * out for this call is nobody's again.
     *
     * @param outcome BUSY, NO_ANSWER and such; null when the number was not dialled
     * @param dueAt when it is to be tried again; 0 for when it was due anyway
     */
    record Tried(
        CallId call, @Nullable String customer, @Nullable String number, String queue, long at,
        @Nullable String outcome, long dueAt)
        implements TaskChange {}
  }

  /** An entry that was sent, and the one that stands under the same key: equal, unless hashes collided. */
  record Twin(Entry sent, Entry stored) {
    /** Whether both tell the same. */
    boolean same() {
      return sent.type() == stored.type() && Arrays.equals(sent.body(), stored.body());
    }
  }

  /** A flush met its own past, or the same entry twice: each {@code sent} is one too many. */
  final class Doubled extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final transient List<Twin> twins;

    public Doubled(List<Twin> twins) {
      super(twins.size() + " entries of the flush are in the journal already.");
      this.twins = List.copyOf(twins);
    }

    public List<Twin> twins() {
      return twins;
    }
  }

  /** An agent's capacity was taken already, here or by another writer: offer to somebody else. */
  final class Taken extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final transient List<OfferRow> offers;

    public Taken(List<OfferRow> offers) {
      super(offers.size() + " offers of the flush name an agent who is held already.");
      this.offers = List.copyOf(offers);
    }

    /** The offers that cannot be made. */
    public List<OfferRow> offers() {
      return offers;
    }
  }
}
