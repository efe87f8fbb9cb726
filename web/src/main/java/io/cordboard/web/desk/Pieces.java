package io.cordboard.web.desk;

import org.jspecify.annotations.Nullable;

/** Puts the pieces of a message together, up to a length. One thread. */
final class Pieces {
  private static final int HEAD = 200;
  private final int max;
  private final StringBuilder text = new StringBuilder();
  private boolean tooLong;

  Pieces(int max) {
    this.max = max;
  }

  /** Adds a piece; true when the message is whole. */
  boolean add(String piece, boolean last) {
    tooLong |= text.length() + piece.length() > max;
    if (!tooLong || text.length() < HEAD) {
      text.append(piece, 0, Math.min(piece.length(), max - text.length()));
    }
    return last;
  }

  /** How the message begins. */
  String head() {
    return text.substring(0, Math.min(text.length(), HEAD));
  }

  /** The whole message and begins anew; null when it was too long. */
  @Nullable String take() {
    String whole = tooLong ? null : text.toString();
    text.setLength(0);
    if (text.capacity() > max / 4) {
      text.trimToSize();
    }
    tooLong = false;
    return whole;
  }
}
