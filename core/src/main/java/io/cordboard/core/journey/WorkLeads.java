package io.cordboard.core.journey;

import io.cordboard.core.profile.Leads;
import io.cordboard.core.profile.Leads.Lead;
import io.cordboard.core.profile.Leads.Words;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.CustomerId;
import java.util.List;
import java.util.UUID;

/** Somebody looks at what a customer may buy, or writes down that they may. */
public final class WorkLeads {
  private final Leads leads;
  private final Audit audit;
  private final EditCustomer.Making making;

  public WorkLeads(Leads leads, Audit audit, EditCustomer.Making making) {
    this.leads = leads;
    this.audit = audit;
    this.making = making;
  }

  /** The newest of a customer. */
  public List<Lead> of(Principal who, CustomerId customer, int most) {
    who.mustHave(Permission.SEE_CUSTOMERS);
    audit.record(SeeCustomer.viewed(who, customer, "leads"));
    return leads.of(customer, most).orElseThrow(SeeCustomer::unknown);
  }

  /** A new one; systems that keep leads are told of it. */
  public UUID make(Principal who, CustomerId customer, Words words) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    UUID id = making.ids().next();
    audit.recordNow(AuditEntry.done(who, "lead-created", "customer:" + customer));
    if (!leads.make(id, customer, words, making.clock().micros(), who.auditName())) {
      throw SeeCustomer.unknown();
    }
    return id;
  }
}
