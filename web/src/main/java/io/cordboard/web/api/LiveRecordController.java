package io.cordboard.web.api;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.trust.Permission;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What an agent says and writes of a call until its record is finished; {@link CorrectionController} is after that. */
@Tag(name = "talks")
@RestController
@RequestMapping("/api/v1/calls/{id}")
class LiveRecordController {
  private static final String OWN = "404 for a call that is not on one's desk.";
  private static final int MAX_CODE = 64;
  private final OwnDesk desk;

  LiveRecordController(OwnDesk desk) {
    this.desk = desk;
  }

  /**
   * Notes as they shall read.
   *
   * @param revision the one that the text was based on; an older one changes nothing
   */
  record NotesOrder(String text, long revision) {}

  /** Who is calling. */
  record CallerOrder(String customerId) {}

  /** How it was made sure: a short code such as birth-date. */
  record VerifiedOrder(@Schema(pattern = "[a-z0-9-]{1,40}") String method) {}

  /**
   * How the call ended.
   *
   * @param disposition its code; left out, it stays as it is
   * @param answers all that stand in the outcome's form; left out, they stay as they are
   */
  record DispositionOrder(
      @Schema(maxLength = MAX_CODE) @Nullable String disposition,
      @Nullable List<CorrectionController.AnswerOrder> answers) {}

  /** The outcome, where it was not said yet. */
  record FinishOrder(@Schema(maxLength = MAX_CODE) @Nullable String disposition) {}

  @Operation(
      summary = "Write one's notes of a call on one's desk",
      description = OWN + " With an older revision what stands stays; GET /api/v1/me/calls has the text and its revision.")
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/notes")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void notes(@PathVariable String id, @RequestBody NotesOrder order, Caller caller) {
    if (order.text() == null) {
      throw new Fault.BadRequest("'text' is missing; an empty one takes the notes away.");
    }
    desk.carryOut(
        caller, new DeskCommand.SaveNotes(OwnDesk.call(id), order.text(), order.revision()));
  }

  @Operation(summary = "Say which customer is calling", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/customer")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void customer(@PathVariable String id, @RequestBody CallerOrder order, Caller caller) {
    String customer = CustomerId.parse(Input.text("customerId", order.customerId(), MAX_CODE)).toString();
    desk.carryOut(caller, new DeskCommand.ChooseCustomer(OwnDesk.call(id), customer));
  }

  @Operation(summary = "Say that the caller is who they say they are, and how it was made sure", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/verify")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void verify(@PathVariable String id, @RequestBody VerifiedOrder order, Caller caller) {
    String method = Code.short40("method", order.method());
    desk.carryOut(caller, new DeskCommand.Verify(OwnDesk.call(id), method));
  }

  @Operation(
      summary = "Say how the call ended, and fill in the outcome's form",
      description = OWN + " From the talk on, and to correct it until the next call; after that by the record's corrections.")
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/disposition")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void dispose(@PathVariable String id, @RequestBody DispositionOrder order, Caller caller) {
    String code = Input.optional("disposition", order.disposition(), MAX_CODE);
    if (code == null && order.answers() == null) {
      throw new Fault.BadRequest("Nothing is said: give 'disposition' or 'answers'.");
    }
    desk.carryOut(
        caller,
        new DeskCommand.Dispose(
            OwnDesk.call(id), code,
            order.answers() == null ? null : CorrectionController.filled(order.answers())));
  }

  @Operation(summary = "Take a minute more for wrap-up", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/extend-wrap-up")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void extend(@PathVariable String id, Caller caller) {
    desk.carryOut(caller, new DeskCommand.ExtendWrapUp(OwnDesk.call(id)));
  }

  @Operation(summary = "The record is complete: ready again, or the break that was asked for", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/finish-wrap-up")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void finish(@PathVariable String id, @RequestBody FinishOrder order, Caller caller) {
    String code = Input.optional("disposition", order.disposition(), MAX_CODE);
    desk.carryOut(caller, new DeskCommand.FinishWrapUp(OwnDesk.call(id), code));
  }
}
