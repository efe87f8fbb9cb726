package io.cordboard.kernel;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a switch was told about the numbers of an arriving leg, untrusted, and verbatim but for its
 * size: a text is cut at {@link #LONGEST} characters, a list at {@link #MOST} entries. Which of
 * them counts is the trunk's rule, not the adapter's.
 *
 * @param trunk the trunk's name on the switch
 * @param from the From header's (or caller id's) number; null where it is withheld
 * @param displayName the caller's display name; null where the number is withheld, which it may
 *     repeat
 * @param asserted number of P-Asserted-Identity; null where the number is withheld or From is
 *     anonymous
 * @param withheld the caller asked that the number be not shown (Privacy: id, or the presentation):
 *     then no word of the caller's gets any further than the adapter
 * @param requestLine number of the request line, as the dialplan saw it
 * @param to number of the To header
 * @param diversion numbers of the Diversion headers, the last diversion first
 * @param history numbers of the History-Info headers, the first entry first
 * @param calledParty number of P-Called-Party-ID
 */
public record NumberClaims(
    String trunk,
    @Nullable String from,
    @Nullable String displayName,
    @Nullable String asserted,
    boolean withheld,
    @Nullable String requestLine,
    @Nullable String to,
    List<String> diversion,
    List<String> history,
    @Nullable String calledParty) {
  /** Longer than any number or name that means something. */
  public static final int LONGEST = 256;

  /** More diversions than a call survives. */
  public static final int MOST = 16;

  /** The trunk of an observed call that one of ours placed: {@code from} is whom they called. */
  public static final String OUTGOING = "out";

  public NumberClaims {
    trunk = cut(trunk);
    boolean hidden = withheld || isAnonymous(from);
    from = withheld ? null : cutOrNull(from);
    displayName = hidden ? null : cutOrNull(displayName);
    asserted = hidden ? null : cutOrNull(asserted);
    requestLine = cutOrNull(requestLine);
    to = cutOrNull(to);
    diversion = cut(diversion);
    history = cut(history);
    calledParty = cutOrNull(calledParty);
  }

  /** The common case: a trunk that tells one number for each side. */
  public static NumberClaims of(String trunk, @Nullable String from, @Nullable String to) {
    return new NumberClaims(trunk, from, null, null, false, to, null, List.of(), List.of(), null);
  }

  private static boolean isAnonymous(@Nullable String from) {
    return from != null && from.toLowerCase(Locale.ROOT).contains("anonymous");
  }

  private static List<String> cut(List<String> texts) {
    return texts.stream().limit(MOST).map(NumberClaims::cut).toList();
  }

  private static @Nullable String cutOrNull(@Nullable String text) {
    return text == null ? null : cut(text);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end);
  }
}
