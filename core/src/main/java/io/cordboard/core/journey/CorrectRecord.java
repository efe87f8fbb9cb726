package io.cordboard.core.journey;

import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.CallArchive.Said;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.LedgerFact;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand.Dispose;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * An agent changes what came of a call that is over and closed, while their desk still shows it: in
 * the call's record, with a trace of what stood there.
 */
public final class CorrectRecord {
  private final Ledger ledger;
  private final Journeys journeys;
  private final Records records;
  private final Executor slow;

  /** Where records and traces are kept. */
  public record Records(CallArchive archive, Audit audit) {}

  CorrectRecord(Ledger ledger, Journeys journeys, Records records, Executor slow) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.records = records;
    this.slow = slow;
  }

  CompletionStage<Void> disposed(AgentId agent, Dispose said) {
    CallId call = CallId.parse(said.callId());
    return ledger
        .ask(turn -> shown(agent, said.callId()))
        .thenApplyAsync(view -> write(agent, call, now(view, said)), slow)
        .thenCompose(
            written ->
                ledger.ask(
                    turn -> {
                      show(agent, said.callId(), written);
                      return null;
                    }));
  }

  private CallView shown(AgentId agent, String call) {
    CallView view = journeys.hub().shown(agent, call);
    if (view == null) {
      throw new Fault.NotFound("This call is over and closed.");
    }
    return view;
  }

  /** What shall stand in the record: checked as if it were said in the call. */
  private Said now(CallView view, Dispose said) {
    String code = journeys.outcomes().code(said.disposition(), view.disposition());
    String line = view.lineNumber();
    return new Said(
        code,
        journeys
            .outcomes()
            .checked(line == null ? "" : line, said.answers() == null ? view.answers() : said.answers()));
  }

  private Said write(AgentId agent, CallId call, Said now) {
    Said before =
        records
            .archive()
            .correct(call, agent, now)
            .orElseThrow(() -> new Fault.Refused("You did not talk in this call."));
    records
        .audit()
        .recordNow(
            new AuditEntry(
                "user:" + agent, "disposition-corrected", "call:" + call,
                AuditEntry.Outcome.DONE, call.toString(),
                Map.of("before", word(before), "now", word(now))));
    return now;
  }

  /** The code, and which fields are filled in; what stands in them is the customer's. */
  private static String word(Said said) {
    String code = said.disposition() == null ? "" : said.disposition();
    List<String> fields = said.answers().stream().map(LedgerFact.Answer::field).toList();
    return fields.isEmpty() ? code : code + " +" + String.join(",", fields);
  }

  private void show(AgentId agent, String call, Said now) {
    CallView view = journeys.hub().shown(agent, call);
    String code = now.disposition();
    if (view != null && code != null) {
      journeys.hub().call(agent, view.disposed(code, ScreenPop.answers(now.answers())), null);
    }
  }
}
