package io.cordboard.web.api;

import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.desk.TeamDoor.CallsWanted;
import io.cordboard.core.desk.TeamDoor.Wanted;
import io.cordboard.core.desk.TeamView;
import io.cordboard.core.setup.SetupBook;
import io.cordboard.core.setup.Wrong;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The team, for a supervisor: looked at and led. */
@Tag(name = "team")
@RestController
@RequestMapping("/api/v1")
class TeamController {
  private static final int MOST_CALLS = 200;

  private final TeamDoor team;
  private final SetupBook book;
  private final Users users;
  private final TeamChanges changes;
  private final Audit audit;

  TeamController(
      TeamDoor team, SetupBook book, Users users, TeamChanges changes, Audit audit) {
    this.team = team;
    this.book = book;
    this.users = users;
    this.changes = changes;
    this.audit = audit;
  }

  /**
   * What an agent shall be.
   *
   * @param state READY, NOT_READY or OFFLINE
   * @param reason why not ready, a short code; supervisor when not told
   */
  record StateOrder(String state, @Nullable String reason) {}

  /** All queues that an agent shall serve; those of the agent's team stay. */
  record QueuesOrder(List<String> queues) {
    private Set<String> told() {
      if (queues == null || queues.stream().anyMatch(one -> one == null)) {
        throw new Fault.BadRequest("'queues' is a list of queues, without an empty entry.");
      }
      return Set.copyOf(queues);
    }
  }

  /** Where a call shall wait. */
  record MoveOrder(String queue) {}

  @Operation(summary = "Who is in what state, who waits, and the day's figures, as of now")
  @Needs(Permission.SEE_TEAM)
  @GetMapping("/team")
  TeamView now() {
    return Stages.wait(team.now());
  }

  @Operation(summary = "Today's calls that are over, the newest first")
  @Needs(Permission.SEE_TEAM)
  @GetMapping("/team/calls")
  PastCalls calls(
      @RequestParam(required = false) @Nullable String queue,
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    int most = Input.between("limit", limit, 1, MOST_CALLS);
    return PastCalls.page(
        team.calls(
            new CallsWanted(
                null, Input.optional("queue", queue, 40),
                agent == null ? null : AgentId.parse(agent), null, PastCalls.after(cursor), most)),
        most);
  }

  @Operation(summary = "Change an agent's state, as if the agent had asked")
  @Needs(Permission.LEAD_TEAM)
  @PostMapping("/agents/{id}/state")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void state(@PathVariable String id, @RequestBody StateOrder order, Principal who) {
    AgentId agent = AgentId.parse(id);
    Wanted wanted = Code.of("state", Wanted.class, order.state());
    String reason = order.reason() == null ? "supervisor" : Code.short40("reason", order.reason());
    Audited.run(
        audit,
        entry(who, "agent-state-set", "user:" + agent, Map.of("state", wanted.name(), "reason", reason)),
        () -> Stages.wait(team.order(agent, wanted, reason).thenApply(done -> true)));
  }

  @Operation(summary = "Let an agent serve these queues and no others")
  @Needs(Permission.LEAD_TEAM)
  @PostMapping("/agents/{id}/queues")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void queues(@PathVariable String id, @RequestBody QueuesOrder order, Principal who) {
    User user =
        users
            .byId(AgentId.parse(id))
            .orElseThrow(() -> new Fault.NotFound("There is no such agent."));
    SetupBook.Plan plan = book.serving(user.username().value(), order.told());
    if (!plan.wrong().isEmpty()) {
      throw new Fault.Refused(
          String.join(" ", plan.wrong().stream().map(Wrong::detail).toList()));
    }
    if (!plan.changes().isEmpty()) {
      String queues = String.join(" ", order.queues());
      Audited.run(
          audit,
          entry(who, "agent-queues-set", "user:" + user.id(), Map.of("queues", queues)),
          () -> {
            book.apply(plan, who.auditName());
            return true;
          });
      changes.changed();
    }
  }

  @Operation(summary = "Move a waiting call to another queue; it keeps its age")
  @Needs(Permission.LEAD_TEAM)
  @PostMapping("/calls/{id}/move")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void move(@PathVariable String id, @RequestBody MoveOrder order, Principal who) {
    CallId call = new CallId(Code.id(id));
    String queue = Input.text("queue", order.queue(), 40);
    Audited.run(
        audit,
        entry(who, "call-moved", "call:" + call, Map.of("queue", queue)),
        () -> Stages.wait(team.move(call, queue).thenApply(done -> true)));
  }

  private static AuditEntry entry(
      Principal who, String what, String subject, Map<String, String> details) {
    return new AuditEntry(who.auditName(), what, subject, Outcome.DONE, null, details);
  }
}
