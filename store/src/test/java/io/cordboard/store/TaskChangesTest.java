package io.cordboard.store;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.call;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Ids;
import io.cordboard.testkit.HandClock;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskChangesTest {
  private static final String NUMBER = "+8613800138000";
  private static final String CUSTOMER = customer(1).toString();
  private static final String OPEN =
      "select party, attempts, first_at, last_at from task where closed_at = 0 order by party";

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final JdbcLedgerStore store =
      new JdbcLedgerStore(database, 0, new Ids(new HandClock(), new Random(1)));

  @BeforeEach
  void start() {
    store.takeOver();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aRedialAddsToTheOpenTaskOfTheSameCustomer() {
    store.flush(Flushes.after(0).missed(call(1), CUSTOMER, NUMBER, AT).flush());
    store.flush(Flushes.after(0).missed(call(2), CUSTOMER, "+861", AT + 5).flush());
    assertThat(rows.all(OPEN)).containsExactly(CUSTOMER + "|2|" + AT + "|" + (AT + 5));
    assertThat(rows.one("select first_call, last_call from task"))
        .isEqualTo(call(1) + "|" + call(2));
  }

  @Test
  void severalMissedCallsOfOneFlushAreOneTask() {
    store.flush(
        Flushes.after(0)
            .missed(call(1), null, NUMBER, AT)
            .missed(call(2), null, NUMBER, AT + 1)
            .missed(call(3), null, "+1", AT + 2)
            .flush());
    assertThat(rows.all(OPEN))
        .containsExactly("+1|1|%d|%d".formatted(AT + 2, AT + 2), NUMBER + "|2|%d|%d".formatted(AT, AT + 1));
  }

  @Test
  void anAnsweredCallClosesTheTaskOfTheCustomerAndThatOfTheNumber() {
    store.flush(
        Flushes.after(0)
            .missed(call(1), CUSTOMER, NUMBER, AT)
            .missed(call(2), null, NUMBER, AT)
            .missed(call(3), null, "+1", AT)
            .flush());
    store.flush(Flushes.after(0).served(call(4), CUSTOMER, NUMBER, AT + 9).flush());
    assertThat(rows.all("select party from task where closed_at = 0")).containsExactly("+1");
    assertThat(rows.count("task where closed_by_call = '" + call(4) + "'")).isEqualTo(2);
  }

  @Test
  void aTaskThatIsClosedDoesNotTakeALaterMissedCall() {
    store.flush(Flushes.after(0).missed(call(1), null, NUMBER, AT).flush());
    store.flush(
        Flushes.after(0)
            .served(call(2), null, NUMBER, AT + 1)
            .missed(call(3), null, NUMBER, AT + 2)
            .flush());
    assertThat(rows.all(OPEN)).containsExactly(NUMBER + "|1|%d|%d".formatted(AT + 2, AT + 2));
    assertThat(rows.count("task")).isEqualTo(2);
  }

  @Test
  void whoWasServedAfterAMissedCallInTheSameFlushIsOwedNothing() {
    store.flush(
        Flushes.after(0)
            .missed(call(1), null, NUMBER, AT)
            .served(call(2), null, NUMBER, AT + 1)
            .flush());
    assertThat(rows.all(OPEN)).isEmpty();
  }

  @Test
  void aCallerWithoutNumberAndNameCannotBeCalledBack() {
    store.flush(Flushes.after(0).missed(call(1), null, null, AT).flush());
    assertThat(rows.count("task")).isZero();
  }
}
