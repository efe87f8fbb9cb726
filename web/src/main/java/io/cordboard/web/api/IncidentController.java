package io.cordboard.web.api;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Incidents;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

/** Something of one customer's stood in the file of another. */
@Tag(name = "privacy incidents")
@RestController
@RequestMapping("/api/v1/privacy-incidents")
class IncidentController {
  private final Incidents incidents;
  private final Users users;
  private final Audit audit;
  private final Clock clock;

  IncidentController(Incidents incidents, Users users, Audit audit, Clock clock) {
    this.incidents = incidents;
    this.users = users;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * An incident; ids only, no personal data.
   *
   * @param kind merge-undone, call-corrected or fields-shown
   * @param wrong in whose file it stood, or whose fields were shown
   * @param right whose it is
   * @param fact call, consent, identity or change
   * @param reporter who reported it, for people to read
   * @param closedAt null while nobody has dealt with it
   * @param closer who dealt with it, for people to read
   */
  record Incident(
      String id,
      Instant at,
      String kind,
      String wrong,
      String right,
      String fact,
      String factId,
      String reportedBy,
      String reporter,
      @Nullable Instant closedAt,
      @Nullable String closedBy,
      @Nullable String closer,
      @Nullable String measure) {
    static Incident of(Incidents.Incident i, PeopleNames names) {
      return new Incident(
          i.id().toString(),
          Clock.instant(i.at()),
          i.kind(),
          i.wrong().toString(),
          i.right().toString(),
          i.fact(),
          i.factId(),
          i.reportedBy(),
          names.of(i.reportedBy()),
          i.closedAt(),
          i.closedBy(),
          i.closedBy() == null ? null : names.of(i.closedBy()),
          i.measure());
    }
  }

  /** A page of incidents, the newest first; {@code open} is how many nobody has dealt with. */
  record IncidentList(List<Incident> items, @Nullable String next, long open) {}

  record Measure(String measure) {}

  @Operation(summary = "Privacy incidents, the newest first")
  @Needs(Permission.SEE_INCIDENTS)
  @GetMapping
  IncidentList list(
      @RequestParam(defaultValue = "all") String state,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    Incidents.Position after =
        Cursor.read(
            cursor, 2,
            parts -> new Incidents.Position(Long.parseLong(parts.get(0)), Code.id(parts.get(1))));
    int most = Input.between("limit", limit, 1, 200);
    List<Incidents.Incident> page = incidents.list(Code.of("state", Incidents.Which.class, state), after, most);
    Incidents.Incident last = page.size() < most ? null : page.getLast();
    PeopleNames names = new PeopleNames(users);
    return new IncidentList(
        page.stream().map(one -> Incident.of(one, names)).toList(),
        last == null ? null : Cursor.of(last.at(), last.id()),
        incidents.open());
  }

  @Operation(summary = "An incident is dealt with; say how")
  @Needs(Permission.SEE_INCIDENTS)
  @PostMapping("/{id}/close")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void close(@PathVariable String id, @RequestBody Measure measure, Principal who) {
    String words = Input.text("measure", measure.measure(), 500);
    Incidents.Incident incident =
        incidents
            .byId(Code.id(id))
            .orElseThrow(() -> new Fault.NotFound("There is no such incident."));
    Audited.run(
        audit,
        closed(who, incident, words),
        () -> {
          incidents.close(incident.id(), who.auditName(), words, clock.micros());
          return true;
        });
  }

  // what was done may name a customer: its words stay with the incident, the trail can prove them
  private static AuditEntry closed(Principal who, Incidents.Incident incident, String measure) {
    return new AuditEntry(
        who.auditName(),
        "incident-closed",
        "incident:" + incident.id(),
        Outcome.DONE,
        incident.fact().equals("call") ? "call:" + incident.factId() : null,
        Map.of(
            "kind", incident.kind(),
            "fact", incident.fact() + ":" + incident.factId(),
            "wrong", "customer:" + incident.wrong(),
            "right", "customer:" + incident.right(),
            "measure", Audited.proof(measure)));
  }
}
