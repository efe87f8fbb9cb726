package io.cordboard.core.journey;

import java.util.Locale;

/** How much of a number or an e-mail a list shows: enough to recognise it, too little to keep it. */
final class Masks {
  private static final int TAIL = 4;

  private Masks() {}

  /** The last four digits, and what comes before the four in front of them. */
  static String number(String number) {
    int tail = Math.min(TAIL, number.length() / 3);
    int hidden = Math.min(TAIL, number.length() - tail);
    int head = number.length() - tail - hidden;
    return number.substring(0, head) + "*".repeat(hidden) + number.substring(head + hidden);
  }

  /** The first letter and the domain. */
  static String email(String address) {
    int at = address.lastIndexOf('@');
    return at <= 0
        ? number(address)
        : address.substring(0, address.offsetByCodePoints(0, 1)).toLowerCase(Locale.ROOT)
            + "***"
            + address.substring(at);
  }
}
