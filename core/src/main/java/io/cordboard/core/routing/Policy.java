package io.cordboard.core.routing;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import java.util.List;
import java.util.Optional;

/** Chooses who is offered a call. Pure: the same question has the same answer. */
public interface Policy {
  /**
   * The agent to ask.
   *
   * @param candidates free agents of the queue whose device can ring; never empty
   */
  Optional<Choice> choose(Waiting call, List<Idle> candidates);

  /**
   * A call that waits.
   *
   * @param since from when its place counts, microseconds
   * @param front before all that wait by time
   * @param priority of its line, {@value #LOWEST} to {@value #HIGHEST}
   */
  record Waiting(CallId call, String queue, long since, boolean front, int priority) {
    public static final int LOWEST = 0;
    public static final int HIGHEST = 9;

    /**
     * What a level is worth, in seconds of waiting: so much and no more does a call of the next level
     * overtake, and therefore nobody is overtaken for ever.
     */
    public static final int LEVEL_SECONDS = 300;

    /** From when its place would count without a priority, microseconds. */
    public long turnSince() {
      return since - priority * (LEVEL_SECONDS * 1_000_000L);
    }
  }

  /** A free agent, and since when, microseconds. */
  record Idle(AgentId agent, long since) {}

  /** The agent, and why. */
  record Choice(AgentId agent, String reason) {}

  /** The agent who has been free for longest. */
  static Policy longestIdle() {
    return (call, candidates) ->
        candidates.stream()
            .min(
                (a, b) -> {
                  int bySince = Long.compare(a.since(), b.since());
                  return bySince != 0 ? bySince : a.agent().compareTo(b.agent());
                })
            .map(idle -> new Choice(idle.agent(), "longest-idle"));
  }
}
