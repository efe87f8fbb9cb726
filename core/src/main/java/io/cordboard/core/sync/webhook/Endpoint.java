package io.cordboard.core.sync.webhook;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's address that is told what happens here.
 *
 * @param description for people to read
 * @param form how much is told
 * @param active whether it is told at all
 * @param createdAt microseconds UTC
 */
public record Endpoint(
    UUID id,
    String url,
    String description,
    Set<EventType> events,
    Form form,
    boolean active,
    long createdAt,
    Health health) {
  public Endpoint {
    events =
        events.isEmpty()
            ? Set.of()
            : Collections.unmodifiableSet(EnumSet.copyOf(events));
  }

  /** How much a payload holds. */
  public enum Form {
    /** What happened, when, and ids: whoever wants more asks for it. */
    THIN,
    /** The thing itself too, as the HTTP interface answers it; never a protected field. */
    FULL
  }

  /**
   * How it went lately. Times are microseconds UTC, 0 for never.
   *
   * @param failingSince when the failures in a row began
   * @param failures how many came in a row
   * @param lastFailure in words
   * @param offAt when we switched it off
   * @param offWhy why; null where it is on, or where a person switched it off
   */
  public record Health(
      long lastSuccessAt,
      long lastFailureAt,
      long failingSince,
      int failures,
      @Nullable String lastFailure,
      long offAt,
      @Nullable String offWhy) {
    /** Of one that was never told anything. */
    public static final Health NEW = new Health(0, 0, 0, 0, null, 0, null);
  }
}
