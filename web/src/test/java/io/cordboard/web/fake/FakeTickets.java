package io.cordboard.web.fake;

import io.cordboard.core.service.Tickets;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tickets in memory. */
public final class FakeTickets implements Tickets {
  public final Map<String, Ticket> byNumber = new ConcurrentHashMap<>();

  @Override
  public Ticket open(
      CustomerId customer, @Nullable String number, String title, String state, long at) {
    String given = number == null ? "CB-" + (100001 + byNumber.size()) : number;
    return byNumber.computeIfAbsent(
        given, same -> new Ticket(customer, given, at, 0, title, state));
  }

  @Override
  public Ticket change(String number, Change change, long at) {
    Ticket before = byNumber.get(number);
    if (before == null) {
      throw new Fault.NotFound("There is no ticket of this number.");
    }
    Ticket after =
        new Ticket(
            before.customer(), number, before.openedAt(),
            Boolean.TRUE.equals(change.closed()) ? at : 0,
            Optional.ofNullable(change.title()).orElse(before.title()),
            Optional.ofNullable(change.state()).orElse(before.state()));
    byNumber.put(number, after);
    return after;
  }
}
