package io.cordboard.core.trust;

import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who did what to whom. No personal data: ids, never names, numbers or notes.
 *
 * @param who as {@link Principal#auditName}
 * @param what small letters and dashes, such as {@code customer-viewed}, {@code recording-played},
 *     {@code signed-in}, {@code agent-released}, {@code user-created}
 * @param subject such as {@code customer:0190...}, {@code recording:...}, {@code user:...}
 * @param correlation the call or request it belongs to, null for none
 * @param details at most 8 short facts, such as the reason of a refusal or the address of a sign-in
 */
public record AuditEntry(
    String who,
    String what,
    String subject,
    Outcome outcome,
    @Nullable String correlation,
    Map<String, String> details) {
  private static final Pattern WHAT = Pattern.compile("[a-z][a-z-]{1,39}");
  private static final int MAX_TEXT = 200;
  private static final int MAX_DETAILS = 8;

  public AuditEntry {
    if (!WHAT.matcher(what).matches()) {
      throw new Fault.Bug("'" + Fault.excerpt(what) + "' is no audit action: [a-z-]{2,40}.", null);
    }
    if (details.size() > MAX_DETAILS) {
      throw new Fault.Bug("An audit entry of '" + what + "' has more than 8 details.", null);
    }
    who = clean(who);
    subject = clean(subject);
    correlation = correlation == null ? null : clean(correlation);
    SortedMap<String, String> sorted = new TreeMap<>();
    details.forEach((k, v) -> sorted.put(clean(k), clean(v)));
    details = Collections.unmodifiableSortedMap(sorted);
  }

  /** How it ended. */
  public enum Outcome {
    /** It was done, or is about to be. */
    DONE,
    /** A right or a rule stood against it. */
    REFUSED,
    /** It was allowed and failed. */
    FAILED
  }

  /** Done by somebody, without more to say. */
  public static AuditEntry done(Principal who, String what, String subject) {
    return of(who, what, subject, Outcome.DONE);
  }

  /** Tried by somebody, with its outcome. */
  public static AuditEntry of(Principal who, String what, String subject, Outcome outcome) {
    return new AuditEntry(who.auditName(), what, subject, outcome, null, Map.of());
  }

  /** Refused, and why. */
  public static AuditEntry refused(Principal who, String what, String subject, String reason) {
    return new AuditEntry(
        who.auditName(), what, subject, Outcome.REFUSED, null, Map.of("reason", reason));
  }

  /**
   * An entry as a store gives it back.
   *
   * @param details keys and values in turn, by key
   * @throws Fault.Refused when no entry was ever written like this: it was changed in the store
   */
  public static AuditEntry stored(
      String who,
      String what,
      String subject,
      String outcome,
      @Nullable String correlation,
      List<String> details) {
    try {
      Map<String, String> map = new TreeMap<>();
      for (int i = 0; i < details.size(); i += 2) {
        map.put(details.get(i), details.get(i + 1));
      }
      AuditEntry entry =
          new AuditEntry(who, what, subject, Outcome.valueOf(outcome), correlation, map);
      if (entry.who.equals(who)
          && entry.subject.equals(subject)
          && Objects.equals(entry.correlation, correlation)
          && entry.detailList().equals(details)) {
        return entry;
      }
    } catch (Fault.Bug | IllegalArgumentException | IndexOutOfBoundsException changed) {
      // told below
    }
    throw new Fault.Refused("No audit entry is written like this: it was changed in the database.");
  }

  /** The details as keys and values in turn, by key: the form that is stored. */
  public List<String> detailList() {
    List<String> list = new ArrayList<>(2 * details.size());
    details.forEach(
        (key, value) -> {
          list.add(key);
          list.add(value);
        });
    return list;
  }

  /** The same with the call or request it belongs to. */
  public AuditEntry within(String call) {
    return new AuditEntry(who, what, subject, outcome, call, details);
  }

  /** The same with another outcome. */
  public AuditEntry ended(Outcome how) {
    return new AuditEntry(who, what, subject, how, correlation, details);
  }

  // a lone surrogate or a NUL could not be stored as it was hashed
  private static String clean(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_TEXT));
    text.codePoints()
        .limit(MAX_TEXT)
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '·' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
