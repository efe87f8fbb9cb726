package io.cordboard.web.api;

import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.Filled;
import io.cordboard.core.desk.DeskMessage.Me;
import io.cordboard.core.desk.DeskMessage.QueueLoad;
import io.cordboard.core.desk.DeskMessage.Spare;
import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.desk.TeamDoor.Wanted;
import io.cordboard.core.trust.Permission;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The desk of whoever asks: state, phone, day, queues and calls. */
@Tag(name = "me")
@RestController
@RequestMapping("/api/v1/me")
class OwnDeskController {
  private final OwnDesk desk;
  private final TeamDoor team;

  OwnDeskController(OwnDesk desk, TeamDoor team) {
    this.desk = desk;
    this.team = team;
  }

  /**
   * How one's desk stands.
   *
   * @param state OFFLINE, READY, NOT_READY, OFFERED, TALKING, TALKING_BREAK_NEXT, WRAP_UP or
   *     WRAP_UP_BREAK_NEXT
   * @param reason why not ready
   * @param phone BROWSER, SIP or VIRTUAL; NONE for who has none
   * @param phoneState UNREGISTERED, UNREACHABLE, IDLE or BUSY
   * @param linkUp whether the link to the phone's switch stands
   * @param spare one's other phone, which does not ring; null for who has one
   */
  record OwnState(
      String agentId,
      String user,
      String name,
      String state,
      @Nullable String reason,
      Instant since,
      String phone,
      String address,
      String phoneState,
      boolean linkUp,
      @Nullable Spare spare) {
    static OwnState of(Me me) {
      return new OwnState(
          me.agentId(), me.user(), me.name(), me.state(), me.reason(), me.since(), me.phone(),
          me.address(), me.phoneState(), me.linkUp(), me.spare());
    }
  }

  /**
   * What one did since the server's midnight, of the parts of calls that are over.
   *
   * @param missed offers that were refused or rang out
   */
  record OwnDay(int answered, int missed, long talkMillis, long wrapUpMillis) {
    static OwnDay of(Me me) {
      return new OwnDay(
          me.callsToday(), me.missedToday(), me.talkMillisToday(), me.wrapUpMillisToday());
    }
  }

  record OwnQueues(List<QueueLoad> items) {}

  record OwnCalls(List<OwnCall> items) {}

  /**
   * A call on one's desk; of the customer only ids: names stand in the customer's file, where it is
   * written down who looked.
   *
   * @param phase RINGING, TALKING, HELD, REJOINING, CONSULTING, WRAP_UP, DONE or DIALLING
   * @param recording NOT_RECORDED, PENDING, RECORDED, PAUSED or FAILED
   * @param match LOOKING, CLEAR, SEVERAL, NEW, WITHHELD or INTERNAL
   * @param candidates who may be calling, the likeliest first
   * @param consultation how far one's consultation is; null for none
   * @param outgoing how far a call is that one dialled; null for one that arrived
   * @param inside a call between colleagues
   */
  record OwnCall(
      String callId,
      CallView.Phase phase,
      String line,
      @Nullable String queue,
      @Nullable String number,
      Instant arrivedAt,
      @Nullable Instant deadlineAt,
      @Nullable Instant answeredAt,
      @Nullable Instant heldSince,
      @Nullable Instant endedAt,
      @Nullable Instant wrapUpUntil,
      CallView.Recording recording,
      String match,
      @Nullable String customerId,
      List<String> candidates,
      boolean verified,
      String notes,
      long notesRevision,
      @Nullable String disposition,
      List<Filled> answers,
      CallView.@Nullable ConsultationState consultation,
      List<String> others,
      CallView.@Nullable Outgoing outgoing,
      boolean inside) {
    static OwnCall of(CallView call) {
      CallView.Match match = call.match();
      CallView.Consultation consultation = call.consultation();
      return new OwnCall(
          call.callId(), call.phase(), call.line(), call.queue(), call.number(), call.arrivedAt(),
          call.deadlineAt(), call.answeredAt(), call.heldSince(), call.endedAt(), call.wrapUpUntil(),
          call.recording(), match.state(), match.customerId(),
          match.candidates().stream().map(CallView.Candidate::customerId).toList(),
          call.verified() != null, call.notes(), call.notesRevision(), call.disposition(),
          call.answers(), consultation == null ? null : consultation.state(), call.others(),
          call.outgoing(), call.inside());
    }
  }

  /**
   * What one wants to be.
   *
   * @param state READY, NOT_READY or OFFLINE
   * @param reason why not ready, a short code such as lunch
   */
  record OwnStateOrder(Wanted state, @Nullable String reason) {
    private String why() {
      return state == Wanted.NOT_READY ? Code.short40("reason", reason) : "";
    }
  }

  /** Which of one's two phones rings. */
  record PhoneChoice(Rung phone) {}

  /** A phone that one can choose. */
  enum Rung {
    BROWSER,
    SIP
  }

  @Operation(summary = "One's own state and phone")
  @Needs(Permission.TAKE_CALLS)
  @GetMapping("/state")
  OwnState state(Caller caller) {
    return OwnState.of(desk.look(caller).me());
  }

  @Operation(
      summary = "Be ready, not ready or offline",
      description = "In a call NOT_READY is a break afterwards, OFFLINE 409. READY needs an open desk, or nobody would see who calls: 409 without.")
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/state")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void be(@RequestBody OwnStateOrder order, Caller caller) {
    Stages.wait(team.order(OwnDesk.agent(caller).id(), order.state(), order.why()));
  }

  @Operation(summary = "Choose which of one's two phones rings; not while one is in a call")
  @Needs(Permission.TAKE_CALLS)
  @PostMapping("/phone")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void phone(@RequestBody PhoneChoice choice, Caller caller) {
    desk.carryOut(caller, new DeskCommand.UsePhone(choice.phone().name()));
  }

  @Operation(summary = "One's own day: calls, misses, talking and wrap-up since the server's midnight")
  @Needs(Permission.TAKE_CALLS)
  @GetMapping("/day")
  OwnDay day(Caller caller) {
    return OwnDay.of(desk.look(caller).me());
  }

  @Operation(summary = "The load of one's own queues, with the calls that are parked there")
  @Needs(Permission.TAKE_CALLS)
  @GetMapping("/queues")
  OwnQueues queues(Caller caller) {
    return new OwnQueues(desk.look(caller).queues());
  }

  @Operation(summary = "The calls on one's desk: what rings, is talked, is wrapped up or may still be corrected")
  @Needs(Permission.TAKE_CALLS)
  @GetMapping("/calls")
  OwnCalls calls(Caller caller) {
    return new OwnCalls(desk.look(caller).calls().stream().map(OwnCall::of).toList());
  }
}
