package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact.Answer;
import io.cordboard.core.call.LedgerFact.Disposed;
import io.cordboard.core.call.LedgerFact.WrapUpExtended;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.OutcomeForm.OutcomeField;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an agent says came of a talk, by what is set up; and the time they have for it. */
final class Outcomes {
  private static final long SECOND = 1_000_000;
  private static final long EXTENSION = 60 * SECOND;

  /** Nobody finishes a record for ever: the customers wait. */
  private static final long MOST_EXTENDED = 600 * SECOND;

  private final Supplier<Directory> directory;

  Outcomes(Supplier<Directory> directory) {
    this.directory = directory;
  }

  /** A fact of a live call; what was not told of stays as it was. */
  void say(Turn turn, AgentId agent, DeskCommand.Dispose said) {
    Mine.Own own = Mine.own(turn, agent, said.callId());
    InsideCall.checkCustomer(own.call());
    String code = code(said.disposition(), saidBefore(own));
    List<Answer> answers = said.answers() == null ? before(own) : checked(line(own.call()), said.answers());
    turn.record(own.call(), new Disposed(turn.now(), own.n(), code, answers));
  }

  private static @Nullable String saidBefore(Mine.Own own) {
    return own.n() == 0
        ? own.call().observedDisposition()
        : own.call().segment(own.n()).disposition();
  }

  /** The outcome that is said now, else the one of before; a fault when it is none. */
  String code(@Nullable String said, @Nullable String before) {
    String code = said == null ? before : said;
    if (code == null) {
      throw new Fault.Refused("Choose first how the call ended, then fill in the rest.");
    }
    return directory.get().outcomeOf(code);
  }

  void finish(Turn turn, AgentId agent, DeskCommand.FinishWrapUp command) {
    Mine.Own own = Mine.own(turn, agent, command.callId());
    if (!own.wrappingUp()) {
      throw new Fault.Refused("This call is not in wrap-up; there is nothing to finish.");
    }
    if (own.n() != 0) {
      checkComplete(own.call(), own.call().segment(own.n()));
    }
    if (command.disposition() != null) {
      say(turn, agent, new DeskCommand.Dispose(command.callId(), command.disposition()));
    }
    if (own.n() == 0) {
      ObservedCall.finish(turn, own.call(), false);
    } else {
      InboundCall.finish(turn, own.call(), own.call().segment(own.n()), false);
    }
  }

  void extend(Turn turn, AgentId agent, String callId) {
    Mine.Own own = Mine.own(turn, agent, callId);
    if (own.n() == 0 || !own.wrappingUp()) {
      throw new Fault.Refused("This call is not in wrap-up; its time cannot be made longer.");
    }
    Segment segment = own.call().segment(own.n());
    if (!mayExtend(segment)) {
      throw new Fault.Refused(
          "Wrap-up was made %d minutes longer already: finish it, and correct the record afterwards."
              .formatted(MOST_EXTENDED / EXTENSION));
    }
    turn.record(
        own.call(),
        new WrapUpExtended(turn.now(), own.n(), segment.wrapUpUntil() + EXTENSION));
  }

  /** Whether the agent may have another minute. */
  static boolean mayExtend(Segment segment) {
    return segment.wrappingUp()
        && segment.wrapUpUntil() + EXTENSION <= segment.wrapUpTerm() + MOST_EXTENDED;
  }

  /** The answers in the order of the form, without empty ones; a fault for one that cannot stand there. */
  List<Answer> checked(String line, List<DeskCommand.Filled> given) {
    Map<String, String> byField = new HashMap<>();
    given.forEach(answer -> byField.put(answer.field(), answer.value()));
    List<Answer> answers = new ArrayList<>();
    for (OutcomeField field : directory.get().outcome().askedOn(line)) {
      String value = byField.remove(field.id());
      String checked = value == null ? "" : field.checked(value);
      if (!checked.isEmpty()) {
        answers.add(new Answer(field.id(), checked));
      }
    }
    byField.keySet().stream()
        .findAny()
        .ifPresent(
            unknown -> {
              throw new Fault.BadRequest(
                  "'%s' is no field that is asked on this line.".formatted(Fault.excerpt(unknown)));
            });
    return answers;
  }

  /** A fault while a field is empty that the call's line asks for. */
  void checkComplete(Call call, Segment segment) {
    checkComplete(line(call), segment.answers());
  }

  void checkComplete(String line, List<Answer> answers) {
    List<String> missing =
        directory.get().outcome().askedOn(line).stream()
            .filter(OutcomeField::required)
            .filter(field -> answers.stream().noneMatch(one -> one.field().equals(field.id())))
            .map(OutcomeField::id)
            .toList();
    if (!missing.isEmpty()) {
      throw new Fault.Refused(
          "Still to be filled in: %s. Then finish the record.".formatted(String.join(", ", missing)));
    }
  }

  /** Of a call that another switch routes only the disposition is asked. */
  private static List<Answer> before(Mine.Own own) {
    return own.n() == 0 ? List.of() : own.call().segment(own.n()).answers();
  }

  private static String line(Call call) {
    return call.read().map(read -> read.line()).orElse("");
  }

  /** Whether the call lives: else its record is corrected. */
  static boolean lives(Turn turn, String callId) {
    return turn.call(CallId.parse(callId)).isPresent();
  }
}
