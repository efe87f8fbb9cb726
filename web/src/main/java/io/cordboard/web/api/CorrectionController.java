package io.cordboard.web.api;

import io.cordboard.core.desk.DeskCommand.Filled;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.trust.Permission;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Whoever talked in a call corrects what came of it, long after. */
@Tag(name = "calls")
@RestController
@RequestMapping("/api/v1/calls/{id}/corrections")
class CorrectionController {
  private static final int MAX_CODE = 64;
  private static final int MAX_VALUE = 1_000;
  private static final int MAX_ANSWERS = 100;
  private final DeskDoor desk;

  CorrectionController(DeskDoor desk) {
    this.desk = desk;
  }

  /**
   * What shall stand in the record; what is left out stays as it is.
   *
   * @param disposition its code
   * @param answers all of them: a field that is not named is emptied
   * @param notes one's own, as they shall read
   */
  record CorrectionOrder(
      @Nullable String disposition, @Nullable List<AnswerOrder> answers, @Nullable String notes) {
    DeskDoor.Correction correction() {
      String code = Input.optional("disposition", disposition, MAX_CODE);
      if (code == null && answers == null && notes == null) {
        throw new Fault.BadRequest(
            "Nothing to correct: give 'disposition', 'answers' or 'notes'.");
      }
      return new DeskDoor.Correction(code, answers == null ? null : filled(answers), notes);
    }
  }

  /** What shall stand in one field of the outcome's form; nothing empties it. */
  record AnswerOrder(String field, @Nullable String value) {
    Filled filled() {
      String text = Input.optional("value", value, MAX_VALUE);
      return new Filled(Input.text("field", field, MAX_CODE), text == null ? "" : text);
    }
  }

  static List<Filled> filled(List<AnswerOrder> answers) {
    if (answers.size() > MAX_ANSWERS || answers.stream().anyMatch(Objects::isNull)) {
      throw new Fault.BadRequest(
          "'answers' are at most %d, each with a 'field' and a 'value', without an empty entry.".formatted(MAX_ANSWERS));
    }
    return answers.stream().map(AnswerOrder::filled).toList();
  }

  @Operation(
      summary =
          "Correct what one said of a call that is closed: outcome, answers, notes. What stood there is kept in the record")
  @Needs(Permission.TAKE_CALLS)
  @PostMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void correct(@PathVariable String id, @RequestBody CorrectionOrder order, Caller caller) {
    CallId call = CallId.parse(id);
    DeskDoor.Correction correction = order.correction();
    Stages.wait(
        caller
            .session()
            .map(session -> desk.correct(session.user().id(), call, correction))
            .orElseThrow(() -> new Fault.Refused("Only a person at a desk corrects a record.")));
  }
}
