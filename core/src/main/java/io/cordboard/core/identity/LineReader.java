package io.cordboard.core.identity;

import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.kernel.NumberClaims;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the dialled line among the headers that may carry it. */
final class LineReader {
  private final PlanReader plans;

  LineReader(PlanReader plans) {
    this.plans = plans;
  }

  /**
   * The canonical line; what was told where no header carries a number; null when nothing was told.
   */
  @Nullable String read(NumberClaims claims, TrunkRules rules, Trace trace) {
    String text = null;
    for (LineSource source : rules.lineFrom()) {
      List<Claim> told = told(source, claims, rules);
      Claim number = best(told, rules);
      if (number != null) {
        trace.steps().addAll(number.trace().steps());
        return number.canonical();
      }
      text = text == null && !told.isEmpty() ? told.getFirst().canonical() : text;
    }
    return text;
  }

  /**
   * A header with several numbers tells the way of a diverted call: one of ours is the one we
   * serve.
   */
  private static @Nullable Claim best(List<Claim> told, TrunkRules rules) {
    Claim first = null;
    for (Claim claim : told) {
      if (claim.isNumber() && rules.own().contains(claim.canonical())) {
        return claim;
      }
      first = first == null && claim.isNumber() ? claim : first;
    }
    return first;
  }

  private List<Claim> told(LineSource source, NumberClaims claims, TrunkRules rules) {
    List<Claim> told = new ArrayList<>();
    for (String raw : headers(source, claims)) {
      Claim claim = claim(source, raw, rules);
      if (claim.isTold()) {
        told.add(claim);
      }
    }
    return told;
  }

  private static List<String> headers(LineSource source, NumberClaims claims) {
    return switch (source) {
      case REQUEST_LINE -> listOf(claims.requestLine());
      case TO -> listOf(claims.to());
      case DIVERSION -> claims.diversion();
      case HISTORY_INFO -> claims.history();
      case P_CALLED_PARTY_ID -> listOf(claims.calledParty());
    };
  }

  private static List<String> listOf(@Nullable String header) {
    return header == null ? List.of() : List.of(header);
  }

  private Claim claim(LineSource source, String raw, TrunkRules rules) {
    Trace trace = Trace.of(Side.LINE);
    Told told = Told.of(raw);
    trace.taken(source.name(), raw, told);
    boolean isNumber = told.kind() == Told.Kind.NUMBER;
    return new Claim(
        told.kind(), isNumber ? canonical(told.text(), rules, trace) : told.text(), trace);
  }

  private String canonical(String told, TrunkRules rules, Trace trace) {
    String text = rules.rewritten(told, trace);
    CallerNumber number = plans.read(text, rules.place(), trace);
    String canonical = number == null ? null : number.canonical();
    return canonical == null ? text : canonical;
  }

  private record Claim(Told.Kind kind, String canonical, Trace trace) {
    boolean isNumber() {
      return kind == Told.Kind.NUMBER;
    }

    boolean isTold() {
      return isNumber() || kind == Told.Kind.TEXT;
    }
  }
}
