package io.cordboard.web.fake;

import io.cordboard.core.profile.CardStore;
import io.cordboard.core.profile.Leads;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Leads in memory. */
public final class FakeLeads implements Leads {
  private final CardStore cards;
  private final List<Lead> leads = new ArrayList<>();

  FakeLeads(CardStore cards) {
    this.cards = cards;
  }

  @Override
  public synchronized Optional<List<Lead>> of(CustomerId customer, int most) {
    return cards
        .byId(customer)
        .map(
            card ->
                leads.reversed().stream().filter(one -> one.customer().equals(card.id())).limit(most).toList());
  }

  @Override
  public synchronized boolean make(UUID id, CustomerId customer, Words words, long at, String by) {
    boolean known = cards.byId(customer).isPresent();
    if (known) {
      leads.add(
          new Lead(
              id, customer, words.title(), "", "", words.notes(), Clock.instant(at), Clock.instant(at), by));
    }
    return known;
  }
}
