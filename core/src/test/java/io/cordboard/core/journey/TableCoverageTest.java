package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.LegState;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.Table;
import io.cordboard.core.call.Tables;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every transition of the tables happens in real shifts, and the docs show the tables as they are. */
class TableCoverageTest {
  private static final Path PAGE = Path.of("../docs/how-a-call-flows.md");
  private static final int MOST_SHIFTS = 300;

  @Test
  void everyTransitionOfTheTablesHappensInSomeShift() throws Exception {
    Set<Table.Row> missing = ConcurrentHashMap.newKeySet();
    Tables.STANDARD.rows().stream().filter(Table.Row::moves).forEach(missing::add);
    rareStories(missing);
    goesHome(missing);
    comesBack(missing);
    for (long seed = 0; seed < MOST_SHIFTS && !missing.isEmpty(); seed++) {
      new Shift(new Seeded(seed), missing::remove).play(120);
    }
    assertThat(missing.stream().map(Object::toString).sorted())
        .as("transitions that no shift visits: play them, or take them out of the tables")
        .isEmpty();
  }

  /** What random shifts meet too seldom: a break asked for, and then a lost phone or a release. */
  private static void rareStories(Set<Table.Row> missing) {
    Floor home = new Floor();
    home.link().ready(ANN);
    Floor.Talking last = home.talking();
    home.command(ANN, new DeskCommand.NotReady("lunch"));
    home.hangsUp(last.customer());
    home.command(ANN, new DeskCommand.SignOut());
    missing.removeAll(home.visited);
    for (boolean release : new boolean[] {true, false}) {
      for (boolean wrapUp : new boolean[] {true, false}) {
        Floor floor = new Floor();
        floor.link().ready(ANN);
        Floor.Talking talk = floor.talking();
        floor.command(ANN, new DeskCommand.NotReady("lunch"));
        if (wrapUp) {
          floor.hangsUp(talk.customer());
        }
        if (release) {
          floor.desk.release(ANN, "boss");
        } else {
          floor.device("2001", DeviceState.UNREGISTERED);
        }
        floor.pass(Duration.ofSeconds(31));
        missing.removeAll(floor.visited);
      }
    }
  }

  /** A break asked for in the talk, and home after it. */
  private static void goesHome(Set<Table.Row> missing) {
    Floor floor = new Floor();
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    floor.hangsUp(talk.customer());
    floor.command(ANN, new DeskCommand.SignOut());
    missing.removeAll(floor.visited);
  }

  /** Whoever was handed the customer refuses, and who handed them on finishes the record still. */
  private static void comesBack(Set<Table.Row> missing) {
    Floor floor = new Floor();
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.ready(BOB);
    String call = talk.call().toString();
    floor.command(
        ANN, new DeskCommand.Transfer(call, DeskCommand.TransferTo.AGENT, BOB.toString()));
    floor.hangsUp(talk.agent());
    floor.device("2001", DeviceState.IDLE);
    floor.command(BOB, new DeskCommand.Decline(call));
    missing.removeAll(floor.visited);
  }

  @Test
  void aTransitionThatNothingVisitsIsFound() {
    Floor floor = new Floor();
    floor.link().ready(ANN);
    floor.talking();
    Set<String> visited =
        floor.visited.stream().filter(Table.Row::moves).map(Object::toString).collect(Collectors.toSet());
    assertThat(visited).anyMatch(row -> row.contains("GO_READY"));
    assertThat(visited).noneMatch(row -> row.contains("RELEASE"));
  }

  /** {@code -Dcordboard.write.docs=true} writes the page anew. */
  @Test
  void theDocsShowTheTablesAsTheyAre() throws IOException {
    String page = Files.readString(PAGE);
    String fresh = page;
    for (Table<?, ?> table :
        new Table<?, ?>[] {
          Tables.STANDARD.leg(), Tables.STANDARD.offer(), Tables.STANDARD.agent()
        }) {
      fresh = drawn(fresh, table);
    }
    if (Boolean.getBoolean("cordboard.write.docs")) {
      Files.writeString(PAGE, fresh);
    }
    assertThat(Files.readString(PAGE))
        .as("run this test with -Dcordboard.write.docs=true, then read what changed")
        .isEqualTo(fresh);
  }

  private static String drawn(String page, Table<?, ?> table) {
    String begin = "<!-- table " + table.name() + " -->\n```mermaid\n";
    int from = page.indexOf(begin);
    int to = page.indexOf("```\n", from + begin.length());
    assertThat(from).as("the place of the %s table in the page", table.name()).isNotNegative();
    return page.substring(0, from + begin.length()) + table.diagram() + page.substring(to);
  }

  @Test
  void everyStateIsReachedAndSomethingLeadsOutOfEachThatIsNotTheLast() {
    Set<String> states = new TreeSet<>();
    Stream.of(LegState.values(), OfferState.values(), AgentState.values())
        .flatMap(Stream::of)
        .forEach(state -> states.add(state.name()));
    Set<String> reached = new TreeSet<>(Set.of("DIALLED", "MADE", "OFFLINE"));
    Tables.STANDARD.rows().forEach(row -> reached.add(row.to()));
    assertThat(reached).isEqualTo(states);
    for (AgentState state : AgentState.values()) {
      assertThat(Tables.STANDARD.agent().rows())
          .anyMatch(row -> row.from().equals(state.name()) && row.moves());
    }
  }
}
