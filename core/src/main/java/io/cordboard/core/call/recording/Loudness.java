package io.cordboard.core.call.recording;

/**
 * How much is to be heard on a track. Digital zero is what counts as silence: a live line always
 * carries some noise, a track that nobody fed does not.
 */
final class Loudness {
  private double squares;
  private long frames;
  private long lastSound = -1;

  void take(short sample) {
    if (sample != 0) {
      squares += (double) sample * sample;
      lastSound = frames;
    }
    frames++;
  }

  /** Root mean square, 0 for digital silence. */
  double rms() {
    return frames == 0 ? 0 : Math.sqrt(squares / frames);
  }

  /** Whether nothing but zeros came. */
  boolean isSilent() {
    return lastSound < 0;
  }

  /** How many frames of zeros stand at its end. */
  long silentTail() {
    return frames - 1 - lastSound;
  }
}
