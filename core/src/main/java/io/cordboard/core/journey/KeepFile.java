package io.cordboard.core.journey;

import io.cordboard.core.identity.IdentityLedger;
import io.cordboard.core.identity.IdentityLedger.Claim;
import io.cordboard.core.identity.IdentityLink;
import io.cordboard.core.identity.IdentityStore;
import io.cordboard.core.identity.Owner;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.trust.Incidents;
import io.cordboard.core.trust.Incidents.Incident;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.Optional;

/**
 * What a customer's file learns from a call: a verified caller confirms the number, and a customer who
 * was shown or written to by mistake is a privacy incident.
 */
public final class KeepFile implements CallWords {
  private final IdentityStore identities;
  private final Incidents incidents;
  private final EditCustomer.Making making;

  public KeepFile(IdentityStore identities, Incidents incidents, EditCustomer.Making making) {
    this.identities = identities;
    this.incidents = incidents;
    this.making = making;
  }

  @Override
  public void verified(Verification said) {
    String number = said.number();
    if (number != null) {
      Stamp stamp = new Stamp(making.clock().micros(), "user:" + said.by());
      identities.say(
          said.customer(), number, ledger -> confirmed(ledger, said.customer(), number, stamp));
    }
  }

  // a verified caller may well call from somebody else's number
  private Optional<IdentityLink> confirmed(
      IdentityLedger ledger, CustomerId customer, String number, Stamp stamp) {
    return ledger.owners(number).stream()
        .filter(Owner::owns)
        .findFirst()
        .map(
            owner ->
                ledger.confirm(
                    making.ids().next(), customer, new Claim(owner.kind(), number), stamp));
  }

  @Override
  public void corrected(Correction said) {
    CustomerId before = said.before();
    if (before == null || !(said.disclosed() || said.recorded())) {
      return;
    }
    long now = making.clock().micros();
    try {
      incidents.report(
          new Incident(
              making.ids().next(), now, said.disclosed() ? "fields-shown" : "call-corrected",
              before, said.now(), "call", said.call().toString(), 0, "user:" + said.by(),
              null, null, null));
    } catch (Fault.Unreachable away) {
      throw new Fault.Unreachable(
          "The customer was corrected, but the privacy incident could not be kept: tell your supervisor. "
              + away.getMessage(),
          away);
    }
  }
}
