package io.cordboard.web.api;

import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.desk.TeamDoor.CallsWanted;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Calls that are over: everybody's for whoever may see the team, else one's own. */
@Tag(name = "calls")
@RestController
@RequestMapping("/api/v1/calls")
class PastCallController {
  private static final int MOST = 200;
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2199, 12, 31);
  private final TeamDoor team;

  PastCallController(TeamDoor team) {
    this.team = team;
  }

  @Operation(
      summary = "Calls of a day that are over, the newest first; without SEE_TEAM those in which one had a part",
      description =
          "'day' is one of the server's calendar such as 2026-01-05, today when it is not told. Of a customer nothing is"
              + " shown: the call's record and the customer's file tell more to those who may see it, and write down who did.")
  @Needs({Permission.TAKE_CALLS, Permission.SEE_TEAM})
  @GetMapping
  PastCalls list(
      @RequestParam(required = false) @Nullable LocalDate day,
      @RequestParam(required = false) @Nullable String queue,
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit,
      Principal who) {
    int most = Input.between("limit", limit, 1, MOST);
    return PastCalls.page(
        team.calls(
            new CallsWanted(
                checked(day), Input.optional("queue", queue, 40), whose(agent, who),
                Input.optional("outcome", outcome, 40), PastCalls.after(cursor), most)),
        most);
  }

  private static @Nullable LocalDate checked(@Nullable LocalDate day) {
    if (day != null && (day.isBefore(FIRST) || day.isAfter(LAST))) {
      throw new Fault.BadRequest("'day' is no day on which anybody called.");
    }
    return day;
  }

  /** Whoever may not see the team sees their own calls, whatever they ask for. */
  private static @Nullable AgentId whose(@Nullable String agent, Principal who) {
    AgentId asked = agent == null ? null : AgentId.parse(agent);
    if (who.may(Permission.SEE_TEAM)) {
      return asked;
    }
    AgentId own =
        who.agent().orElseThrow(() -> new Fault.Refused("Only a person has calls of their own."));
    if (asked != null && !asked.equals(own)) {
      throw new Denied(
          Kind.FORBIDDEN, "Others' calls need SEE_TEAM; an administrator can grant it.");
    }
    return own;
  }
}
