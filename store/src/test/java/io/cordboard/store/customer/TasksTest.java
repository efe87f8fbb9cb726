package io.cordboard.store.customer;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.call;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.service.CallBackTasks.Given;
import io.cordboard.core.service.Tasks.Counts;
import io.cordboard.core.service.Tasks.Owed;
import io.cordboard.core.service.Tasks.Position;
import io.cordboard.core.service.Tasks.Scope;
import io.cordboard.core.service.Tasks.Task;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.store.Database;
import io.cordboard.store.Flushes;
import io.cordboard.store.JdbcLedgerStore;
import io.cordboard.store.People;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.testkit.HandClock;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TasksTest {
  private static final long HALF_AN_HOUR = 1_800_000_000L;
  private static final Scope OPEN = new Scope.Open();

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final HikariDataSource pool = database.pool("test", 3);
  private final JdbcTasks tasks = new JdbcTasks(pool);
  private final JdbcLedgerStore ledger =
      new JdbcLedgerStore(database, 0, new Ids(new HandClock(), new Random(1)));

  @BeforeEach
  void start() {
    ledger.takeOver();
    new People(rows).customer(1, "Ann").customer(2, "Anne").user(1, "Li");
  }

  @AfterEach
  void close() {
    ledger.close();
    pool.close();
  }

  private void missed(int call, int customer, long at) {
    ledger.flush(
        Flushes.after(0).missed(call(call), customer(customer).toString(), "+861", at).flush());
  }

  private Task only() {
    List<Task> all = tasks.list(OPEN, null, 10);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void aMissedCallIsATaskWithItsCustomerNumberAttemptsAndDueTime() {
    missed(1, 1, AT);
    missed(2, 1, AT + 7);
    Task task = only();
    assertThat(task.customer()).isEqualTo("Ann");
    assertThat(task.number()).isEqualTo("+861");
    assertThat(task.attempts()).isEqualTo(2);
    assertThat(task.firstAt()).isEqualTo(Clock.instant(AT));
    assertThat(task.lastAt()).isEqualTo(Clock.instant(AT + 7));
    assertThat(task.dueAt()).isEqualTo(Clock.instant(AT + HALF_AN_HOUR));
    assertThat(tasks.count(OPEN, AT)).isEqualTo(new Counts(1, 0));
    assertThat(tasks.count(OPEN, AT + HALF_AN_HOUR)).isEqualTo(new Counts(1, 1));
  }

  @Test
  void aCallBackIsGivenOnceAndOnlyWhileNobodyHasItOrHasDoneIt() {
    assertThat(tasks.give(call(1), agent(1), AT)).isEqualTo(Given.NONE);
    missed(1, 1, AT);
    missed(2, 1, AT + 7);
    assertThat(tasks.give(call(2), agent(1), AT + 9)).isEqualTo(Given.GIVEN);
    assertThat(only().taker()).isEqualTo(agent(1));
    tasks.take(only().id(), agent(1), AT + 9);
    assertThat(tasks.give(call(1), agent(2), AT + 10)).isEqualTo(Given.TAKEN);
    tasks.done(only().id(), agent(1), AT + 11);
    assertThat(tasks.give(call(2), agent(2), AT + 12)).isEqualTo(Given.TAKEN);
  }

  private void tried(@Nullable String outcome, long dueAt) {
    ledger.flush(
        Flushes.after(0)
            .task(
                new TaskChange.Tried(
                    call(9), customer(1).toString(), "+861", "care", AT + 20, outcome, dueAt))
            .flush());
  }

  @Test
  void aGivenCallBackThatWasNotCalledIsNobodysAgainAndMayBeGivenAgainAfterAKill() {
    missed(1, 1, AT);
    assertThat(tasks.give(call(1), agent(1), AT + 9)).isEqualTo(Given.GIVEN);
    assertThat(tasks.give(call(1), agent(2), AT + 10)).isEqualTo(Given.GIVEN);
    assertThat(only().taker()).isEqualTo(agent(2));
    tried(null, 0);
    assertThat(only().taker()).isNull();
    assertThat(only().tries()).isZero();
    tasks.take(only().id(), agent(1), AT + 11);
    assertThat(tasks.give(call(1), agent(2), AT + 12)).isEqualTo(Given.TAKEN);
  }

  @Test
  void aCallThatDidNotReachThemIsCountedOnTheTaskWithWhatBecameOfItAndWhenItIsDueAgain() {
    missed(1, 1, AT);
    tried("BUSY", AT + 500);
    tried("NO_ANSWER", 0);
    assertThat(only().tries()).isEqualTo(2);
    assertThat(only().lastTry()).isEqualTo("NO_ANSWER");
    assertThat(only().dueMicros()).isEqualTo(AT + 500);
    assertThat(only().attempts()).isEqualTo(1);
  }

  @Test
  void whoTookATaskKeepsItWhenTheyDidNotReachTheCustomer() {
    missed(1, 1, AT);
    tasks.take(only().id(), agent(1), AT + 1);
    tried("BUSY", 0);
    assertThat(only().taker()).isEqualTo(agent(1));
    assertThat(only().lastTry()).isEqualTo("BUSY");
  }

  @Test
  void aMessageStaysOnTheTaskWhenTheCustomerCallsAgainWithoutOneAndIsShownWhenItIsHere() {
    ledger.flush(
        Flushes.after(0)
            .recording(call(1), "v-1", "ON_SWITCH")
            .task(
                new TaskChange.Missed(
                    call(1), customer(1).toString(), "+861", "care", AT, "voicemail"))
            .flush());
    missed(2, 1, AT + 5);
    assertThat(only().attempts()).isEqualTo(2);
    assertThat(only().message()).isNull();
    rows.execute("update recording set state = 'STORED', segment = 0");
    assertThat(only().message()).isEqualTo("v-1");
  }

  @Test
  void whatIsOwedInShortAgreesWithTheCountsWhateverIsMergedTakenOrPutOff() {
    missed(1, 1, AT);
    missed(2, 2, AT + 5);
    ledger.flush(Flushes.after(0).missed(call(3), null, "+862", AT + 9).flush());
    new JdbcMergeStore(pool)
        .merge(
            customer(2), customer(1),
            all -> all.merge(UUID.randomUUID(), customer(2), customer(1), new Stamp(AT, "user:x"), ""));
    tasks.take(tasks.list(OPEN, null, 1).getFirst().id(), agent(1), AT);
    long now = AT + HALF_AN_HOUR;
    List<Owed> owed = tasks.owed(now);
    assertThat(owed.stream().mapToInt(Owed::open).sum()).isEqualTo(tasks.count(OPEN, now).open());
    assertThat(owed.stream().mapToInt(Owed::due).sum()).isEqualTo(tasks.count(OPEN, now).due());
    Owed taken = owed.stream().filter(one -> one.taker() != null).findFirst().orElseThrow();
    assertThat(taken.taker()).isEqualTo(agent(1));
    assertThat(taken.open()).as("merged ones are one").isEqualTo(1);
    assertThat(taken.latest()).isEqualTo(AT + 5);
    assertThat(taken.nextDue()).isEqualTo(Long.MAX_VALUE);
    Owed free = owed.stream().filter(one -> one.taker() == null).findFirst().orElseThrow();
    assertThat(free.nextDue()).isEqualTo(AT + 9 + HALF_AN_HOUR);
    ledger.flush(Flushes.after(0).served(call(4), customer(1).toString(), null, AT + 20).flush());
    assertThat(tasks.owed(now)).containsExactly(free);
  }

  @Test
  void anyChangeOfATaskIsAnotherVersionOfWhatIsOwed() {
    missed(1, 1, AT);
    List<Owed> first = tasks.owed(AT);
    assertThat(tasks.owed(AT)).isEqualTo(first);
    tasks.postpone(only().id(), agent(1), AT + 2 * HALF_AN_HOUR);
    long putOff = tasks.owed(AT).getFirst().version();
    assertThat(putOff).isNotEqualTo(first.getFirst().version());
    missed(2, 1, AT + 3);
    assertThat(tasks.owed(AT).getFirst().version()).isNotEqualTo(putOff);
  }

  @Test
  void aHundredThousandOpenTasksAreCountedInTheDatabase() {
    rows.execute(
        """
        insert into task (id, party, number, queue, reason, attempts, first_at, last_at, first_call, last_call)
        select gen_random_uuid(), '+86' || i, '+86' || i, 'q' || i % 7, 'missed', 1, i, i,
          gen_random_uuid(), gen_random_uuid()
        from generate_series(1, 100000) i
        """);
    List<Owed> owed = tasks.owed(HALF_AN_HOUR + 50_000);
    assertThat(owed).hasSize(7);
    assertThat(owed.stream().mapToInt(Owed::open).sum()).isEqualTo(100_000);
    assertThat(owed.stream().mapToInt(Owed::due).sum()).isEqualTo(50_000);
    assertThat(owed.stream().mapToLong(Owed::nextDue).min()).hasValue(HALF_AN_HOUR + 50_001);
  }

  @Test
  void whoeverTakesATaskHasItAndNobodyElseCan() {
    missed(1, 1, AT);
    UUID id = only().id();
    tasks.take(id, agent(1), AT);
    tasks.take(id, agent(1), AT);
    assertThat(only().takenBy()).isEqualTo("Li");
    assertThatThrownBy(() -> tasks.take(id, agent(2), AT)).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> tasks.done(id, agent(2), AT)).isInstanceOf(Fault.Refused.class);
    assertThat(tasks.list(new Scope.Mine(agent(1)), null, 10)).hasSize(1);
    assertThat(tasks.list(new Scope.Queues(agent(2), List.of("care")), null, 10)).isEmpty();
    tasks.giveBack(id, agent(1));
    String queue = only().queue();
    assertThat(tasks.list(new Scope.Queues(agent(2), List.of(queue)), null, 10)).hasSize(1);
    assertThat(tasks.list(new Scope.Queues(agent(2), List.of("other")), null, 10)).isEmpty();
    assertThatThrownBy(() -> tasks.giveBack(id, agent(1))).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> tasks.take(UUID.randomUUID(), agent(1), AT))
        .isInstanceOf(Fault.NotFound.class);
  }

  @Test
  void aTaskThatIsDoneIsGoneAndTheNextMissedCallMakesAnother() {
    missed(1, 1, AT);
    UUID id = only().id();
    tasks.done(id, agent(1), AT + 1);
    assertThat(tasks.list(OPEN, null, 10)).isEmpty();
    assertThatThrownBy(() -> tasks.done(id, agent(1), AT + 2)).isInstanceOf(Fault.Refused.class);
    missed(2, 1, AT + 3);
    assertThat(only().id()).isNotEqualTo(id);
    assertThat(only().attempts()).isEqualTo(1);
  }

  @Test
  void aRedialAddsToATaskThatIsTakenAndAnAnsweredCallClosesIt() {
    missed(1, 1, AT);
    tasks.take(only().id(), agent(1), AT);
    missed(2, 1, AT + 5);
    assertThat(only().attempts()).isEqualTo(2);
    assertThat(only().taker()).isEqualTo(agent(1));
    ledger.flush(
        Flushes.after(0).served(call(3), customer(1).toString(), "+861", AT + 9).flush());
    assertThat(tasks.list(OPEN, null, 10)).isEmpty();
  }

  @Test
  void aTaskMayBePutOffAndTheOneThatIsDueFirstComesFirst() {
    missed(1, 1, AT);
    missed(2, 2, AT + 1);
    UUID first = tasks.list(OPEN, null, 1).getFirst().id();
    tasks.postpone(first, agent(1), AT + 3 * HALF_AN_HOUR);
    List<Task> all = tasks.list(OPEN, null, 10);
    assertThat(all).extracting(Task::customer).containsExactly("Anne", "Ann");
    Task before = all.getFirst();
    assertThat(tasks.list(OPEN, new Position(before.dueMicros(), before.id()), 10))
        .extracting(Task::customer)
        .containsExactly("Ann");
  }

  @Test
  void tasksOfMergedCustomersAreOneAndTwoAgainAfterTheUndo() {
    missed(1, 1, AT);
    missed(2, 2, AT + 1);
    missed(3, 2, AT + 2);
    JdbcMergeStore merges = new JdbcMergeStore(pool);
    Stamp stamp = new Stamp(AT + 5, "user:x");
    var link =
        merges.merge(
            customer(2), customer(1),
            all -> all.merge(UUID.randomUUID(), customer(2), customer(1), stamp, ""));
    assertThat(only().attempts()).isEqualTo(3);
    assertThat(only().customer()).isEqualTo("Ann");
    merges.undo(link.id(), (all, facts) -> all.undo(link.id(), stamp, facts), java.util.Map.of(), stamp);
    assertThat(tasks.list(OPEN, null, 10)).hasSize(2);
    var again =
        merges.merge(
            customer(2), customer(1),
            all -> all.merge(UUID.randomUUID(), customer(2), customer(1), stamp, ""));
    assertThat(again.isOpen()).isTrue();
    tasks.done(only().id(), agent(1), AT + 9);
    assertThat(rows.count("task where closed_at = 0")).isZero();
  }
}
