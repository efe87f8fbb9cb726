package io.cordboard.core.identity;

import io.cordboard.kernel.Fault;
import java.util.HashSet;
import java.util.List;

/**
 * How one trunk's numbers are read.
 *
 * @param rewrites the first that applies to a number is applied, once
 * @param lineFrom where the dialled line stands; the first that tells a readable number counts
 * @param trustAsserted whether P-Asserted-Identity counts before From; only for trunks whose
 *     provider checks it
 * @param own the company's own numbers and extensions, which never match a customer
 */
public record TrunkRules(
    Place place,
    List<RewriteRule> rewrites,
    List<LineSource> lineFrom,
    boolean trustAsserted,
    NumberSet own) {

  /** Where a switch may find the dialled line. */
  public enum LineSource {
    REQUEST_LINE,
    TO,
    DIVERSION,
    HISTORY_INFO,
    P_CALLED_PARTY_ID
  }

  public TrunkRules {
    rewrites = List.copyOf(rewrites);
    lineFrom = List.copyOf(lineFrom);
    if (lineFrom.isEmpty() || new HashSet<>(lineFrom).size() != lineFrom.size()) {
      throw new Fault.BadRequest(
          "The sources of the dialled line are wrong: name at least one, and none twice.");
    }
  }

  /** The number after the first rule that applies to it on this side. */
  String rewritten(String number, Trace trace) {
    for (RewriteRule rule : rewrites) {
      String rewritten = rule.apply(trace.side(), number);
      if (rewritten != null) {
        trace.add(Step.Code.REWRITTEN, rule.toString(), rewritten);
        return rewritten;
      }
    }
    return number;
  }

  /** A trunk that tells the line in the request line or in To, with nothing to rewrite. */
  public static TrunkRules of(Place place) {
    return new TrunkRules(
        place, List.of(), List.of(LineSource.REQUEST_LINE, LineSource.TO), false, NumberSet.NONE);
  }

  /** The same with these rewrite rules. */
  public TrunkRules rewriting(RewriteRule... rules) {
    return new TrunkRules(place, List.of(rules), lineFrom, trustAsserted, own);
  }

  /** The same with the line in these places. */
  public TrunkRules findingLineIn(LineSource... sources) {
    return new TrunkRules(place, rewrites, List.of(sources), trustAsserted, own);
  }

  /** The same with the asserted identity before From. */
  public TrunkRules trustingAsserted() {
    return new TrunkRules(place, rewrites, lineFrom, true, own);
  }

  /** The same with these own numbers and extensions. */
  public TrunkRules owning(String... entries) {
    return new TrunkRules(place, rewrites, lineFrom, trustAsserted, NumberSet.of(List.of(entries)));
  }

  /** The same with these own numbers and extensions beside those it has. */
  TrunkRules alsoOwning(NumberSet more) {
    return new TrunkRules(place, rewrites, lineFrom, trustAsserted, own.and(more));
  }
}
