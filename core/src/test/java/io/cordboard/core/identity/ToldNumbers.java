package io.cordboard.core.identity;

import java.util.List;
import java.util.Random;

/**
 * Makes numbers as trunks and people write them: mostly common forms, some damaged, some nonsense.
 */
final class ToldNumbers {
  private static final List<String> CHINESE = List.of("", "", "0", "0", "86", "0086", "+86", "+86");
  private static final List<String> ODD = List.of("+", "00", "1", "+1", "9", "+860", "08", "+00");
  private static final List<String> AREAS =
      List.of(
          "10", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "311", "335", "371",
          "412", "433", "451", "510", "523", "535", "551", "571", "592", "631", "662", "691", "701",
          "731", "744", "754", "755", "769", "771", "812", "851", "871", "891", "898", "901", "911",
          "951", "991", "994");
  private static final List<String> ABROAD =
      List.of(
          "+4420", "+4475", "+4479", "+447", "+336", "+337", "+3361", "+8190", "+8180", "+8170",
          "+6141", "+614", "+8210", "+852", "+8526", "+8529", "+49", "+39", "+7", "+91", "+65",
          "+55");
  private static final List<String> MARKS = List.of(" ", "-", ".", ") ", "(", "/", "\u00a0");

  private final Random random;

  ToldNumbers(long seed) {
    random = new Random(seed);
  }

  /** Digits with an optional plus in front. */
  String digits() {
    String number =
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3 -> prefix() + "1" + (3 + random.nextInt(7)) + some(9);
          case 4, 5 -> prefix() + pick(AREAS) + some(7 + random.nextInt(2));
          case 6 -> prefix() + threeDigits() + some(7 + random.nextInt(2));
          case 7 -> pick(List.of("+1", "1", "", "001")) + (2 + random.nextInt(8)) + some(9);
          case 8 -> pick(ABROAD) + some(6 + random.nextInt(4));
          default -> prefix() + some(1 + random.nextInt(16));
        };
    return random.nextInt(10) == 0 ? damaged(number) : number;
  }

  /** The same digits, grouped by marks. */
  String grouped(String digits) {
    StringBuilder text = new StringBuilder(digits.substring(0, 1));
    for (int i = 1; i < digits.length(); i++) {
      text.append(random.nextInt(4) == 0 && digits.charAt(i - 1) != '+' ? pick(MARKS) : "")
          .append(digits.charAt(i));
    }
    return text.toString();
  }

  /** Anything at all. */
  String nonsense() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextInt(20) == 0 ? 400 : 30);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(6)) {
        case 0 -> text.appendCodePoint(random.nextInt(0x110000));
        case 1 -> text.append((char) random.nextInt(0x10000));
        case 2 -> text.append((char) random.nextInt(128));
        case 3 -> text.append("<>@:;%+*#,\"x".charAt(random.nextInt(12)));
        default -> text.append((char) ('0' + random.nextInt(10)));
      }
    }
    return text.toString();
  }

  private String damaged(String number) {
    StringBuilder text = new StringBuilder(number);
    int at = random.nextInt(text.length());
    switch (random.nextInt(3)) {
      case 0 -> text.deleteCharAt(at);
      case 1 -> text.insert(at, random.nextInt(10));
      default -> text.setCharAt(at, (char) ('0' + random.nextInt(10)));
    }
    return text.isEmpty() ? "0" : text.toString();
  }

  private String prefix() {
    return pick(random.nextInt(8) == 0 ? ODD : CHINESE);
  }

  private String threeDigits() {
    return "" + (1 + random.nextInt(9)) + some(2);
  }

  private String some(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(random.nextInt(10));
    }
    return text.toString();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
