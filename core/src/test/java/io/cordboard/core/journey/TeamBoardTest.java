package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.TeamDoor.CallsWanted;
import io.cordboard.core.desk.TeamDoor.Wanted;
import io.cordboard.core.desk.TeamView;
import io.cordboard.core.desk.TeamView.AgentDay;
import io.cordboard.core.desk.TeamView.AgentLine;
import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.core.desk.TeamView.QueueDay;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What a supervisor sees and may order. */
class TeamBoardTest {
  private static final QueueDay DAY = new QueueDay(9, 7, 1, 1, 0, 6, 70_000, 700_000);

  private final Floor floor = new Floor();
  private final List<TeamView> shown = new ArrayList<>();
  private final Figures figures = new Figures();
  private final TeamBoard board =
      new TeamBoard(
          floor.ledger, floor.journeys,
          new TeamBoard.Reading(
              floor.desk, figures, floor.clock, ZoneId.of("Asia/Shanghai"), Runnable::run));

  /** The day as the database would count it. */
  private static final class Figures implements TeamFigures {
    private boolean away;
    private int asked;
    private final List<String> between = new ArrayList<>();
    private Runnable meanwhile = () -> {};

    @Override
    public Day day(long since) {
      asked++;
      meanwhile.run();
      if (away) {
        throw new Fault.Unreachable("The database is away.", null);
      }
      return new Day(Map.of("care", DAY), Map.of(ANN, new AgentDay(3, 2, 1, 60_000, 9_000)));
    }

    @Override
    public Map<AgentId, AgentDay> agents(long since) {
      return day(since).agents();
    }

    @Override
    public List<PastCall> calls(long since, long until, CallsWanted wanted) {
      between.add(Clock.instant(since) + " " + Clock.instant(until));
      return List.of();
    }
  }

  private TeamView now() {
    return done(board.now());
  }

  private <T> T done(CompletionStage<T> stage) {
    floor.step();
    floor.step();
    return stage.toCompletableFuture().join();
  }

  private AgentLine ann() {
    return now().agents().stream().filter(a -> a.user().equals("ann")).findFirst().orElseThrow();
  }

  private void twoQueues() {
    Directory now = floor.directory;
    Map<String, Directory.Queue> queues = new HashMap<>(now.queues());
    queues.put("sales", new Directory.Queue("sales", "Sales", Set.of(BOB)));
    floor.directory = new Directory(now.lines(), queues, now.agents(), now.dispositions());
  }

  @Test
  void aDaysCallsAreThoseOfTheServersDay() {
    board.calls(new CallsWanted(LocalDate.of(2026, 1, 5), null, null, null, null, 9));
    board.calls(new CallsWanted(null, null, null, null, null, 9));
    assertThat(figures.between.getFirst()).isEqualTo("2026-01-04T16:00:00Z 2026-01-05T16:00:00Z");
    LocalDate today = LocalDate.ofInstant(floor.clock.now(), ZoneId.of("Asia/Shanghai"));
    assertThat(figures.between.getLast())
        .isEqualTo(today.minusDays(1) + "T16:00:00Z " + today + "T16:00:00Z");
  }

  @Test
  void itShowsWhoIsInWhatStateWhoWaitsAndTheDay() {
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    floor.arrives(PLAIN);
    floor.pass(Duration.ofSeconds(5));
    TeamView view = now();
    assertThat(view.agents()).extracting(AgentLine::user).containsExactly("ann", "bob");
    assertThat(ann().state()).isEqualTo("NOT_READY");
    assertThat(ann().reason()).isEqualTo("lunch");
    assertThat(ann().queues()).containsExactly("care");
    assertThat(ann().day().talkMillis()).isEqualTo(60_000);
    assertThat(view.queues().getFirst().waiting()).isEqualTo(1);
    assertThat(view.queues().getFirst().day()).isEqualTo(DAY);
    assertThat(view.waiting()).hasSize(1);
    assertThat(view.waiting().getFirst().number()).contains("****").doesNotContain("13800138000");
    assertThat(Duration.between(view.waiting().getFirst().since(), view.at()))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
  }

