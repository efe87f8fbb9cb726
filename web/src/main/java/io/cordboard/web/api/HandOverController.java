package io.cordboard.web.api;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.TransferTo;
import io.cordboard.core.trust.Permission;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** An agent hands a customer on, or speaks to somebody else first. */
@Tag(name = "talks")
@RestController
@RequestMapping("/api/v1/calls/{id}")
class HandOverController {
  private static final String TO =
      "GET /api/v1/transfer-targets tells to whom. A number needs DIAL_OUT too. 404 for a call that is not"
          + " on one's desk. 204 when it is taken on: what came of it shows on the desk.";
  private static final String THEN =
      "409 without a consultation; 404 for a call that is not on one's desk.";
  private static final int MAX_TARGET = 40;
  private final OwnDesk desk;

  HandOverController(OwnDesk desk) {
    this.desk = desk;
  }

  /**
   * To whom.
   *
   * @param target an agent's id, a queue's id, or a number as it is dialled
   */
  record TargetOrder(TransferTo to, @Schema(maxLength = MAX_TARGET) String target) {
    private String checked() {
      return Input.text("target", target, MAX_TARGET);
    }
  }

  @Operation(summary = "Hand the customer on at once: to an agent, a queue or a number", description = TO)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/transfer")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void transfer(@PathVariable String id, @RequestBody TargetOrder order, Caller caller) {
    desk.carryOut(
        caller, new DeskCommand.Transfer(OwnDesk.call(id), order.to(), order.checked()));
  }

  @Operation(
      summary = "Speak to an agent, whoever of a queue is free, or a number first, while the customer hears music",
      description = TO)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/consult")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void consult(@PathVariable String id, @RequestBody TargetOrder order, Caller caller) {
    desk.carryOut(
        caller, new DeskCommand.Consult(OwnDesk.call(id), order.to(), order.checked()));
  }

  @Operation(summary = "In a consultation: to the customer while the other one waits, or the other way round", description = THEN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/swap")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void swap(@PathVariable String id, Caller caller) {
    desk.carryOut(caller, new DeskCommand.Swap(OwnDesk.call(id)));
  }

  @Operation(summary = "In a consultation: the customer is the other one's from now on", description = THEN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/complete-transfer")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void complete(@PathVariable String id, Caller caller) {
    desk.carryOut(caller, new DeskCommand.CompleteTransfer(OwnDesk.call(id)));
  }

  @Operation(summary = "End a consultation: back to the customer", description = THEN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/cancel-consultation")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void cancel(@PathVariable String id, Caller caller) {
    desk.carryOut(caller, new DeskCommand.CancelConsultation(OwnDesk.call(id)));
  }

  @Operation(summary = "In a consultation: all three hear each other", description = THEN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/merge")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void merge(@PathVariable String id, Caller caller) {
    desk.carryOut(caller, new DeskCommand.Merge(OwnDesk.call(id)));
  }
}
