package io.cordboard.core.journey;

import io.cordboard.core.call.LedgerFact.Candidate;
import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.kernel.NumberClaims;
import java.util.List;
import java.util.Objects;

/** Takes claims as they are: what identity does with them has tests of its own. */
final class TestCallers implements Callers {
  @Override
  public Read read(NumberClaims claims) {
    String line = Objects.requireNonNullElse(claims.requestLine(), "");
    return claims.withheld()
        ? new Read("WITHHELD", null, line)
        : new Read("KNOWN", claims.from(), line);
  }

  @Override
  public CallerMatched rank(long now, String number, String line, List<NumberMatch> matches) {
    List<Candidate> candidates =
        matches.stream()
            .map(m -> new Candidate(m.card().id(), m.card().name(), "GOLD", 1, List.of("ONLY_OWNER")))
            .toList();
    return candidates.isEmpty()
        ? new CallerMatched(now, "NEW", null, List.of())
        : new CallerMatched(now, "CLEAR", candidates.getFirst().customer(), candidates);
  }
}
