package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.SparePhones;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** An agent with a browser phone and a SIP phone chooses in the middle of the day which one rings. */
public final class UsePhone {
  private final Ledger ledger;
  private final Journeys journeys;
  private final Choice choice;
  private final Executor slow;

  /**
   * Where the choice is kept.
   *
   * @param reread makes the directory know it
   */
  public record Choice(SparePhones spares, Audit audit, Runnable reread) {
    private void keep(AgentId agent, Phone.Kind kind) {
      audit.recordNow(
          new AuditEntry(
              "user:" + agent, "phone-chosen", "user:" + agent, AuditEntry.Outcome.DONE, null,
              Map.of("kind", kind.name())));
      spares.use(agent, kind);
      reread.run();
    }
  }

  UsePhone(Ledger ledger, Journeys journeys, Choice choice, Executor slow) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.choice = choice;
    this.slow = slow;
  }

  /** Meanwhile nothing is offered: a call that began to ring at the one would be looked for at the other. */
  CompletionStage<Void> chosen(AgentId agent, DeskCommand.UsePhone command) {
    Phone.Kind kind;
    try {
      kind = kind(command.phone());
    } catch (Fault unknown) {
      return CompletableFuture.failedFuture(unknown);
    }
    return ledger
        .ask(turn -> begin(turn, agent))
        .thenCompose(
            begun ->
                CompletableFuture.runAsync(() -> choice.keep(agent, kind), slow)
                    .handle((done, failed) -> ended(agent, failed))
                    .thenCompose(end -> end));
  }

  private boolean begin(Turn turn, AgentId id) {
    Agent agent = turn.agent(id);
    Directory.Agent known = journeys.directory().agents().get(id);
    if (known == null || known.spare().isEmpty()) {
      throw new Fault.Refused("You have one phone only: an administrator can give you another one.");
    }
    if (agent.state().busy()) {
      throw new Fault.Refused("You are in a call: change the phone after it.");
    }
    journeys.offers().changingPhone(id, true);
    return true;
  }

  private CompletionStage<Void> ended(
      AgentId agent, @Nullable Throwable failed) {
    return ledger.ask(
        turn -> {
          journeys.offers().changingPhone(agent, false);
          turn.touch(agent);
          if (failed != null) {
            throw Fault.of(failed, "The phone was not changed.");
          }
          return null;
        });
  }

  private static Phone.Kind kind(String text) {
    return switch (text) {
      case "BROWSER" -> Phone.Kind.BROWSER;
      case "SIP" -> Phone.Kind.SIP;
      default ->
          throw new Fault.BadRequest(
              "'%s' is no phone to choose: BROWSER or SIP.".formatted(Fault.excerpt(text)));
    };
  }
}
