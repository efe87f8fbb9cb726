package io.cordboard.web.api;

import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.DeskDoor.AgentStatus;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.AgentId;
import io.cordboard.web.guard.Needs;
import io.cordboard.web.session.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Agents, for a supervisor. */
@Tag(name = "agents")
@RestController
@RequestMapping("/api/v1/agents")
class AgentController {
  private final DeskDoor desk;
  private final Sessions sessions;
  private final Audit audit;

  AgentController(DeskDoor desk, Sessions sessions, Audit audit) {
    this.desk = desk;
    this.sessions = sessions;
    this.audit = audit;
  }

  record Agents(List<AgentStatus> items, @Nullable String next) {}

  @Operation(summary = "Agents as of now, by user name; all of them where no limit is told")
  @Needs(Permission.SEE_TEAM)
  @GetMapping
  Agents list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    Page<AgentStatus> page = Page.of(desk.agents(), cursor, limit, AgentStatus::agentId);
    return new Agents(page.items(), page.next());
  }

  @Operation(summary = "Free an agent who is stuck")
  @Needs(Permission.RELEASE_AGENTS)
  @PostMapping("/{id}/release")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void release(@PathVariable String id, Principal who) {
    AgentId agent = AgentId.parse(id);
    audit.recordNow(AuditEntry.done(who, "agent-released", "user:" + agent));
    Stages.wait(desk.release(agent, who.name()));
  }

  @Operation(summary = "Sign an agent out everywhere")
  @Needs(Permission.RELEASE_AGENTS)
  @PostMapping("/{id}/sign-out")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void signOut(@PathVariable String id, Principal who) {
    AgentId agent = AgentId.parse(id);
    audit.recordNow(AuditEntry.done(who, "signed-out-by", "user:" + agent));
    sessions.endAll(agent);
  }
}
