package io.cordboard.kernel;

import java.util.UUID;

/** An agent: a user who can be offered calls. */
public record AgentId(UUID value) implements Comparable<AgentId> {

  /** Reads the canonical text form; {@link Fault.BadRequest} when it is not a UUID. */
  public static AgentId parse(String text) {
    return new AgentId(Ids.parse("AgentId", text));
  }

  @Override
  public int compareTo(AgentId other) {
    return Ids.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
