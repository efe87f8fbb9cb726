package io.cordboard.web.api;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.DialRight;

/** The desk of whoever asks: what its socket takes as a command may come as a request too. */
final class OwnDesk {
  private final DeskDoor desk;

  OwnDesk(DeskDoor desk) {
    this.desk = desk;
  }

  /** Carries out what an agent asks for, as if the agent's page had asked. */
  void carryOut(Caller caller, DeskCommand command) {
    User agent = agent(caller);
    DialRight.check(caller.getPrincipal(), command);
    Stages.wait(desk.command(agent.id(), "request", command));
  }

  /** What the desk would show now. */
  DeskDoor.Look look(Caller caller) {
    return Stages.wait(desk.look(agent(caller).id()));
  }

  /** Whose desk it is: programs have none. */
  static User agent(Caller caller) {
    return caller
        .session()
        .orElseThrow(() -> new Fault.Refused("Only a person at a desk does this."))
        .user();
  }

  /** An id of a call in its one form. */
  static String call(String id) {
    return CallId.parse(id).toString();
  }
}
