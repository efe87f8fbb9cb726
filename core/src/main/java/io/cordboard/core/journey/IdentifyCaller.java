package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.call.LedgerFact.CallerRead;
import io.cordboard.core.call.Turn;
import io.cordboard.core.profile.CardLoader;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.kernel.PhoneNumber;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Claims → number → customer. The look-up starts at once, beside the commit; it only reads. Whom we do not know is looked
 * for in the systems that are joined, beside the ring: the card is filled in when their answer comes.
 */
final class IdentifyCaller {
  private final Callers callers;
  private final CardLoader cards;
  private final Faces faces;
  private Elsewhere elsewhere = number -> CompletableFuture.completedStage(false);

  /** Knows whom others know. */
  @FunctionalInterface
  interface Elsewhere {
    /** Completes, soon and never with a fault, with whether there is somebody of this number with us now. */
    CompletionStage<Boolean> find(PhoneNumber number);
  }

  IdentifyCaller(Callers callers, CardLoader cards, Faces faces) {
    this.callers = callers;
    this.cards = cards;
    this.faces = faces;
  }

  /** Before the start. */
  void askElsewhere(Elsewhere others) {
    elsewhere = others;
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
                  .ifPresent(
                      live -> {
                        matched(then, live, found == null ? List.of() : found);
                        askOthers(then, live, read, number);
                      }));
    }
  }

  private void askOthers(Turn turn, Call call, CallerRead read, String number) {
    if (isNew(call) && read.state().equals("KNOWN") && number.startsWith("+")) {
      turn.later(
          elsewhere.find(new PhoneNumber(number)),
          (then, known, fault) -> {
            if (Boolean.TRUE.equals(known)) {
              then.later(
                  cards.byNumber(number),
                  (at, found, late) ->
                      at.call(call.id())
                          .ifPresent(live -> filledIn(at, live, read, found == null ? List.of() : found)));
            }
          });
    }
  }

  // unless the agent was quicker and said who it is
  private void filledIn(Turn turn, Call call, CallerRead read, List<NumberMatch> found) {
    if (isNew(call) && !found.isEmpty()) {
      found.forEach(match -> faces.show(call.id(), match.card()));
      turn.record(call, ranked(turn, read, found));
    }
  }

  private static boolean isNew(Call call) {
    return call.customer().isEmpty() && call.match().map(match -> match.state().equals("NEW")).orElse(false);
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
