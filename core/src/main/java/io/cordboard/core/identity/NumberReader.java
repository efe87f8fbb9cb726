package io.cordboard.core.identity;

import io.cordboard.kernel.NumberClaims;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a trunk tells about numbers into the one form in which they are stored and compared:
 * E.164, or for a service number its national digits. Reads any text and throws never. Thread-safe.
 */
public final class NumberReader {
  private final PlanReader plans = new PlanReader();
  private final LineReader lines = new LineReader(plans);

  /**
   * The caller and the dialled line. Where the number is withheld, the asserted identity and From
   * are not read at all: no number of the caller stands in the result.
   */
  public ReadNumbers read(NumberClaims claims, TrunkRules rules) {
    List<Step> steps = new ArrayList<>();
    CallerNumber caller = caller(claims, rules, new Trace(Side.CALLER, steps));
    String line = lines.read(claims, rules, new Trace(Side.LINE, steps));
    return new ReadNumbers(caller, line, steps);
  }

  /** How one number would be read as a caller's and as a line's: for an administrator to try. */
  public ReadNumbers explain(String number, TrunkRules rules) {
    List<String> entries = List.of(number);
    return read(
        new NumberClaims("", number, null, null, false, number, number, entries, entries, number),
        rules);
  }

  /**
   * The form in which a number from a configuration, a form, a file or a CRM is stored; empty when
   * it is no number.
   */
  public Optional<String> canonical(String text, Place place) {
    Told told = Told.of(text);
    CallerNumber number =
        told.kind() == Told.Kind.NUMBER
            ? plans.read(told.text(), place, Trace.of(Side.CALLER))
            : null;
    return Optional.ofNullable(number).map(CallerNumber::canonical);
  }

  private CallerNumber caller(NumberClaims claims, TrunkRules rules, Trace trace) {
    if (claims.withheld()) {
      return withheld("PRIVACY", trace);
    }
    Told from = Told.of(claims.from());
    if (from.kind() == Told.Kind.HIDDEN) {
      return withheld("ANONYMOUS", trace);
    }
    Told asserted = Told.of(claims.asserted());
    if (asserted.kind() == Told.Kind.NUMBER && rules.trustAsserted()) {
      return caller("ASSERTED", claims.asserted(), asserted, rules, trace);
    }
    if (asserted.kind() == Told.Kind.NUMBER) {
      trace.add(Step.Code.ASSERTED_NOT_TRUSTED, "", "");
    }
    return caller("FROM", claims.from(), from, rules, trace);
  }

  private CallerNumber caller(
      String source, @Nullable String raw, Told told, TrunkRules rules, Trace trace) {
    if (raw == null || told.kind() == Told.Kind.ABSENT) {
      return withheld("NONE", trace);
    }
    trace.taken(source, raw, told);
    return told.kind() == Told.Kind.NUMBER
        ? number(told.text(), rules, trace)
        : unreadable(told.text(), trace);
  }

  private CallerNumber number(String told, TrunkRules rules, Trace trace) {
    String text = rules.rewritten(told, trace);
    if (rules.own().contains(text)) {
      return internal(text, trace);
    }
    CallerNumber read = plans.read(text, rules.place(), trace);
    String canonical = read == null ? null : read.canonical();
    if (read == null || canonical == null) {
      return unreadable(Told.excerpt(text), trace);
    }
    return rules.own().contains(canonical) ? internal(canonical, trace) : read;
  }

  private static CallerNumber withheld(String why, Trace trace) {
    trace.add(Step.Code.WITHHELD, why, "");
    return new CallerNumber.Withheld();
  }

  private static CallerNumber unreadable(String excerpt, Trace trace) {
    trace.add(Step.Code.UNREADABLE, "", excerpt);
    return new CallerNumber.Unreadable(excerpt);
  }

  private static CallerNumber internal(String number, Trace trace) {
    trace.add(Step.Code.OWN_NUMBER, "", number);
    return new CallerNumber.Internal(number);
  }
}
