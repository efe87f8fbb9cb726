package io.cordboard.store.customer;

import io.cordboard.core.service.Tickets;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Tickets as rows of {@code service_record}. */
public final class JdbcTickets implements Tickets {
  private static final String OF_NUMBER =
      """
      select customer_id, number, opened_at, closed_at, title, state from service_record
      where lower(number) = lower(?) order by customer_id, opened_at for update
      """;
  private static final String INSERT =
      """
      insert into service_record (customer_id, opened_at, number, title, state) values (?, ?, ?, ?, ?)
      """;
  private static final String CHANGE =
      """
      update service_record set title = ?, state = ?, closed_at = ?
      where customer_id = ? and opened_at = ? and number = ?
      """;

  private final Transactions transactions;

  public JdbcTickets(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Ticket open(
      CustomerId customer, @Nullable String number, String title, String state, long at) {
    return transactions.get(
        "open a ticket",
        connection -> {
          // the customer's row is locked: two who open the same one come one after the other
          CustomerId survivor = Groups.lock(connection, List.of(customer)).resolve(customer);
          String given = number == null ? next(connection) : Sql.clean(number);
          List<Ticket> known = known(connection, given);
          if (!known.isEmpty()) {
            return same(connection, survivor, known);
          }
          Ticket made = new Ticket(survivor, given, at, 0, Sql.clean(title), Sql.clean(state));
          Sql.write(
              connection, INSERT, survivor.value(), at, given, made.title(), made.state());
          return made;
        });
  }

  private static Ticket same(Connection connection, CustomerId survivor, List<Ticket> known)
      throws SQLException {
    Members members = Members.of(connection, survivor).orElseThrow();
    return known.stream()
        .filter(ticket -> members.all().contains(ticket.customer()))
        .findFirst()
        .orElseThrow(
            () ->
                new Fault.Refused(
                    "This ticket number is another customer's: choose another number."));
  }

  private static String next(Connection connection) throws SQLException {
    return Objects.requireNonNull(
        Sql.first(
            connection, row -> "CB-" + row.getLong(1), "select nextval('ticket_number')"));
  }

  private static List<Ticket> known(Connection connection, String number) throws SQLException {
    return Sql.list(connection, JdbcTickets::ticket, OF_NUMBER, number);
  }

  private static Ticket ticket(ResultSet row) throws SQLException {
    return new Ticket(
        Sql.customer(row, 1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5),
        row.getString(6));
  }

  @Override
  public Ticket change(String number, Change change, long at) {
    return transactions.get(
        "change a ticket",
        connection -> {
          List<Ticket> known = known(connection, Sql.clean(number));
          if (known.isEmpty()) {
            throw new Fault.NotFound("There is no ticket of this number.");
          }
          if (known.size() > 1) {
            throw new Fault.Refused(
                "%d tickets have this number: change it where it was opened.".formatted(known.size()));
          }
          Ticket after = changed(known.getFirst(), change, at);
          Sql.write(
              connection, CHANGE, after.title(), after.state(), after.closedAt(),
              after.customer().value(), after.openedAt(), after.number());
          return after;
        });
  }

  private static Ticket changed(Ticket before, Change change, long at) {
    String title = change.title();
    String state = change.state();
    Boolean closed = change.closed();
    long closedAt =
        closed == null || closed == (before.closedAt() != 0)
            ? before.closedAt()
            : closed ? at : 0;
    return new Ticket(
        before.customer(), before.number(), before.openedAt(), closedAt,
        title == null ? before.title() : Sql.clean(title),
        state == null ? before.state() : Sql.clean(state));
  }
}
