package io.cordboard.core.journey;

import io.cordboard.core.desk.TeamDoor.CallsWanted;
import io.cordboard.core.desk.TeamView.AgentDay;
import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.core.desk.TeamView.QueueDay;
import io.cordboard.kernel.AgentId;
import java.util.List;
import java.util.Map;

/** Counts calls that are over. Thread-safe; asked by readers of the database only. */
public interface TeamFigures {
  /** What was done since this time, microseconds, by queue and by agent. */
  record Day(Map<String, QueueDay> queues, Map<AgentId, AgentDay> agents) {
    /** Nothing. */
    public static final Day NONE = new Day(Map.of(), Map.of());
  }

  /** The figures since this time, microseconds. */
  Day day(long since);

  /** Of each agent alone. */
  Map<AgentId, AgentDay> agents(long since);

  /** Calls that arrived between these times, microseconds, the newest first; the days are in the times. */
  List<PastCall> calls(long since, long until, CallsWanted wanted);
}
