package io.cordboard.core.desk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor sees of the team: who is in what state, who waits, what was done today.
 *
 * @param at when it was so, by the server's clock
 * @param since from when the figures count: midnight of the server
 * @param waiting the longest first, {@value #MOST_WAITING} at most; {@link QueueLine#waiting} counts all
 */
public record TeamView(
    Instant at,
    Instant since,
    List<AgentLine> agents,
    List<QueueLine> queues,
    List<WaitingCall> waiting) {
  /** More than anybody reads. */
  public static final int MOST_WAITING = 200;

  /**
   * An agent.
   *
   * @param state and {@code reason} as {@link DeskMessage.Me} has them
   * @param queues ids of the queues that the agent serves
   * @param callId the call that holds the agent
   * @param talkingTo the number of the customer, in part
   */
  public record AgentLine(
      String agentId,
      String user,
      String name,
      String state,
      @Nullable String reason,
      Instant since,
      String phoneState,
      boolean deskOpen,
      List<String> queues,
      @Nullable String callId,
      @Nullable String talkingTo,
      AgentDay day) {}

  /**
   * What an agent did today, of the parts of calls that are over.
   *
   * @param missed offers that were refused or rang out
   */
  public record AgentDay(
      int offered, int answered, int missed, long talkMillis, long wrapUpMillis) {
    /** Nothing yet. */
    public static final AgentDay NONE = new AgentDay(0, 0, 0, 0, 0);
  }

  /**
   * A queue.
   *
   * @param ready agents who can be offered a call now
   * @param busy agents of the queue with a call or its wrap-up
   */
  public record QueueLine(
      String queue,
      String label,
      int waiting,
      @Nullable Instant longestSince,
      int agents,
      int ready,
      int busy,
      QueueDay day) {}

  /**
   * What became of today's calls to a queue that are over.
   *
   * @param missed nobody took the call, or the caller is called back
   * @param inTime answered within {@value #IN_TIME_SECONDS} s
   * @param turnedAway outside the opening hours, or the queue was full
   * @param waitMillis of the answered ones, together
   */
  public record QueueDay(
      int offered,
      int answered,
      int abandoned,
      int missed,
      int turnedAway,
      int inTime,
      long waitMillis,
      long talkMillis) {
    /** How soon a call is answered in time. */
    public static final int IN_TIME_SECONDS = 20;

    /** Nothing yet. */
    public static final QueueDay NONE = new QueueDay(0, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * A call that waits.
   *
   * @param number of the caller, in part; null when withheld
   * @param line its label
   * @param priority of the line, 0 to 9: each level counts as five minutes of waiting
   * @param told what the caller was told last; null for nothing
   * @param callBack the caller hung up and kept the place: they are called back when it is their turn
   */
  public record WaitingCall(
      String callId,
      String queue,
      Instant since,
      boolean front,
      String line,
      @Nullable String number,
      int priority,
      @Nullable ToldTurn told,
      boolean callBack) {}

  /**
   * What a waiting caller was told.
   *
   * @param position in the queue, from 1
   * @param minutes the expected wait: 0 for less than one, 31 for more than 30, null for unknown
   */
  public record ToldTurn(Instant at, int position, @Nullable Integer minutes) {}

  /**
   * A call of today that is over.
   *
   * @param agent who talked last, null for nobody
   */
  public record PastCall(
      String callId,
      Instant arrivedAt,
      String queue,
      String outcome,
      @Nullable String agent,
      long waitMillis,
      long talkMillis) {}
}
