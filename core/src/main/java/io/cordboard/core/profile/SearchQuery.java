package io.cordboard.core.profile;

import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed to find a customer: part of a name, a number, an e-mail, an order or a ticket.
 *
 * @param text as typed, without blanks around it
 * @param words parts of a name, small letters, each with a letter or digit in it; at most four
 * @param digits parts of a number in its international form, without a plus; empty when it is none
 * @param canonical the number that it is, where it is a whole one
 */
public record SearchQuery(
    String text, List<String> words, List<String> digits, @Nullable String canonical) {
  private static final int LONGEST = 100;
  private static final int MOST_WORDS = 4;
  private static final int SHORTEST_NUMBER = 3;

  public SearchQuery {
    words = List.copyOf(words);
    digits = List.copyOf(digits);
  }

  /**
   * Reads it; {@link Fault.BadRequest} when there is nothing in it that could be looked for.
   *
   * @param canonical what the text is as a whole number, if it is one
   */
  public static SearchQuery of(String typed, Optional<String> canonical) {
    String text = typed.strip();
    if (text.codePointCount(0, text.length()) > LONGEST) {
      throw new Fault.BadRequest(
          "The search text is too long: at most %d characters.".formatted(LONGEST));
    }
    List<String> words =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[\\s\\p{Z}\\p{Cntrl}]+"))
            .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
            .limit(MOST_WORDS)
            .toList();
    if (words.isEmpty()) {
      throw new Fault.BadRequest(
          "There is nothing to look for: type letters or digits of a name, a number, an e-mail, an order or a ticket.");
    }
    return new SearchQuery(text, words, digits(text), canonical.orElse(null));
  }

  /** Whether a word is so short that it counts only at the beginning of a name's word. */
  public static boolean atStartOnly(String word) {
    int points = word.codePointCount(0, word.length());
    return word.codePoints().anyMatch(Character::isIdeographic) ? points < 2 : points < 3;
  }

  // a national number begins with zeros that its international form does not have
  private static List<String> digits(String text) {
    if (!text.matches("[\\d\\s+().\\-/]+")) {
      return List.of();
    }
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .filter(Character::isDigit)
        .forEach(digit -> plain.append(Character.digit(digit, 10)));
    List<String> parts = new ArrayList<>();
    for (String part : List.of(plain.toString(), plain.toString().replaceFirst("^0+", ""))) {
      if (part.length() >= SHORTEST_NUMBER && !parts.contains(part)) {
        parts.add(part);
      }
    }
    return parts;
  }
}
