package io.cordboard.spi.telephony;

import io.cordboard.kernel.LegKey;
import java.util.concurrent.CompletionStage;

/** Speaks to a leg. */
public interface Announcing {
  /**
   * Plays an announcement to an answered leg that is in no bridge; {@code AnnouncementEnded} follows.
   *
   * @param playId ours; the same id twice plays once
   */
  CompletionStage<Void> announce(LegKey leg, String playId, Announcement announcement);

  /**
   * Plays one short tone, as before a message is left: at most a second, on an answered leg that is in no
   * bridge; {@code AnnouncementEnded} follows when it was heard.
   *
   * @param playId ours, one with those of {@link #announce}; the same id twice plays once
   */
  CompletionStage<Void> beep(LegKey leg, String playId);

  /**
   * Words to be spoken. How they become sound is the adapter's: a prepared file, or its own voice.
   *
   * @param language BCP 47, such as {@code zh-CN}
   */
  record Announcement(String text, String language) {}
}
