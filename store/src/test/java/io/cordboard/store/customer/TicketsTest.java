package io.cordboard.store.customer;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.service.Tickets.Change;
import io.cordboard.core.service.Tickets.Ticket;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Database;
import io.cordboard.store.JdbcCardStore;
import io.cordboard.store.People;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private final Database database = PostgresForTests.migrated();
  private final People people = new People(new Rows(database)).customer(1, "Ann").customer(2, "Ben");
  private final HikariDataSource pool = database.pool("test", 2);
  private final JdbcTickets tickets = new JdbcTickets(pool);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void aTicketStandsInTheFileUntilItIsClosedAndAfter() {
    Ticket made = tickets.open(customer(1), null, "Leaks", "open", AT);
    assertThat(made).isEqualTo(new Ticket(customer(1), "CB-100001", AT, 0, "Leaks", "open"));
    assertThat(new JdbcCardStore(pool).byId(customer(1)).orElseThrow().service())
        .singleElement().satisfies(one -> assertThat(one.closedAt()).isNull());
    Ticket done = tickets.change("cb-100001", new Change(null, "solved", true), AT + 5);
    assertThat(done).isEqualTo(new Ticket(customer(1), "CB-100001", AT, AT + 5, "Leaks", "solved"));
    assertThat(tickets.change("CB-100001", new Change("Leaks badly", null, true), AT + 9).closedAt())
        .as("it was closed before").isEqualTo(AT + 5);
    assertThat(tickets.change("CB-100001", new Change(null, "open", false), AT + 9).closedAt()).isZero();
    assertThat(tickets.open(customer(2), null, "Other", "open", AT).number()).isEqualTo("CB-100002");
  }

  @Test
  void whatIsOpenedTwiceStandsOnceAndAnothersNumberIsRefused() {
    Ticket made = tickets.open(customer(1), "T-7", "Leaks", "open", AT);
    assertThat(tickets.open(customer(1), "T-7", "Other words", "new", AT + 1)).isEqualTo(made);
    assertThatThrownBy(() -> tickets.open(customer(2), "t-7", "x", "open", AT)).isInstanceOf(Fault.Refused.class);
    people.merge(1, 2);
    assertThat(tickets.open(customer(1), "T-7", "x", "open", AT)).isEqualTo(made);
  }

  @Test
  void whatIsNotThereOrThereTwiceIsNotChanged() {
    assertThatThrownBy(() -> tickets.change("none", new Change(null, "x", null), AT)).isInstanceOf(Fault.NotFound.class);
    people.service(1, "S-1", AT, 0).service(2, "S-1", AT, 0);
    assertThatThrownBy(() -> tickets.change("S-1", new Change(null, "x", null), AT)).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> tickets.open(customer(9), null, "x", "open", AT)).isInstanceOf(Fault.NotFound.class);
  }
}
