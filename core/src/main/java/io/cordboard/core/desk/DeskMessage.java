package io.cordboard.core.desk;

import io.cordboard.core.profile.Card;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells a desk. Each message carries the number {@code seq} of the agent's view after
 * it; a desk that misses a number asks for a snapshot.
 */
public sealed interface DeskMessage {
  /** Number of the view after this message, counted for each agent. */
  long seq();

  /**
   * The whole view: sent after connecting and whenever it is asked for.
   *
   * @param connection this connection's own id, to compare with {@link Me#audioOwner()}
   * @param serverTime for the desk's clock
   */
  record Snapshot(
      long seq,
      String connection,
      Instant serverTime,
      Me me,
      List<CallView> calls,
      Map<String, Card> cards,
      List<QueueLoad> queues,
      Map<String, List<Caption>> captions,
      TaskLoad tasks)
      implements DeskMessage {}

  /** The agent's own state changed. */
  record MeChanged(long seq, Me me) implements DeskMessage {}

  /** A call of this agent is new or changed; {@code card} only when it is new or changed. */
  record CallChanged(long seq, CallView call, @Nullable Card card) implements DeskMessage {}

  /** A call no longer concerns this agent. */
  record CallGone(long seq, String callId) implements DeskMessage {}

  /** Load of the agent's queues. */
  record QueuesChanged(long seq, List<QueueLoad> queues) implements DeskMessage {}

  /** Call-backs that the agent's queues owe were made, taken, put off or done, or fell due. */
  record TasksChanged(long seq, TaskLoad tasks) implements DeskMessage {}

  /** Words spoken in a call. */
  record Captioned(long seq, String callId, Caption caption) implements DeskMessage {}

  /** Something the agent should know; the code is put into words by the desk. */
  record Notice(long seq, String code, @Nullable String value) implements DeskMessage {}

  /**
   * The agent.
   *
   * @param state OFFLINE, READY, NOT_READY, OFFERED, TALKING, TALKING_BREAK_NEXT, WRAP_UP or
   *     WRAP_UP_BREAK_NEXT
   * @param reason why not ready
   * @param phone BROWSER, SIP or VIRTUAL
   * @param phoneState UNREGISTERED, UNREACHABLE, IDLE or BUSY
   * @param linkUp whether the link to the phone's switch stands
   * @param audioOwner the connection that owns the browser phone
   * @param callsToday answered since the server's midnight, of the parts of calls that are over; so the
   *     other figures of the day
   * @param missedToday offers that were refused or rang out
   * @param spare the agent's other phone, which does not ring; null for who has one
   */
  record Me(
      String agentId,
      String user,
      String name,
      String state,
      @Nullable String reason,
      Instant since,
      String phone,
      String address,
      String phoneState,
      boolean linkUp,
      @Nullable String audioOwner,
      int callsToday,
      long talkMillisToday,
      @Nullable Spare spare,
      long wrapUpMillisToday,
      int missedToday) {}

  /** A phone that could ring instead; its fields as in {@link Me}. */
  record Spare(String phone, String address, String phoneState) {}

  /**
   * A queue's load.
   *
   * @param ready agents who can be offered a call now
   * @param busy agents who are rung or talk
   * @param parked by place
   */
  record QueueLoad(
      String queue, String label, int waiting, @Nullable Instant longestSince, int ready,
      int busy, List<ParkedCall> parked) {}

  /**
   * A call that waits to be picked up.
   *
   * @param number the caller's as it is shown; null when withheld
   * @param by name of who parked it
   * @param until then it rings back
   */
  record ParkedCall(
      String callId, int place, @Nullable String number, String by, Instant since, Instant until) {}

  /**
   * Call-backs that the agent's queues owe and that nobody else took.
   *
   * @param latest when one of these customers tried last; null when there is none
   * @param version another one with every change of the list of them, also of one that is put off
   */
  record TaskLoad(int open, int due, @Nullable Instant latest, String version) {
    /** Nothing is owed. */
    public static final TaskLoad NONE = new TaskLoad(0, 0, null, "");
  }

  /** A line of a conversation; {@code speaker} is customer or agent. */
  record Caption(Instant at, String speaker, String text) {}
}
