package io.cordboard.web.api;

import io.cordboard.core.journey.WorkLeads;
import io.cordboard.core.profile.Leads.Lead;
import io.cordboard.core.profile.Leads.Words;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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

/** What a customer may buy. */
@Tag(name = "customers")
@RestController
@RequestMapping("/api/v1/customers/{id}/leads")
class LeadController {
  private static final int MAX_TITLE = 200;
  private static final int MAX_NOTES = 5_000;
  private final WorkLeads leads;

  LeadController(WorkLeads leads) {
    this.leads = leads;
  }

  /** The newest first. */
  record LeadList(List<LeadView> items) {}

  /**
   * One of them.
   *
   * @param file the customer in whose file it stands
   * @param state in the words of the system that keeps leads; empty while none has said any
   * @param by user:ID or crm:NAME
   */
  record LeadView(
      UUID id, String file, String title, String state, String number, String notes, Instant createdAt,
      Instant changedAt, String by) {
    static LeadView of(Lead one) {
      return new LeadView(
          one.id(), one.customer().toString(), one.title(), one.state(), one.number(), one.notes(), one.createdAt(),
          one.changedAt(), one.by());
    }
  }

  /** A new one. */
  record LeadOrder(@Nullable String title, @Nullable String notes) {
    Words words() {
      String more = notes == null ? "" : notes.strip();
      if (more.length() > MAX_NOTES) {
        throw new Fault.BadRequest("'notes' has %d characters; %d are allowed.".formatted(more.length(), MAX_NOTES));
      }
      return new Words(Input.text("title", title, MAX_TITLE), more);
    }
  }

  /** What was made. */
  record MadeLead(UUID id) {}

  @Operation(summary = "What a customer may buy, the newest first; those of merged customers are included")
  @Needs(Permission.SEE_CUSTOMERS)
  @GetMapping
  LeadList of(@PathVariable String id, @RequestParam(defaultValue = "50") int limit, Principal who) {
    return new LeadList(
        leads.of(who, CustomerId.parse(id), Input.between("limit", limit, 1, 200)).stream()
            .map(LeadView::of)
            .toList());
  }

  @Operation(summary = "Write down what a customer may buy; the systems that keep leads are told")
  @Needs(Permission.EDIT_CUSTOMERS)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  MadeLead make(@PathVariable String id, @RequestBody LeadOrder order, Principal who) {
    return new MadeLead(leads.make(who, CustomerId.parse(id), order.words()));
  }
}
