package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskMessage.Me;
import io.cordboard.core.desk.DeskMessage.QueueLoad;
import io.cordboard.core.desk.TeamDoor.CallsWanted;
import io.cordboard.core.desk.TeamView.AgentDay;
import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Agents see their own day and the load of their queues, told to them when it changes. */
class AgentDaysTest {
  private final Floor floor = new Floor();
  private final Counted counted = new Counted();
  private final AgentDays days =
      new AgentDays(
          floor.ledger, floor.journeys,
          new AgentDays.Reading(
              counted, floor.clock, ZoneId.of("Asia/Shanghai"), Runnable::run));

  /** The day as the database would count it. */
  private static final class Counted implements TeamFigures {
    private final Map<AgentId, AgentDay> days = new HashMap<>();
    private boolean away;
    private int asked;
    private long since;

    @Override
    public Day day(long since) {
      throw new AssertionError("nobody asked for the queues' figures");
    }

    @Override
    public Map<AgentId, AgentDay> agents(long since) {
      asked++;
      this.since = since;
      if (away) {
        throw new Fault.Unreachable("The database is away.", null);
      }
      return Map.copyOf(days);
    }

    @Override
    public List<PastCall> calls(long since, long until, CallsWanted wanted) {
      return List.of();
    }
  }

  private void tick() {
    floor.clock.advance(Duration.ofSeconds(1));
    days.tick();
    floor.step();
    floor.step();
  }

  private Me me(AgentId agent) {
    Me last = null;
    for (DeskMessage message : floor.told.get(agent)) {
      last =
          switch (message) {
            case DeskMessage.Snapshot s -> s.me();
            case DeskMessage.MeChanged m -> m.me();
            default -> last;
          };
    }
    return last;
  }

  private QueueLoad care(AgentId agent) {
    floor.desk.tick();
    floor.step();
    List<QueueLoad> last = List.of();
    for (DeskMessage message : floor.told.get(agent)) {
      last =
          switch (message) {
            case DeskMessage.Snapshot s -> s.queues();
            case DeskMessage.QueuesChanged q -> q.queues();
            default -> last;
          };
    }
    return last.getFirst();
  }

  @Test
  void theDayIsToldWhenItChangesAndAlsoToADeskThatOpensLater() {
    floor.link().ready(ANN);
    counted.days.put(ANN, new AgentDay(4, 3, 1, 60_000, 9_000));
    tick();
    assertThat(me(ANN).callsToday()).isEqualTo(3);
    assertThat(me(ANN).talkMillisToday()).isEqualTo(60_000);
    assertThat(me(ANN).wrapUpMillisToday()).isEqualTo(9_000);
    assertThat(me(ANN).missedToday()).isEqualTo(1);
    counted.days.put(BOB, new AgentDay(1, 1, 0, 5_000, 0));
    floor.talking();
    tick();
    floor.open(BOB, "c-2");
    assertThat(me(BOB).callsToday()).isEqualTo(1);
  }

  @Test
  void nothingIsReadWhileNoCallChanges() {
    floor.link().ready(ANN);
    tick();
    tick();
    tick();
    assertThat(counted.asked).isEqualTo(1);
    floor.arrives(PLAIN);
    tick();
    assertThat(counted.asked).isEqualTo(2);
  }

  @Test
  void aNewDayIsCountedFromMidnightAndADatabaseThatIsAwayIsAskedAgain() {
    floor.link().ready(ANN);
    tick();
    long monday = counted.since;
    counted.away = true;
    floor.clock.advance(Duration.ofHours(16));
    tick();
    counted.away = false;
    counted.days.put(ANN, new AgentDay(9, 9, 0, 1, 1));
    tick();
    assertThat(counted.since - monday).isEqualTo(Duration.ofDays(1).toNanos() / 1000);
    assertThat(me(ANN).callsToday()).isEqualTo(9);
  }

  @Test
  void theLoadOfAQueueTellsWhoWaitsWhoIsReadyAndWhoTalks() {
    floor.link().ready(ANN);
    floor.ready(BOB);
    assertThat(care(ANN).ready()).isEqualTo(2);
    floor.talking();
    assertThat(care(ANN).ready()).isEqualTo(1);
    assertThat(care(ANN).busy()).isEqualTo(1);
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    floor.arrives(PLAIN);
    assertThat(care(BOB).waiting()).isEqualTo(1);
    assertThat(care(BOB).ready()).isZero();
    assertThat(care(BOB).longestSince()).isNotNull();
  }
}
