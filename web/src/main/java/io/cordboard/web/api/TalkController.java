package io.cordboard.web.api;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.trust.Permission;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What an agent does in a talk: the commands of the desk's socket, one request each. */
@Tag(name = "talks")
@RestController
@RequestMapping("/api/v1/calls/{id}")
class TalkController {
  private static final String OWN =
      "In one's own part of a call; of a call that is not on one's desk as little is told as of none: 404."
          + " 204 when it is taken on: what came of it shows on the desk.";
  private static final int MAX_KEYS = 32;
  private final OwnDesk desk;

  TalkController(OwnDesk desk) {
    this.desk = desk;
  }

  /** Keys for a machine at the customer's end: 1 to 32 of 0-9 * # A-D. */
  record KeysOrder(@Schema(maxLength = MAX_KEYS) String keys) {
    /** Without the keys, which may be a secret. */
    @Override
    public String toString() {
      return "KeysOrder";
    }
  }

  @Operation(summary = "Answer a call that rings at one's demo phone; other phones answer by themselves", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/answer")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void answer(@PathVariable String id, Caller caller) {
    ask(caller, id, DeskCommand.Answer::new);
  }

  @Operation(summary = "Refuse a call that rings: back to the queue, oneself not ready", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/decline")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void decline(@PathVariable String id, Caller caller) {
    ask(caller, id, DeskCommand.Decline::new);
  }

  @Operation(summary = "Let the customer hear music", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/hold")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void hold(@PathVariable String id, Caller caller) {
    ask(caller, id, DeskCommand.Hold::new);
  }

  @Operation(summary = "Take the customer back into the talk", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/resume")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void resume(@PathVariable String id, Caller caller) {
    ask(caller, id, DeskCommand.Resume::new);
  }

  @Operation(summary = "Send keys to a machine at the customer's end; they are written down nowhere", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/keys")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keys(@PathVariable String id, @RequestBody KeysOrder order, Caller caller) {
    String keys = Input.text("keys", order.keys(), MAX_KEYS);
    ask(caller, id, call -> new DeskCommand.SendKeys(call, keys));
  }

  @Operation(summary = "Leave the customer with music in a place that the team sees", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/park")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void park(@PathVariable String id, Caller caller) {
    ask(caller, id, DeskCommand.Park::new);
  }

  @Operation(
      summary = "Take a parked call of one's queues; one's phone rings",
      description = "404 for a call that is not parked, or not in one of one's queues; see GET /api/v1/me/queues.")
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/pick-up")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void pickUp(@PathVariable String id, Caller caller) {
    ask(caller, id, DeskCommand.PickUp::new);
  }

  @Operation(summary = "End the call; in a conference, or where one was asked for advice, one's own part of it", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/hang-up")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void hangUp(@PathVariable String id, Caller caller) {
    ask(caller, id, DeskCommand.HangUp::new);
  }

  @Operation(summary = "Record nothing until it is resumed", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/pause-recording")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void pauseRecording(@PathVariable String id, Caller caller) {
    ask(caller, id, DeskCommand.PauseRecording::new);
  }

  @Operation(summary = "Record again", description = OWN)
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/resume-recording")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void resumeRecording(@PathVariable String id, Caller caller) {
    ask(caller, id, DeskCommand.ResumeRecording::new);
  }

  private void ask(Caller caller, String id, Function<String, DeskCommand> command) {
    desk.carryOut(caller, command.apply(OwnDesk.call(id)));
  }
}
