package io.cordboard.core.work;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows the form of a payload and none of what may be somebody's own. */
public final class Payloads {
  private static final int LONGEST = 2_000;
  private static final String HIDDEN = "•••";

  private static final Pattern PARTS =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"(\\s*:)?|[^\"{}\\[\\],:\\s]+");
  private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");
  // our own ids, and what is the same for everybody
  private static final Pattern OPEN =
      Pattern.compile(
          "(?i:[a-z]{0,3}-?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-\\d{1,4}){0,2})|true|false|null");

  private Payloads() {}

  /** Keys and ids stand, every other word is hidden. */
  public static String masked(String payload) {
    String text = payload.length() <= LONGEST ? payload : payload.substring(0, LONGEST);
    return PARTS.matcher(text).replaceAll(part -> Matcher.quoteReplacement(shown(part)))
        + (text.length() < payload.length() ? " …" : "");
  }

  private static String shown(MatchResult part) {
    String quoted = part.group(1);
    if (quoted == null) {
      return OPEN.matcher(part.group()).matches() ? part.group() : HIDDEN;
    }
    boolean key = part.group(2) != null;
    boolean stands = (key ? KEY : OPEN).matcher(quoted).matches();
    return stands ? part.group() : '"' + HIDDEN + '"' + (key ? part.group(2) : "");
  }
}
