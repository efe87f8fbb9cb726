package io.cordboard.core.journey;

import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.CallArchive.PastCall;
import io.cordboard.core.call.CallArchive.Said;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.LedgerFact;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand.Dispose;
import io.cordboard.core.desk.DeskDoor.Correction;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An agent changes what came of a call that is over and closed, the last one at their desk or an older
 * one: in the call's record, where what stood there is kept.
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
        .ask(turn -> new Shown(shown(agent, said.callId()), turn.now()))
        .thenApplyAsync(
            shown -> write(agent, call, new Change(null, now(shown.view(), said), shown.at())),
            slow)
        .thenCompose(
            written ->
                ledger.ask(
                    turn -> {
                      show(agent, said.callId(), written);
                      return null;
                    }));
  }

  private record Shown(CallView view, long at) {}

  private record Change(@Nullable Said expected, Said now, long at) {}

  private CallView shown(AgentId agent, String call) {
    CallView view = journeys.hub().shown(agent, call);
    if (view == null) {
      throw Mine.notHere();
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

  // ---- an older call -------------------------------------------------------------------------

  CompletionStage<Void> corrected(AgentId agent, CallId call, Correction said) {
    return ledger
        .ask(turn -> over(turn, call))
        .thenApplyAsync(at -> write(agent, call, change(agent, call, said, at)), slow)
        .thenCompose(
            written ->
                ledger.ask(
                    turn -> {
                      show(agent, call.toString(), written);
                      return null;
                    }));
  }

  private static long over(Turn turn, CallId call) {
    if (turn.call(call).isPresent()) {
      throw new Fault.Refused(
          "This call is not closed yet: say it on the desk, or correct it when its record is finished.");
    }
    return turn.now();
  }

  /** What is not told of stays as it was, also where it could not be said any more today. */
  private Change change(AgentId agent, CallId call, Correction said, long at) {
    PastCall past =
        records
            .archive()
            .find(call)
            .orElseThrow(() -> new Fault.NotFound("There is no record of this call."));
    if (past.direction().equals("inside")) {
      throw new Fault.Refused("Of a call between colleagues nothing is said, so there is nothing to correct.");
    }
    Said before = before(past, agent);
    String code =
        said.disposition() == null
            ? before.disposition()
            : journeys.outcomes().code(said.disposition(), null);
    String notes = CallFile.checkedNote(said.notes());
    return new Change(before, new Said(code, answers(past, agent, said, before), notes), at);
  }

  private static Said before(PastCall past, AgentId agent) {
    return past.lastTalk(agent)
        .map(talk -> new Said(talk.disposition(), talk.answers()))
        .or(() -> ofWhole(past, agent))
        .orElseThrow(CorrectRecord::notYours);
  }

  /** Of a call that another switch routed. */
  private static Optional<Said> ofWhole(PastCall past, AgentId agent) {
    return agent.equals(past.call().agent())
        ? Optional.of(new Said(past.call().disposition(), List.of()))
        : Optional.empty();
  }

  private List<LedgerFact.Answer> answers(
      PastCall past, AgentId agent, Correction said, Said before) {
    if (said.answers() == null) {
      return before.answers();
    }
    if (past.lastTalk(agent).isEmpty()) {
      throw new Fault.Refused("Of a call that another switch routed only the outcome is kept.");
    }
    String line = past.call().line();
    List<LedgerFact.Answer> answers = journeys.outcomes().checked(line, said.answers());
    journeys.outcomes().checkComplete(line, answers);
    return answers;
  }

  private static Fault notYours() {
    return new Fault.Refused("You did not talk in this call: only who did corrects its record.");
  }

  // ---- both ----------------------------------------------------------------------------------

  private Said write(AgentId agent, CallId call, Change change) {
    Said now = change.now();
    Said before =
        records
            .archive()
            .correct(call, agent, change.expected(), now, change.at())
            .orElseThrow(CorrectRecord::notYours);
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
    List<String> fields =
        new ArrayList<>(said.answers().stream().map(LedgerFact.Answer::field).toList());
    if (said.notes() != null) {
      fields.add("notes");
    }
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
