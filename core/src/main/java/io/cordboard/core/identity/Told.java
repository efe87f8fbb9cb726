package io.cordboard.core.identity;

import io.cordboard.kernel.Fault;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a header tells, freed from everything that is not dialled. Reads any text, throws never. */
record Told(Kind kind, String text) {
  /** What sort of thing was told. */
  enum Kind {
    /** Characters that can be dialled: an optional plus sign in front, then {@code 0-9 * #}. */
    NUMBER,
    /** Something else; {@code text} is a safe excerpt. */
    TEXT,
    /** A word that says that the caller hides the number. */
    HIDDEN,
    /** Nothing, or a word that says that no number is known. */
    ABSENT
  }

  private static final int MAX_RAW = 256;
  private static final int MAX_DIALLED = 40;
  private static final int MAX_EXCERPT = 28;
  private static final Told NOTHING = new Told(Kind.ABSENT, "");
  private static final Told HIDING = new Told(Kind.HIDDEN, "");
  private static final Set<String> HIDING_WORDS =
      Set.of(
          "anonymous",
          "restricted",
          "private",
          "withheld",
          "blocked",
          "private number",
          "no caller id",
          "caller id blocked",
          "number withheld",
          "匿名",
          "保密",
          "私人号码",
          "隐藏号码");
  private static final Set<String> ABSENT_WORDS =
      Set.of(
          "unknown",
          "unavailable",
          "not available",
          "out of area",
          "null",
          "nil",
          "none",
          "未知",
          "未知号码",
          "无号码");

  static Told of(@Nullable String raw) {
    if (raw == null || raw.isBlank()) {
      return NOTHING;
    }
    if (isDialled(raw)) {
      return new Told(Kind.NUMBER, raw);
    }
    return raw.length() > MAX_RAW ? text(raw) : ofMarked(raw);
  }

  private static boolean isDialled(String raw) {
    int from = raw.charAt(0) == '+' ? 1 : 0;
    for (int i = from; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if ((c < '0' || c > '9') && c != '*' && c != '#') {
        return false;
      }
    }
    return raw.length() > from && raw.length() <= MAX_DIALLED;
  }

  private static Told ofMarked(String raw) {
    String user = user(raw);
    String word = user.toLowerCase(Locale.ROOT);
    if (HIDING_WORDS.contains(word) || raw.contains("anonymous.invalid")) {
      return HIDING;
    }
    if (word.isEmpty() || ABSENT_WORDS.contains(word)) {
      return NOTHING;
    }
    String dialled = dialled(user);
    return dialled == null ? text(user) : new Told(Kind.NUMBER, inContext(user, dialled));
  }

  private static Told text(String text) {
    return new Told(Kind.TEXT, excerpt(text));
  }

  /** A short head of untrusted text without control characters; no character is cut in two. */
  static String excerpt(String text) {
    if (text.length() <= MAX_EXCERPT && text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return text;
    }
    int points = text.codePointCount(0, text.length());
    int end = text.offsetByCodePoints(0, Math.min(points, MAX_EXCERPT));
    return Fault.excerpt(text.substring(0, end));
  }

  /** The part of a URI or of a header that names the user, with the URI's escapes undone. */
  private static String user(String raw) {
    String text = raw;
    int open = text.lastIndexOf('<');
    if (open >= 0) {
      int close = text.indexOf('>', open);
      text = text.substring(open + 1, close < 0 ? text.length() : close);
    }
    text = withoutScheme(text.strip());
    int at = text.indexOf('@');
    return unescaped(at < 0 ? text : text.substring(0, at)).strip();
  }

  private static String withoutScheme(String text) {
    for (String scheme : new String[] {"sip:", "sips:", "tel:"}) {
      if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return text.substring(scheme.length());
      }
    }
    return text;
  }

  private static String unescaped(String text) {
    return text.indexOf('%') < 0
        ? text
        : text.replace("%2B", "+").replace("%2b", "+").replace("%23", "#").replace("%20", " ");
  }

  /** RFC 3966: a local number in a {@code tel:} URI names the prefix under which it is valid. */
  private static String inContext(String user, String dialled) {
    int context = user.indexOf(";phone-context=+");
    if (context < 0 || dialled.startsWith("+")) {
      return dialled;
    }
    int from = context + ";phone-context=".length();
    int end = user.indexOf(';', from);
    String prefix = dialled(user.substring(from, end < 0 ? user.length() : end));
    return prefix == null ? dialled : prefix + dialled;
  }

  private static @Nullable String dialled(String text) {
    StringBuilder dialled = new StringBuilder();
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (dialled.length() > 0 && endsNumber(text, at)) {
        break;
      }
      if (dialled.length() > MAX_DIALLED || !append(text.codePointAt(at), dialled)) {
        return null;
      }
    }
    return isDialled(dialled) ? dialled.toString() : null;
  }

  private static boolean isDialled(StringBuilder dialled) {
    return dialled.length() > 0 && isDialled(dialled.toString());
  }

  private static boolean append(int point, StringBuilder dialled) {
    int digit = Character.digit(point, 10);
    if (digit >= 0) {
      dialled.append((char) ('0' + digit));
      return true;
    }
    if (point == '*' || point == '#') {
      dialled.append((char) point);
      return true;
    }
    if (point == '+' || point == '＋') {
      dialled.append('+');
      return dialled.length() == 1;
    }
    return isMark(point);
  }

  /** Marks by which people group digits, and the invisible ones that copied text carries. */
  private static boolean isMark(int point) {
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR, Character.DASH_PUNCTUATION, Character.FORMAT -> true;
      default -> "()（）[]./·•~\t−ー".indexOf(point) >= 0;
    };
  }

  /** Where an extension, a pause or a URI's parameter begins. */
  private static boolean endsNumber(String text, int at) {
    return ",;xX转轉".indexOf(text.charAt(at)) >= 0 || text.regionMatches(true, at, "ext", 0, 3);
  }
}
