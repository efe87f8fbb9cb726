package io.cordboard.core.journey;

import io.cordboard.core.service.Tickets;
import io.cordboard.core.service.Tickets.Change;
import io.cordboard.core.service.Tickets.Ticket;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody opens or changes a ticket of a customer's. In the audit before it is done; on the desks after it. */
public final class WorkTickets {
  private final Tickets tickets;
  private final LiveCustomers live;
  private final Audit audit;
  private final Clock clock;

  public WorkTickets(Tickets tickets, LiveCustomers live, Audit audit, Clock clock) {
    this.tickets = tickets;
    this.live = live;
    this.audit = audit;
    this.clock = clock;
  }

  /** Opens one; see {@link Tickets#open}. */
  public Ticket open(
      Principal who, CustomerId customer, @Nullable String number, String title, String state) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    audit.recordNow(AuditEntry.done(who, "ticket-opened", "customer:" + customer));
    return shown(tickets.open(customer, number, title, state, clock.micros()));
  }

  /** Changes one; see {@link Tickets#change}. */
  public Ticket change(Principal who, String number, Change change) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    audit.recordNow(AuditEntry.done(who, "ticket-changed", "ticket:" + number));
    return shown(tickets.change(number, change, clock.micros()));
  }

  private Ticket shown(Ticket ticket) {
    live.changed(Set.of(ticket.customer()));
    return ticket;
  }
}
