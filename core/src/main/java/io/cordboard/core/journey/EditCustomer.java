package io.cordboard.core.journey;

import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.identity.IdentityLedger;
import io.cordboard.core.identity.IdentityLedger.Claim;
import io.cordboard.core.identity.IdentityLink;
import io.cordboard.core.identity.IdentityLink.Source;
import io.cordboard.core.identity.IdentityStore;
import io.cordboard.core.identity.Owner;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.profile.CustomerEditor;
import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.CustomerEditor.Changes;
import io.cordboard.core.profile.CustomerEditor.Consent;
import io.cordboard.core.profile.CustomerEditor.Fields;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Somebody makes or changes a customer. In the audit before it is done; with who, when, before and after
 * in the customer's history; on every desk that shows the customer.
 */
public final class EditCustomer {
  private final CustomerEditor editor;
  private final IdentityStore identities;
  private final OwnNumbers numbers;
  private final LiveCustomers live;
  private final Audit audit;
  private final Making making;

  /** Times and ids. */
  public record Making(Clock clock, Ids ids) {}

  public EditCustomer(
      CustomerEditor editor, IdentityStore identities, OwnNumbers numbers, LiveCustomers live,
      Audit audit, Making making) {
    this.editor = editor;
    this.identities = identities;
    this.numbers = numbers;
    this.live = live;
    this.audit = audit;
    this.making = making;
  }

  /** A number, e-mail or foreign id as somebody typed it. */
  public record Typed(IdentityKind kind, String value) {}

  /** A new customer; nothing is made when one of the identities cannot be read. */
  public CustomerId create(Principal who, Fields fields, List<Typed> typed) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    List<Claim> claims = new ArrayList<>();
    typed.forEach(one -> claims.add(claim(one)));
    CustomerId id = new CustomerId(making.ids().next());
    audit.recordNow(entry(who, "customer-created", id, Map.of()));
    editor.create(id, fields, author(who));
    for (Claim claim : claims) {
      identities.say(id, claim.value(), ledger -> entered(ledger, id, claim, who));
    }
    return id;
  }

  private Claim claim(Typed typed) {
    return new Claim(typed.kind(), numbers.value(typed.kind(), typed.value()));
  }

  /** Changes fields; protected ones only of a customer who is verified in a call of one's own. */
  public void change(Principal who, CustomerId customer, long version, Changes changes) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    if (!changes.sensitive().isEmpty() && !SeeCustomer.verified(live, who, customer)) {
      audit.record(entry(who, "customer-changed", customer, Outcome.REFUSED, Map.of()));
      throw new Fault.Refused(
          "Protected fields are changed while the customer is verified in your call: verify the caller first.");
    }
    audit.recordNow(entry(who, "customer-changed", customer, named(changes)));
    if (editor.change(customer, version, changes, author(who))) {
      tell(customer);
    }
  }

  private static Map<String, String> named(Changes changes) {
    Map<String, String> fields = new TreeMap<>();
    put(fields, "name", changes.name() != null);
    put(fields, "kind", changes.kind() != null);
    put(fields, "language", changes.language() != null);
    put(fields, "level", changes.level() != null);
    put(fields, "tags", changes.tags() != null);
    put(fields, "protected", !changes.sensitive().isEmpty());
    return fields;
  }

  private static void put(Map<String, String> fields, String name, boolean named) {
    if (named) {
      fields.put(name, "asked");
    }
  }

  /** The value is this customer's from now on. */
  public void addIdentity(Principal who, CustomerId customer, Typed typed) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    Claim claim = claim(typed);
    say(who, customer, claim.value(), "identity-added", ledger -> entered(ledger, customer, claim, who));
  }

  private Optional<IdentityLink> entered(
      IdentityLedger ledger, CustomerId customer, Claim claim, Principal who) {
    return ledger.link(making.ids().next(), customer, claim, Source.ENTERED, stamp(who));
  }

  /** Somebody made sure that the value is this customer's; {@link Fault.Refused} when it is not. */
  public void confirmIdentity(Principal who, CustomerId customer, String value) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    say(
        who, customer, value, "identity-confirmed",
        ledger -> Optional.of(confirmed(ledger, customer, value, who)));
  }

  private IdentityLink confirmed(
      IdentityLedger ledger, CustomerId customer, String value, Principal who) {
    Owner owner =
        ledger.owners(value).stream()
            .filter(Owner::owns)
            .findFirst()
            .orElseThrow(
                () ->
                    new Fault.Refused(
                        "The number does not point to this customer: add it to the customer first."));
    return ledger.confirm(
        making.ids().next(), customer, new Claim(owner.kind(), value), stamp(who));
  }

  /** The value is not this customer's. */
  public void removeIdentity(Principal who, CustomerId customer, String value) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    say(
        who, customer, value, "identity-removed",
        ledger -> Optional.of(ledger.correct(making.ids().next(), customer, value, stamp(who))));
  }

  private void say(
      Principal who,
      CustomerId customer,
      String value,
      String what,
      Function<IdentityLedger, Optional<IdentityLink>> saying) {
    audit.recordNow(entry(who, what, customer, Map.of()));
    if (identities.say(customer, value, saying).isPresent()) {
      tell(customer);
    }
  }

  /** Keeps a decision of the customer's. */
  public void consent(Principal who, CustomerId customer, Consent consent) {
    who.mustHave(Permission.EDIT_CUSTOMERS);
    audit.recordNow(
        entry(
            who, "consent-recorded", customer,
            Map.of("kind", consent.kind(), "granted", String.valueOf(consent.granted()))));
    editor.consent(customer, consent, author(who));
  }

  private void tell(CustomerId customer) {
    live.changed(Set.of(customer));
  }

  private Author author(Principal who) {
    return new Author(making.clock().micros(), who.auditName());
  }

  private Stamp stamp(Principal who) {
    return new Stamp(making.clock().micros(), who.auditName());
  }

  private static AuditEntry entry(
      Principal who, String what, CustomerId customer, Map<String, String> details) {
    return entry(who, what, customer, Outcome.DONE, details);
  }

  private static AuditEntry entry(
      Principal who, String what, CustomerId customer, Outcome outcome,
      Map<String, String> details) {
    return new AuditEntry(
        who.auditName(), what, "customer:" + customer, outcome, null, details);
  }
}
