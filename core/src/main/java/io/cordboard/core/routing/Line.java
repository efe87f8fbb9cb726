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
    @Nullable Notice sorry) {

  public Line {
    if (recorded && announcement == null) {
      throw new Fault.BadRequest(
          "Line %s is recorded but announces nothing: give it an announcement, or switch recording off."
              .formatted(did));
    }
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
