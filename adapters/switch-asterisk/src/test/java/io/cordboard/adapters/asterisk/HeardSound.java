package io.cordboard.adapters.asterisk;

import java.net.DatagramPacket;

/**
 * What one packet of A-law carries.
 *
 * @param loudness RMS between 0 and 1
 * @param crossings how often it changes its sign
 */
record HeardSound(double loudness, int crossings) {
  private static final int HEADER = 12;
  private static final int ALAW = 8;

  /** Below this there is nothing to hear: A-law's smallest step is 0.0002. */
  private static final double SILENT = 0.001;

  /** Music and tones of the switch's own are not so loud. */
  private static final double LOUD = 0.3;

  /** 400 Hz in 20 ms. */
  private static final int OF_THE_TONE = 16;

  static HeardSound in(DatagramPacket packet) {
    byte[] bytes = packet.getData();
    int length = packet.getLength() - HEADER;
    if (length <= 0 || (bytes[1] & 0x7f) != ALAW) {
      return new HeardSound(0, 0);
    }
    double squares = 0;
    int crossings = 0;
    int before = linear(bytes[HEADER]);
    for (int i = HEADER; i < HEADER + length; i++) {
      int sample = linear(bytes[i]);
      squares += (double) sample * sample;
      crossings += sample < 0 == before < 0 ? 0 : 1;
      before = sample;
    }
    return new HeardSound(Math.sqrt(squares / length) / 32768, crossings);
  }

  boolean isSomething() {
    return loudness > SILENT;
  }

  /** The tone that a {@link SipPhone} sends. */
  boolean isTone() {
    return loudness > LOUD && Math.abs(crossings - OF_THE_TONE) <= 1;
  }

  /** G.711 A-law to a sample of 16 bits. */
  private static int linear(byte told) {
    int bits = told ^ 0x55;
    int segment = bits >> 4 & 7;
    int step = ((bits & 15) << 4) + 8;
    int size = segment == 0 ? step : step + 0x100 << segment - 1;
    return (bits & 0x80) == 0 ? -size : size;
  }
}
