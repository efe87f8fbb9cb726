package io.cordboard.web.api;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.trust.Permission;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Whoever asks calls a number: their own phone rings first. */
@Tag(name = "calls")
@RestController
@RequestMapping("/api/v1/outgoing-calls")
class OutgoingCallController {
  private static final int MAX_NUMBER = 40;
  private final DeskDoor desk;

  OutgoingCallController(DeskDoor desk) {
    this.desk = desk;
  }

  /**
   * A number to call.
   *
   * @param number as it is typed, or in E.164
   * @param queue whose owed call-back this is; null for none
   * @param despite why a customer is called who does not want to be: ASKED, SERVICE or DANGER
   */
  record OutgoingCallOrder(
      @Schema(maxLength = MAX_NUMBER) String number,
      @Schema(maxLength = MAX_NUMBER) @Nullable String queue,
      @Schema(maxLength = MAX_NUMBER) @Nullable String despite) {}

  record Dialled(String callId) {}

  @Operation(summary = "Call a number: one's own phone first, then the customer's; the call shows on one's desk. A customer who does not want to be called: 409 /problems/unconfirmed until 'despite' says why, or never, as it is set")
  @Needs(Permission.DIAL_OUT)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Dialled dial(@RequestBody OutgoingCallOrder order, Caller caller) {
    DeskCommand.Dial wish =
        new DeskCommand.Dial(
            Input.text("number", order.number(), MAX_NUMBER),
            Input.optional("queue", order.queue(), MAX_NUMBER),
            Input.optional("despite", order.despite(), MAX_NUMBER));
    return caller
        .session()
        .map(session -> Stages.wait(desk.dial(session.user().id(), wish)))
        .map(call -> new Dialled(call.toString()))
        .orElseThrow(() -> new Fault.Refused("Only a person at a desk calls somebody."));
  }
}
