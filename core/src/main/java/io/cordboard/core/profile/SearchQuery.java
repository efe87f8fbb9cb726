package io.cordboard.core.profile;

import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed to find a customer: part of a name, a number, an e-mail, an order or a ticket.
 *
 * @param text as typed, without blanks around it
 * @param words parts of a name, as {@link Spelling} spells them; at most six
 * @param digits parts of a number in its international form, without a plus; empty when it is none
 * @param beginnings how the international form of such a number may begin, with its plus
 * @param canonical the number that it is, where it is a whole one
 */
public record SearchQuery(
    String text,
    List<String> words,
    List<String> digits,
    List<String> beginnings,
    @Nullable String canonical) {
  private static final int LONGEST = 100;
  private static final int MOST_WORDS = 6;
  private static final int SHORTEST_NUMBER = 3;

  public SearchQuery {
    words = List.copyOf(words);
    digits = List.copyOf(digits);
    beginnings = List.copyOf(beginnings);
  }

  /**
   * Reads it; {@link Fault.BadRequest} when there is nothing in it that could be looked for.
   *
   * @param canonical what the text is as a whole number, if it is one
   * @param home calling code of the country whose numbers are typed without one, such as 86
   */
  public static SearchQuery of(String typed, Optional<String> canonical, String home) {
    String text = typed.strip();
    if (text.codePointCount(0, text.length()) > LONGEST) {
      throw new Fault.BadRequest(
          "The search text is too long: at most %d characters.".formatted(LONGEST));
    }
    List<String> words = Spelling.words(text).stream().limit(MOST_WORDS).toList();
    if (words.isEmpty()) {
      throw new Fault.BadRequest(
          "There is nothing to look for: type letters or digits of a name, a number, an e-mail, an order or a ticket.");
    }
    List<String> digits = digits(text);
    return new SearchQuery(
        text, words, digits, beginnings(digits, text, home), canonical.orElse(null));
  }

  /** Whether a word is written in characters; others are compared as they are spelled. */
  public static boolean inCharacters(String word) {
    return Spelling.inCharacters(word);
  }

  /** Whether a word is so short that it counts only at the beginning of a name's word. */
  public static boolean atStartOnly(String word) {
    return word.codePointCount(0, word.length()) < (inCharacters(word) ? 2 : 3);
  }

  private static List<String> beginnings(List<String> digits, String text, String home) {
    List<String> beginnings = new ArrayList<>();
    digits.forEach(part -> beginnings.add("+" + part));
    if (!digits.isEmpty() && !text.contains("+")) {
      beginnings.add("+" + home + digits.getLast());
    }
    return beginnings;
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
