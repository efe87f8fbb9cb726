package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.AriRest.Answer;
import io.cordboard.adapters.asterisk.AriRest.Ask;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bridges of our own names. Asterisk never removes one by itself. */
record Bridges(AriRest rest, Legs legs) {
  /** No such bridge, no such channel, not in there: the leg is out. */
  private static final Set<Integer> OUT = Set.of(400, 404, 409, 422);

  /** The names that calls' bridges are given: {@code b-} or {@code c-}, the call's id, perhaps a number. */
  private static final Pattern OF_A_CALL =
      Pattern.compile("[bc]-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-[0-9]{1,4})?");

  /** Adding a leg that is in the bridge would take it out and put it in again. */
  CompletionStage<@Nullable Void> join(String bridge, LegKey leg) {
    Legs.Leg known = legs.find(leg.channel());
    if (known != null && bridge.equals(known.bridge)) {
      return CompletableFuture.completedFuture(null);
    }
    return made(bridge)
        .thenCompose(fresh -> quiet(leg, known).thenCompose(quiet -> add(bridge, leg, fresh)));
  }

  /** Whether it was made now; one of an earlier run of ours may be there. */
  private CompletionStage<Boolean> made(String bridge) {
    if (!legs.bridges().add(bridge)) {
      return CompletableFuture.completedFuture(false);
    }
    return rest.send(Ask.post(path(bridge)).with("type", "mixing"))
        .thenApply(answer -> answer.status() != 409 && answer.orThrow().good())
        .whenComplete(
            (fresh, failed) -> {
              if (failed != null) {
                legs.bridges().remove(bridge);
              }
            });
  }

  private CompletionStage<?> quiet(LegKey leg, Legs.@Nullable Leg known) {
    if (known != null && known.tone) {
      known.tone = false;
      return rest.send(Ask.delete(Legs.path(leg) + "/ring")).thenCompose(any -> quiet(leg, known));
    }
    if (known != null && !known.music) {
      return CompletableFuture.completedFuture(leg);
    }
    legs.music(leg, false);
    return rest.send(Ask.delete(Legs.path(leg) + "/moh"));
  }

  private CompletionStage<@Nullable Void> add(String bridge, LegKey leg, boolean fresh) {
    return rest.send(Ask.post(path(bridge) + "/addChannel").with("channel", leg.channel()))
        .thenCompose(added -> added(bridge, leg, fresh, added));
  }

  private CompletionStage<@Nullable Void> added(
      String bridge, LegKey leg, boolean fresh, Answer added) {
    if (added.status() == 404 && !fresh && legs.bridges().remove(bridge)) {
      // somebody else removed it
      return join(bridge, leg);
    }
    CompletionStage<Answer> undone =
        added.good() || !fresh
            ? CompletableFuture.completedFuture(added)
            : removed(bridge).thenApply(any -> added);
    return undone.thenAccept(
        answer -> {
          // for a channel that is gone ARI answers this request alone with 400
          if (answer.status() == 400) {
            throw Legs.gone(leg);
          }
          legs.check(leg, answer);
          legs.joined(leg, bridge);
        });
  }

  CompletionStage<@Nullable Void> leave(String bridge, LegKey leg) {
    return rest.send(Ask.post(path(bridge) + "/removeChannel").with("channel", leg.channel()))
        .thenAccept(
            answer -> {
              if (!OUT.contains(answer.status())) {
                answer.orThrow();
              }
              legs.left(leg, bridge);
            });
  }

  CompletionStage<@Nullable Void> close(String bridge) {
    return removed(bridge).thenAccept(Answer::orGone);
  }

  /**
   * Nobody is in it: an earlier run of ours was killed before it closed it. A call that lives makes
   * its bridge anew. Bridges with other names are other people's. For the thread that connects.
   */
  static void sweep(AriRest rest, String bridge) {
    if (!OF_A_CALL.matcher(bridge).matches()) {
      return;
    }
    try {
      rest.get(Ask.delete(path(bridge)));
    } catch (Fault.NotFound gone) {
      // that is what was wanted
    }
  }

  private CompletionStage<Answer> removed(String bridge) {
    legs.bridges().remove(bridge);
    return rest.send(Ask.delete(path(bridge)));
  }

  private static String path(String bridge) {
    if (!Dialler.isChannel(bridge)) {
      throw new Fault.BadRequest("'" + Fault.excerpt(bridge) + "' is no name for a bridge.");
    }
    return "/bridges/" + AriRest.encode(bridge);
  }
}
