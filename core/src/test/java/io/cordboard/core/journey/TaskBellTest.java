package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskMessage.TaskLoad;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.service.Tasks;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How desks learn what their queues owe: with the tasks, never with the calls. */
class TaskBellTest {
  private static final long HALF_AN_HOUR = 1_800_000_000L;

  private final Floor floor = new Floor();
  private final Owing owing = new Owing();
  private final Deque<Runnable> slow = new ArrayDeque<>();
  private TaskBell bell;

  @BeforeEach
  void hang() {
    bell = new TaskBell(floor.ledger, floor.journeys, owing, slow::add);
    floor.link().open(ANN, "c-1");
  }

  /** A second of the product's round; what is read comes at once. */
  private void tick() {
    bell.tick();
    settle();
  }

  private void settle() {
    floor.step();
    while (!slow.isEmpty()) {
      slow.poll().run();
    }
    floor.step();
  }

  private @Nullable TaskLoad shown(AgentId agent) {
    TaskLoad load = null;
    for (DeskMessage message : floor.told.getOrDefault(agent, List.of())) {
      load =
          switch (message) {
            case DeskMessage.Snapshot all -> all.tasks();
            case DeskMessage.TasksChanged one -> one.tasks();
            default -> load;
          };
    }
    return load == null ? null : new TaskLoad(load.open(), load.due(), load.latest(), "");
  }

  private long pushes() {
    return floor.told.get(ANN).stream().filter(DeskMessage.TasksChanged.class::isInstance).count();
  }

  private void abandoned() {
    floor.hangsUp(floor.arrives(PLAIN));
  }

  private long now() {
    return floor.clock.micros();
  }

  @Test
  void aMissedCallIsToldToTheDesksOfItsQueueWithTheNextRound() {
    abandoned();
    assertThat(floor.store.tasks).hasSize(1).first().isInstanceOf(TaskChange.Missed.class);
    owing.add("care", now() + HALF_AN_HOUR);
    tick();
    assertThat(shown(ANN)).isEqualTo(new TaskLoad(1, 0, Clock.instant(1), ""));
    assertThat(pushes()).isEqualTo(1);
  }

  @Test
  void callsOfAQueueThatOwesNothingCostNoReadingAndNoMessage() {
    owing.add("sales", now() + HALF_AN_HOUR);
    floor.ready(ANN);
    tick();
    int reads = owing.reads;
    long pushes = pushes();
    serve(5);
    assertThat(floor.store.tasks).hasSize(5).allMatch(TaskChange.Served.class::isInstance);
    assertThat(owing.reads).isEqualTo(reads);
    assertThat(pushes()).isEqualTo(pushes);
  }

  @Test
  void callsOfCustomersToWhomNothingIsOwedCostNoMessage() {
    owing.add("care", now() + HALF_AN_HOUR);
    floor.ready(ANN);
    tick();
    int reads = owing.reads;
    long pushes = pushes();
    serve(5);
    assertThat(owing.reads).as("one a round at most").isBetween(reads + 1, reads + 5);
    assertThat(pushes()).isEqualTo(pushes);
  }

  private void serve(int calls) {
    IntStream.range(0, calls)
        .forEach(
            call -> {
              Floor.Talking talk = floor.talking();
              floor.hangsUp(talk.customer());
              floor.command(ANN, new DeskCommand.FinishWrapUp(talk.call().toString(), null));
              tick();
            });
  }

  @Test
  void aTaskThatIsPutOffBeforeItWasDueIsAnotherListForEveryDesk() {
    owing.add("care", now() + HALF_AN_HOUR);
    tick();
    long pushes = pushes();
    owing.owed.replaceAll(debt -> new Debt(debt.queue(), null, now() + 2 * HALF_AN_HOUR));
    bell.changed();
    settle();
    assertThat(pushes()).isEqualTo(pushes + 1);
    bell.changed();
    settle();
    assertThat(pushes()).as("nothing is another").isEqualTo(pushes + 1);
  }

  @Test
  void aReadingThatTookLongIsNotRepeatedAtOnce() {
    abandoned();
    bell.tick();
    floor.step();
    floor.pass(Duration.ofSeconds(1));
    settle();
    int reads = owing.reads;
    bell.changed();
    settle();
    floor.pass(Duration.ofSeconds(8));
    tick();
    assertThat(owing.reads).isEqualTo(reads);
    floor.pass(Duration.ofSeconds(2));
    tick();
    assertThat(owing.reads).isEqualTo(reads + 1);
  }

  @Test
  void aServedCustomerToWhomACallWasOwedIsTakenOffTheCount() {
    owing.add("care", now() + HALF_AN_HOUR);
    floor.ready(ANN);
    tick();
    assertThat(shown(ANN).open()).isEqualTo(1);
    floor.hangsUp(floor.talking().customer());
    owing.owed.clear();
    tick();
    assertThat(shown(ANN)).isEqualTo(TaskLoad.NONE);
  }

