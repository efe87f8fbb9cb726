package io.cordboard.core.identity;

import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of dialled characters, as dialplans write them. Matching looks at each character once.
 *
 * <ul>
 *   <li>{@code 0-9 + * #} stand for themselves, {@code X} for 0-9, {@code Z} for 1-9, {@code N} for
 *       2-9
 *   <li>{@code [2-57]} for one of the digits 2, 3, 4, 5 and 7
 *   <li>{@code .} for one or more characters of any kind; at most once
 *   <li>{@code |} before, and a second one after, the part that a {@link RewriteRule} keeps
 * </ul>
 */
public final class DialPattern {
  private static final int MAX_LENGTH = 64;
  private static final int ANY_DIGIT = 0x3ff;
  private static final String CHARACTERS = "0123456789+*#";

  private final String text;
  private final int[] tokens;
  private final int dot;
  private final int[] bars;

  private DialPattern(String text, int[] tokens, int dot, int[] bars) {
    this.text = text;
    this.tokens = tokens;
    this.dot = dot;
    this.bars = bars;
  }

  /** {@link Fault.BadRequest} tells what is wrong with the pattern. */
  public static DialPattern of(String text) {
    return new Parser(text).pattern();
  }

  /** Whether the whole number fits. */
  public boolean matches(String number) {
    return dot < 0
        ? number.length() == tokens.length && fits(number, 0, 0, tokens.length)
        : number.length() >= tokens.length
            && fits(number, 0, 0, dot)
            && fits(number, number.length() - afterDot(), dot + 1, tokens.length);
  }

  /** The part between the bars (without bars: all of it), or null when the number does not fit. */
  @Nullable String kept(String number) {
    if (!matches(number)) {
      return null;
    }
    int from = bars.length < 1 ? 0 : offset(bars[0], number);
    int to = bars.length < 2 ? number.length() : offset(bars[1], number);
    return number.substring(from, to);
  }

  /** One set of characters for each place; only for a pattern without a dot. */
  int[] places() {
    return tokens.clone();
  }

  private int afterDot() {
    return tokens.length - dot - 1;
  }

  private int offset(int bar, String number) {
    return dot < 0 || bar <= dot ? bar : number.length() - (tokens.length - bar);
  }

  private boolean fits(String number, int at, int fromToken, int toToken) {
    for (int i = fromToken; i < toToken; i++) {
      int character = CHARACTERS.indexOf(number.charAt(at + i - fromToken));
      if (character < 0 || (tokens[i] >> character & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DialPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  private static final class Parser {
    private final String text;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Integer> bars = new ArrayList<>();
    private int dot = -1;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    DialPattern pattern() {
      if (text.isEmpty() || text.length() > MAX_LENGTH) {
        throw wrong("write 1 to " + MAX_LENGTH + " characters");
      }
      while (at < text.length()) {
        token(text.charAt(at++));
      }
      if (tokens.isEmpty()) {
        throw wrong("it matches no character");
      }
      return new DialPattern(text, ints(tokens), dot, ints(bars));
    }

    private void token(char c) {
      switch (c) {
        case 'X', 'x' -> tokens.add(ANY_DIGIT);
        case 'Z', 'z' -> tokens.add(ANY_DIGIT & ~1);
        case 'N', 'n' -> tokens.add(ANY_DIGIT & ~3);
        case '[' -> tokens.add(characterClass());
        case '.' -> dot();
        case '|' -> bar();
        default -> tokens.add(1 << character(c));
      }
    }

    private void dot() {
      if (dot >= 0) {
        throw wrong("use '.' once only");
      }
      dot = tokens.size();
      tokens.add(0);
    }

    private void bar() {
      if (bars.size() == 2) {
        throw wrong("use '|' twice at most");
      }
      bars.add(tokens.size());
    }

    private int characterClass() {
      int end = text.indexOf(']', at);
      if (end <= at) {
        throw wrong("close '[' with ']' and put digits between");
      }
      int mask = 0;
      while (at < end) {
        int low = digit(text.charAt(at++));
        boolean range = at + 1 < end && text.charAt(at) == '-';
        int high = range ? digit(text.charAt(at + 1)) : low;
        at += range ? 2 : 0;
        for (int digit = low; digit <= high; digit++) {
          mask |= 1 << digit;
        }
      }
      at = end + 1;
      if (mask == 0) {
        throw wrong("write a range with its lower digit first");
      }
      return mask;
    }

    private int digit(char c) {
      if (c < '0' || c > '9') {
        throw wrong("only digits may stand between '[' and ']'");
      }
      return c - '0';
    }

    private int character(char c) {
      int character = CHARACTERS.indexOf(c);
      if (character < 0) {
        throw wrong("use 0-9 + * # X Z N [..] . and | only");
      }
      return character;
    }

    private Fault wrong(String mend) {
      return new Fault.BadRequest(
          "'" + Fault.excerpt(text) + "' is no dial pattern: " + mend + ".");
    }

    private static int[] ints(List<Integer> list) {
      return list.stream().mapToInt(Integer::intValue).toArray();
    }
  }
}
