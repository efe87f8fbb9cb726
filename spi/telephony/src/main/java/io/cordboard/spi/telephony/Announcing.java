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
   * Words to be spoken. How they become sound is the adapter's: a prepared file, or its own voice.
   *
   * @param language BCP 47, such as {@code zh-CN}
   */
  record Announcement(String text, String language) {}
}
