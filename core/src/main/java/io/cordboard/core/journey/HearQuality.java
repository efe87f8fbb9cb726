package io.cordboard.core.journey;

import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.call.TalkQuality;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskCommand.ReportQuality;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * An agent's page tells how a talk sounded. Nothing follows from it, so it is no event of the call: it
 * stands beside the record, written where no call waits for it.
 */
final class HearQuality {
  /** The page's clock and ours do not tick alike. */
  private static final long SLACK_SECONDS = 5;

  private final Ledger ledger;
  private final Journeys journeys;
  private final TalkQualities qualities;
  private final Executor slow;

  HearQuality(Ledger ledger, Journeys journeys, TalkQualities qualities, Executor slow) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.qualities = qualities;
    this.slow = slow;
  }

  CompletionStage<Void> said(AgentId agent, ReportQuality said) {
    TalkQuality quality;
    CallId call;
    try {
      quality = new TalkQuality(
              said.stretch(), said.seconds(), said.lossPercent(), said.jitterMillis(),
              said.roundTripMillis(), said.score(), said.lowestScore());
      call = CallId.parse(said.callId());
    } catch (Fault absurd) {
      return CompletableFuture.failedFuture(absurd);
    }
    return ledger
        .ask(turn -> talk(turn, agent, said))
        .thenAcceptAsync(segment -> qualities.keep(call, segment, quality), slow);
  }

  /** The number of the agent's own part, if it was talked in a browser for so long. */
  private int talk(Turn turn, AgentId agent, ReportQuality said) {
    Segment segment = Mine.part(turn, agent, said.callId()).segment();
    if (segment.answeredAt() == 0 || !journeys.talk().browser(segment)) {
      throw new Fault.Refused("You did not talk in this call at a browser phone.");
    }
    long end = segment.endedAt() == 0 ? turn.now() : segment.endedAt();
    if (said.seconds() > (end - segment.answeredAt()) / 1_000_000 + SLACK_SECONDS) {
      throw new Fault.BadRequest("'seconds' is longer than the talk.");
    }
    return segment.n();
  }
}
