package io.cordboard.app.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.Seeded;
import io.cordboard.testkit.crm.CrmTrouble;
import io.cordboard.testkit.crm.SyncCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers on one database, one of them a process that is killed and held up, while the CRM goes wrong. */
class TwoServersTest {
  private static final RecordKind CUSTOMER = RecordKind.CUSTOMER;
  private static final List<CrmTrouble> TROUBLES =
      List.of(
          CrmTrouble.ERROR, CrmTrouble.CLOSE_AFTER, CrmTrouble.CUT_AFTER, CrmTrouble.HALF_AFTER, CrmTrouble.HTML,
          CrmTrouble.RESET, CrmTrouble.ERROR_AFTER, CrmTrouble.SOME_OF_BATCH, CrmTrouble.DOWN);

  private final SyncWorld world = new SyncWorld();
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    world.close();
  }

  private Process server() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), SyncNode.class.getName(),
                world.database.url(), world.database.user(), world.database.password())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    processes.add(process);
    assertThat(process.inputReader().readLine()).isEqualTo("follows");
    return process;
  }

  private void hold(Process process, boolean on) throws IOException, InterruptedException {
    new ProcessBuilder("kill", on ? "-STOP" : "-CONT", String.valueOf(process.pid())).start().waitFor();
  }

  @Test
  void aServerThatIsKilledOrHeldUpInMidRunLeavesNothingLostAndNothingDouble() throws Exception {
    storm(new Seeded(20_261_128), 150, 1_500, 2);
  }

  @Test
  @Tag("nightly")
  void thirtyThousandChangesInAStormOfFaultsAreEqualInTheEnd() throws Exception {
    storm(new Seeded(System.nanoTime()), 10_000, 30_000, 20);
  }

  private void storm(Seeded random, int customers, int changes, int kills) throws Exception {
    world.join();
    List<String> all = world.customers(customers);
    Process other = server();
    int every = changes / (kills + 1);
    for (int i = 0; i < changes; i++) {
      change(random, all);
      if (i % 100 == 0) {
        weather(random);
      }
      if (i % every == every - 1) {
        other = killed(random, other);
      }
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.between(0, 2_000)));
    }
    world.crm.troubles().off();
    stands(random);
  }

  private void change(Seeded random, List<String> all) {
    String customer = all.get(random.between(0, all.size() - 1));
    int what = random.between(0, 99);
    String name = "n" + random.between(0, 1_000_000);
    if (what < 70) {
      world.rename(customer, name);
    } else if (what < 97) {
      world.crm.store().byRef(CUSTOMER, customer)
          .ifPresent(
              record ->
                  world.crm.store().change(CUSTOMER, record.id(), new TreeMap<>(Map.of("language", Value.of(name)))));
    } else if (what < 99) {
      world.crm.store().byRef(CUSTOMER, customer).ifPresent(record -> world.crm.store().delete(CUSTOMER, record.id()));
    } else {
      world.crm.expireLogins();
    }
  }

  private void weather(Seeded random) {
    TROUBLES.forEach(trouble -> world.crm.troubles().share(trouble, 0));
    world.crm.troubles().share(TROUBLES.get(random.between(0, TROUBLES.size() - 1)), 0.3);
  }

  /** Killed, or asleep for longer than its lease lets it be and awake again. */
  private Process killed(Seeded random, Process process) throws Exception {
    if (random.chance(0.3)) {
      hold(process, true);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      hold(process, false);
      return process;
    }
    process.destroyForcibly().waitFor();
    return server();
  }

  private void stands(Seeded random) {
    world.settled();
    Await.until("what changed there is here", () -> world.equality().percent() == 100.0);
    SyncCheck.Equality equality = world.equality();
    assertThat(equality.percent()).as("seed %d, before any repair: %s", random.seed(), equality.samples()).isEqualTo(100.0);
    assertThat(world.doubles()).as("seed %d", random.seed()).isEmpty();
    assertThat(world.dead()).as("silent failures, seed %d", random.seed()).isZero();
  }
}
