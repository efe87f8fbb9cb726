package io.cordboard.core.identity;

import org.jspecify.annotations.Nullable;

/**
 * Why a candidate stands where it stands. Data, put into words where it is shown.
 *
 * @param value what {@link Code} says; null where it says nothing
 */
public record Reason(Code code, @Nullable String value) {

  /** The reasons, the strongest first. */
  public enum Code {
    /** Nobody else is known to have the number. */
    ONLY_OWNER,
    /** Agents confirmed this number; the value is when they last did (ISO 8601, UTC). */
    CONFIRMED_BEFORE,
    /** A call of the last thirty days; the value is when (ISO 8601, UTC). */
    LAST_CALL,
    /** Tickets or service records are open; the value is how many. */
    OPEN_TICKET,
    /** An order of the last thirty days; the value is when (ISO 8601, UTC). */
    RECENT_ORDER,
    /** The last call went to the line that is called now; the value is the line. */
    CALLED_THIS_LINE_BEFORE,
    /** The number is shared; the value is how many have it, where that is known. */
    SHARED_NUMBER,
    /** The number is a company's switchboard. */
    COMPANY_MAIN_LINE
  }

  /** {@code CODE} or {@code CODE=value}. */
  @Override
  public String toString() {
    return value == null ? code.name() : code + "=" + value;
  }
}
