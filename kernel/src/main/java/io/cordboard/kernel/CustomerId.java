package io.cordboard.kernel;

import java.util.UUID;

/** One person or company, whatever number or system they come from. */
public record CustomerId(UUID value) implements Comparable<CustomerId> {

  /** Reads the canonical text form; {@link Fault.BadRequest} when it is not a UUID. */
  public static CustomerId parse(String text) {
    return new CustomerId(Ids.parse("CustomerId", text));
  }

  @Override
  public int compareTo(CustomerId other) {
    return Ids.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