  @Test
  void whoLooksIsToldOnceASecondAndOnlyWhenSomethingChanged() {
    floor.link().ready(ANN);
    board.tick();
    floor.step();
    assertThat(figures.asked).as("nobody looks").isZero();
    board.watch("c1", shown::add);
    floor.step();
    board.tick();
    floor.step();
    int before = shown.size();
    board.tick();
    floor.step();
    assertThat(shown).hasSize(before);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    board.tick();
    floor.step();
    assertThat(shown).hasSize(before + 1);
    assertThat(shown.getLast().agents().getFirst().state()).isEqualTo("NOT_READY");
    board.leave("c1");
    floor.command(ANN, new DeskCommand.Ready());
    board.tick();
    floor.step();
    assertThat(shown).hasSize(before + 1);
  }

  @Test
  void whoBeginsToLookWithinTheSecondIsShownWhatTheOthersWereTold() {
    floor.link().ready(ANN);
    board.watch("c1", view -> {});
    board.tick();
    floor.step();
    board.watch("c2", shown::add);
    assertThat(shown).as("at once, without the ledger").hasSize(1);
    floor.pass(Duration.ofSeconds(2));
    board.watch("c3", shown::add);
    assertThat(shown).hasSize(1);
    floor.step();
    assertThat(shown).hasSize(2);
  }

  @Test
  void whileTheDatabaseIsAwayTheStatesAreShownAllTheSame() {
    floor.link().ready(ANN);
    now();
    figures.away = true;
    floor.pass(Duration.ofMinutes(1));
    assertThat(ann().state()).isEqualTo("READY");
    assertThat(now().queues().getFirst().day()).isEqualTo(DAY);
  }

  @Test
  void whileOneReadsTheDayTheOthersAreShownTheLastOne() {
    Queue<Runnable> readers = new ArrayDeque<>();
    TeamBoard busy =
        new TeamBoard(
            floor.ledger, floor.journeys,
            new TeamBoard.Reading(
                floor.desk, figures, floor.clock, ZoneId.of("Asia/Shanghai"), readers::add));
    floor.link().ready(ANN);
    CompletionStage<TeamView> first = busy.now();
    CompletionStage<TeamView> second = busy.now();
    floor.step();
    figures.meanwhile = () -> readers.remove().run();
    readers.remove().run();
    assertThat(figures.asked).isEqualTo(1);
    assertThat(first.toCompletableFuture()).isCompleted();
    assertThat(second.toCompletableFuture()).isCompleted();
  }

  @Test
  void aWaitingCallThatIsMovedKeepsItsAgeAndIsOfferedInItsNewQueue() {
    twoQueues();
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    LegKey customer = floor.arrives(PLAIN);
    CallId call = floor.callOf(customer);
    var since = now().waiting().getFirst().since();
    floor.pass(Duration.ofSeconds(30));
    floor.ready(BOB);
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    floor.arrives(PLAIN);
    done(board.move(call, "sales"));
    TeamView view = now();
    assertThat(view.waiting().getFirst().queue()).isEqualTo("sales");
    assertThat(view.waiting().getFirst().since()).isEqualTo(since);
    assertThat(view.queues()).extracting(TeamView.QueueLine::waiting).containsExactly(1, 1);
    done(board.move(call, "care"));
    assertThat(now().waiting()).extracting(TeamView.WaitingCall::queue).containsOnly("care");
  }

  @Test
  void aCallThatDoesNotWaitOrAQueueThatIsNotThereIsRefused() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    assertThatThrownBy(() -> done(board.move(talk.call(), "care")))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> done(board.move(talk.call(), "nowhere")))
        .hasCauseInstanceOf(Fault.NotFound.class);
  }

  @Test
  void anAgentsStateIsChangedByTheTableAsIfTheAgentHadAsked() {
    floor.link().ready(ANN);
    done(board.order(ANN, Wanted.NOT_READY, "supervisor"));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    done(board.order(ANN, Wanted.READY, "supervisor"));
    Floor.Talking talk = floor.talking();
    assertThat(talk.call()).isNotNull();
    done(board.order(ANN, Wanted.NOT_READY, "supervisor"));
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING_BREAK_NEXT");
    assertThatThrownBy(() -> done(board.order(ANN, Wanted.OFFLINE, "supervisor")))
        .hasCauseInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> done(board.order(BOB, Wanted.NOT_READY, "supervisor")))
        .hasCauseInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> done(board.order(BOB, Wanted.READY, "supervisor")))
        .hasCauseInstanceOf(Fault.Refused.class)
        .hasMessageContaining("No desk");
  }
}
