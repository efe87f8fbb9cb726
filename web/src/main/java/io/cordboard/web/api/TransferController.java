package io.cordboard.web.api;

import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.DeskDoor.TransferTargets;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** To whom an agent may hand a customer on. */
@Tag(name = "calls")
@RestController
@RequestMapping("/api/v1/transfer-targets")
class TransferController {
  private final DeskDoor desk;

  TransferController(DeskDoor desk) {
    this.desk = desk;
  }

  @Operation(summary = "Agents and queues to whom one may hand one's call on, and whether numbers outside, as of now")
  @Needs(Permission.TAKE_CALLS)
  @GetMapping
  TransferTargets list(Caller caller) {
    return caller
        .session()
        .map(session -> allowed(desk.targets(session.user().id()), session.principal()))
        .orElseThrow(() -> new Fault.Refused("Only a person at a desk hands calls on."));
  }

  /** Who may not dial out hands nobody on to a number outside. */
  private static TransferTargets allowed(TransferTargets targets, Principal who) {
    return new TransferTargets(
        targets.agents(), targets.queues(), targets.outside() && who.may(Permission.DIAL_OUT));
  }
}
