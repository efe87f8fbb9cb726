package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.AriRest.Answer;
import io.cordboard.adapters.asterisk.AriRest.Ask;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Bridges of our own names. Asterisk never removes one by itself. */
record Bridges(AriRest rest, Legs legs) {
  /** No such bridge, no such channel, not in there: the leg is out. */
  private static final Set<Integer> OUT = Set.of(400, 404, 409, 422);

  CompletionStage<@Nullable Void> join(String bridge, LegKey leg) {
    return rest.send(Ask.get(path(bridge))).thenCompose(found -> join(bridge, leg, found));
  }

  /** Adding a leg that is in the bridge would take it out and put it in again. */
  private CompletionStage<@Nullable Void> join(String bridge, LegKey leg, Answer found) {
    boolean present = found.status() != 404;
    if (present && holds(found.orThrow().json(), leg)) {
      return CompletableFuture.completedFuture(null);
    }
    CompletionStage<?> made =
        present
            ? CompletableFuture.completedFuture(found)
            : rest.send(Ask.post(path(bridge)).with("type", "mixing")).thenApply(Answer::orThrow);
    return made.thenCompose(ready -> rest.send(Ask.delete(Legs.path(leg) + "/moh")))
        .thenCompose(
            quiet ->
                rest.send(Ask.post(path(bridge) + "/addChannel").with("channel", leg.channel())))
        .thenCompose(
            added ->
                added.good() || present
                    ? CompletableFuture.completedFuture(added)
                    : undo(bridge, added))
        .thenAccept(
            added -> {
              // for a channel that is gone ARI answers this request alone with 400
              if (added.status() == 400) {
                throw Legs.gone(leg);
              }
              legs.check(leg, added);
            });
  }

  CompletionStage<@Nullable Void> leave(String bridge, LegKey leg) {
    return rest.send(Ask.post(path(bridge) + "/removeChannel").with("channel", leg.channel()))
        .thenAccept(
            answer -> {
              if (!OUT.contains(answer.status())) {
                answer.orThrow();
              }
            });
  }

  CompletionStage<@Nullable Void> close(String bridge) {
    return rest.send(Ask.delete(path(bridge))).thenAccept(Answer::orGone);
  }

  private CompletionStage<Answer> undo(String bridge, Answer added) {
    return rest.send(Ask.delete(path(bridge))).thenApply(removed -> added);
  }

  private static boolean holds(Json bridge, LegKey leg) {
    return bridge.at("channels").items().stream()
        .anyMatch(channel -> leg.channel().equals(channel.text()));
  }

  private static String path(String bridge) {
    if (!Dialler.isChannel(bridge)) {
      throw new Fault.BadRequest("'" + Fault.excerpt(bridge) + "' is no name for a bridge.");
    }
    return "/bridges/" + AriRest.encode(bridge);
  }
}