  @Test
  void aTaskThatIsClosedWhileTheListIsReadIsNotLeftStanding() {
    floor.ready(ANN);
    tick();
    abandoned();
    owing.add("care", now() + HALF_AN_HOUR);
    floor.command(ANN, new DeskCommand.Ready());
    bell.tick();
    floor.step();
    List<Tasks.Owed> old = owing.owed(now());
    floor.hangsUp(floor.talking().customer());
    owing.owed.clear();
    owing.next = old;
    settle();
    assertThat(shown(ANN).open()).as("the old list").isEqualTo(1);
    tick();
    assertThat(shown(ANN)).isEqualTo(TaskLoad.NONE);
  }

  @Test
  void whoeverChangesATaskChangesAllDesksAtOnce() {
    floor.open(BOB, "c-2");
    owing.add("care", now() + HALF_AN_HOUR);
    tick();
    owing.take(ANN);
    bell.changed();
    settle();
    assertThat(shown(ANN).open()).isEqualTo(1);
    assertThat(shown(BOB)).isEqualTo(TaskLoad.NONE);
  }

  @Test
  void aTaskThatFallsDueIsToldWithoutAnybodysChange() {
    owing.add("care", now() + HALF_AN_HOUR);
    tick();
    floor.pass(Duration.ofMinutes(29));
    tick();
    int reads = owing.reads;
    assertThat(shown(ANN).due()).isZero();
    floor.pass(Duration.ofMinutes(1));
    tick();
    assertThat(shown(ANN).due()).isEqualTo(1);
    assertThat(owing.reads).isEqualTo(reads + 1);
    tick();
    assertThat(owing.reads).as("it is due only once").isEqualTo(reads + 1);
  }

  @Test
  void aDeskThatOpensLaterHasTheCountInItsFirstMessage() {
    owing.add("care", now() - 1);
    tick();
    floor.open(BOB, "c-2");
    assertThat(floor.told.get(BOB).getFirst())
        .isInstanceOfSatisfying(
            DeskMessage.Snapshot.class,
            all -> assertThat(all.tasks().due()).isEqualTo(1));
  }

  @Test
  void whoServesAnotherQueueFromNowOnIsToldWhatThatOneOwes() {
    owing.add("sales", now() - 1);
    tick();
    assertThat(shown(ANN)).isEqualTo(TaskLoad.NONE);
    Directory before = floor.directory;
    floor.directory =
        new Directory(
            before.lines(),
            Map.of("sales", new Directory.Queue("sales", "Sales", Set.of(ANN))),
            before.agents(),
            before.dispositions());
    floor.desk.tick();
    floor.step();
    assertThat(shown(ANN).open()).isEqualTo(1);
  }

  @Test
  void whatCouldNotBeReadIsReadWithTheNextRound() {
    tick();
    owing.add("care", now() - 1);
    owing.away = true;
    bell.changed();
    settle();
    assertThat(shown(ANN)).isEqualTo(TaskLoad.NONE);
    owing.away = false;
    tick();
    assertThat(shown(ANN).open()).isEqualTo(1);
  }

  @Test
  void oneReadingAtATimeHoweverOftenItRings() {
    for (int i = 0; i < 5; i++) {
      bell.changed();
      floor.step();
    }
    assertThat(slow).hasSize(1);
    settle();
    tick();
    assertThat(owing.reads).isEqualTo(2);
  }

  private record Debt(String queue, @Nullable AgentId taker, long dueAt) {}

  /** What is owed, as a database has it. */
  private static final class Owing implements Tasks {
    private final List<Debt> owed = new ArrayList<>();
    private @Nullable List<Owed> next;
    private boolean away;
    private int reads;

    void add(String queue, long dueAt) {
      owed.add(new Debt(queue, null, dueAt));
    }

    void take(AgentId agent) {
      owed.replaceAll(debt -> new Debt(debt.queue(), agent, debt.dueAt()));
    }

    @Override
    public List<Owed> owed(long now) {
      if (away) {
        throw new Fault.Unreachable("The database is away.", null);
      }
      reads++;
      List<Owed> answer = next == null ? counted(now) : next;
      next = null;
      return answer;
    }

    // no test owes two in one place
    private List<Owed> counted(long now) {
      return owed.stream()
          .map(
              debt -> {
                boolean due = debt.dueAt() <= now;
                return new Owed(
                    debt.queue(), debt.taker(), 1, due ? 1 : 0, 1,
                    due ? Long.MAX_VALUE : debt.dueAt(), debt.dueAt());
              })
          .toList();
    }

    @Override
    public List<Task> list(Scope scope, @Nullable Position after, int most) {
      throw new AssertionError();
    }

    @Override
    public Optional<Task> find(UUID task) {
      throw new AssertionError();
    }

    @Override
    public Counts count(Scope scope, long at) {
      throw new AssertionError();
    }

    @Override
    public void take(UUID task, AgentId agent, long at) {
      throw new AssertionError();
    }

    @Override
    public void giveBack(UUID task, AgentId agent) {
      throw new AssertionError();
    }

    @Override
    public void postpone(UUID task, AgentId agent, long dueAt) {
      throw new AssertionError();
    }

    @Override
    public void done(UUID task, AgentId agent, long at) {
      throw new AssertionError();
    }
  }
}
