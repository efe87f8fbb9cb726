package io.cordboard.adapters.demo;

import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import org.jspecify.annotations.Nullable;

/** A live leg. Changed under the lock only. */
final class DemoLeg {
  private final LegKey key;
  private final @Nullable LegArrived arrival;
  private final FarEnd farEnd;
  private final Playlist playlist;
  private @Nullable String bridge;
  private @Nullable Sound voice;
  private @Nullable Sound music;
  private boolean answered;
  private boolean held;
  private String heardKeys = "";

  /**
   * A leg that was just made.
   *
   * @param arrival how it arrived; null for one that we dialled
   */
  DemoLeg(LegKey key, @Nullable LegArrived arrival, FarEnd farEnd, Playlist playlist) {
    this.key = key;
    this.arrival = arrival;
    this.farEnd = farEnd;
    this.playlist = playlist;
  }

  LegKey key() {
    return key;
  }

  FarEnd farEnd() {
    return farEnd;
  }

  Playlist playlist() {
    return playlist;
  }

  boolean isPhone() {
    return farEnd.isPhone();
  }

  /** Whether we dialled it. */
  boolean isDialled() {
    return arrival == null;
  }

  boolean answered() {
    return answered;
  }

  void answer() {
    answered = true;
  }

  boolean held() {
    return held;
  }

  void hold(boolean held) {
    this.held = held;
  }

  /** Its far end hears these keys. */
  void hear(String keys) {
    heardKeys += keys;
  }

  String heardKeys() {
    return heardKeys;
  }

  @Nullable String bridge() {
    return bridge;
  }

  void bridge(@Nullable String bridge) {
    this.bridge = bridge;
  }

  /** What its far end said last. */
  @Nullable Sound voice() {
    return voice;
  }

  void voice(Sound voice) {
    this.voice = voice;
  }

  /** The music that it hears. */
  @Nullable Sound music() {
    return music;
  }

  void music(@Nullable Sound music) {
    this.music = music;
  }

  LiveLeg live() {
    return new LiveLeg(key, answered, bridge, arrival);
  }
}
