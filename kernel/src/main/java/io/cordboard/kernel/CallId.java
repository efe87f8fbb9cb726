package io.cordboard.kernel;

import java.util.UUID;

/** A call: all legs that are joined by dial, transfer or bridge; also the unit of the mailbox. */
public record CallId(UUID value) implements Comparable<CallId> {

  /** Reads the canonical text form; {@link Fault.BadRequest} when it is not a UUID. */
  public static CallId parse(String text) {
    return new CallId(Ids.parse("CallId", text));
  }

  @Override
  public int compareTo(CallId other) {
    return Ids.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
