package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.call.LedgerFact.CallerRead;
import io.cordboard.core.call.Turn;
import io.cordboard.core.profile.CardLoader;
import io.cordboard.core.profile.NumberMatch;
import java.util.List;

/** Claims → number → customer. The look-up starts at once, beside the commit; it only reads. */
final class IdentifyCaller {
  private final Callers callers;
  private final CardLoader cards;
  private final Faces faces;

  IdentifyCaller(Callers callers, CardLoader cards, Faces faces) {
    this.callers = callers;
    this.cards = cards;
    this.faces = faces;
  }

  void read(Turn turn, Call call) {
    Callers.Read read = callers.read(call.arrival().claims());
    turn.record(call, new CallerRead(turn.now(), read.state(), read.number(), read.line()));
  }

  /** Looks the caller up; after a restart only the cards are read again, the match stands. */
  void lookUp(Turn turn, Call call) {
    CallerRead read = call.read().orElse(null);
    if (read == null) {
      return;
    }
    String number = read.number();
    if (number == null) {
      matched(turn, call, List.of());
    } else {
      turn.later(
          cards.byNumber(number),
          (then, found, fault) ->
              then.call(call.id())
                  .ifPresent(live -> matched(then, live, found == null ? List.of() : found)));
    }
  }

  void matched(Turn turn, Call call, List<NumberMatch> found) {
    found.forEach(match -> faces.show(call.id(), match.card()));
    CallerRead read = call.read().orElseThrow();
    boolean known = call.match().map(match -> !match.state().equals("UNKNOWN")).orElse(false);
    if (known) {
      turn.touch(call);
      return;
    }
    turn.record(call, ranked(turn, read, found));
  }

  private CallerMatched ranked(Turn turn, CallerRead read, List<NumberMatch> found) {
    return switch (read.state()) {
      case "WITHHELD", "INTERNAL" ->
          new CallerMatched(turn.now(), read.state(), null, List.of());
      default -> callers.rank(turn.now(), read.number(), read.line(), found);
    };
  }
}
