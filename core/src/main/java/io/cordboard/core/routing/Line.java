package io.cordboard.core.routing;

import io.cordboard.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A number that customers dial, with its rules.
 *
 * @param did canonical, as the number reader writes it: E.164, or a service number such as 4008001234
 * @param queue the queue's id
 * @param waiting what the caller hears until an agent answers
 * @param announcement spoken before the queue, null for none; a recorded line must have one
 * @param recorded whether talks are recorded, after the announcement
 * @param ringSeconds how long one agent is rung
 * @param wrapUpSeconds how long wrap-up may take before the agent is ready again
 * @param rejoinSeconds how long a call waits for an agent whose phone was lost in mid-talk
 * @param maxWaitSeconds after this in the queue the caller hears {@code sorry} and a task is made
 * @param sorry spoken when nobody can take the call
 * @param access when callers are let into the queue
 */
public record Line(
    String did,
    String label,
    String queue,
    Waiting waiting,
    @Nullable Notice announcement,
    boolean recorded,
    int ringSeconds,
    int wrapUpSeconds,
    int rejoinSeconds,
    int maxWaitSeconds,
    @Nullable Notice sorry,
    Access access) {

  /** A line that is always open, with a queue without end. */
  public Line(
      String did, String label, String queue, Waiting waiting, @Nullable Notice announcement,
      boolean recorded, int ringSeconds, int wrapUpSeconds, int rejoinSeconds, int maxWaitSeconds,
      @Nullable Notice sorry) {
    this(
        did, label, queue, waiting, announcement, recorded, ringSeconds, wrapUpSeconds,
        rejoinSeconds, maxWaitSeconds, sorry, Access.ALWAYS);
  }

  public Line {
    if (recorded && announcement == null) {
      throw new Fault.BadRequest(
          "Line %s is recorded but announces nothing: give it an announcement, or switch recording off."
              .formatted(did));
    }
  }

  /**
   * When callers are let into the queue; else they hear words and a task is made.
   *
   * @param hours id of the opening hours, null for always
   * @param closed spoken outside the hours, null for {@code sorry}
   * @param mostWaiting how many may wait in the queue, 0 for any number
   * @param full spoken when so many wait already, null for {@code sorry}
   * @param priority whose turn is first, as {@link Policy.Waiting} counts it
   * @param voicemail null where no messages are taken
   */
  public record Access(
      @Nullable String hours, @Nullable Notice closed, int mostWaiting, @Nullable Notice full,
      int priority, @Nullable Voicemail voicemail) {
    /** Without messages. */
    public Access(
        @Nullable String hours, @Nullable Notice closed, int mostWaiting, @Nullable Notice full,
        int priority) {
      this(hours, closed, mostWaiting, full, priority, null);
    }

    /** Always. */
    public static final Access ALWAYS = new Access(null, null, 0, null, 0);
  }

  /**
   * Callers whom nobody can take leave a message.
   *
   * @param words spoken before the tone; they tell that the message is recorded
   * @param mostSeconds after this the caller is let go
   * @param leastSeconds a shorter one is a missed call like any other
   * @param key who presses it while waiting leaves one too; null for nobody
   */
  public record Voicemail(
      Notice words, int mostSeconds, int leastSeconds, @Nullable String key) {
    public static final int MOST_SECONDS = 120;
    public static final int LEAST_SECONDS = 2;
  }

  /** What a waiting caller hears. */
  public enum Waiting {
    RINGING,
    MUSIC
  }

  /**
   * Words that are spoken to the caller.
   *
   * @param version of the text; kept with the consent
   * @param language BCP 47
   */
  public record Notice(String version, String language, String text) {}
}
