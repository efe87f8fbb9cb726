package io.cordboard.app.sync;

import static io.cordboard.app.sync.SyncWorld.CRM;
import static io.cordboard.app.sync.SyncWorld.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.crm.CrmHooks;
import io.cordboard.testkit.crm.CrmTrouble;
import io.cordboard.testkit.crm.FakeCrm;
import io.cordboard.testkit.crm.SyncCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One server; the CRM, or the way to it, goes wrong. Lost, doubled, out of order: nothing. */
class SyncFaultsTest {
  private static final RecordKind CUSTOMER = RecordKind.CUSTOMER;
  private final SyncWorld world = new SyncWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private void everythingStands() {
    world.settled();
    SyncCheck.Equality equality = world.equality();
    assertThat(equality.percent()).as("before any repair: %s", equality.samples()).isEqualTo(100.0);
    assertThat(world.doubles()).isEmpty();
  }

  private void changes(List<String> customers, int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (String customer : customers) {
        world.rename(customer, "round " + round);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CrmTrouble.class,
      names = {"BUSY", "BUSY_WITH_PAUSE", "UNAUTHORISED", "DRIP_AFTER"},
      mode = EnumSource.Mode.EXCLUDE)
  void whateverTheFirstAnswersAreEachChangeStandsThereOnce(CrmTrouble trouble) {
    world.crm.troubles().next(trouble, 2);
    world.join();
    List<String> customers = world.customers(20);
    world.settled();
    world.crm.troubles().next(trouble, 2);
    changes(customers, 2);
    everythingStands();
    assertThat(world.dead()).isZero();
  }

  @Test
  void halfOfAllRequestsFailAtRandomAndNothingIsLost() {
    world.crm.troubles().share(CrmTrouble.ERROR, 0.3);
    world.crm.troubles().share(CrmTrouble.CLOSE_AFTER, 0.2);
    world.join();
    List<String> customers = world.customers(60);
    changes(customers, 3);
    world.settled();
    world.crm.troubles().off();
    everythingStands();
  }

  @Test
  void aSystemThatTakesFewRequestsIsAskedSlowerAndRefusesLittleOfIt() {
    world.crm.troubles().limit(20, true);
    world.join();
    List<String> customers = world.customers(300);
    changes(customers, 1);
    world.crm.troubles().limit(200, true);
    everythingStands();
    long refused = world.crm.troubles().met(CrmTrouble.BUSY) + world.node.connections.running(CRM).joined().gate().state().slowed();
    assertThat(refused).as("of %d requests", world.crm.requests()).isLessThan(world.crm.requests() / 2 + 20);
  }

  @Test
  void aLoginThatEndsInMidRunIsRenewedOnceAndOneThatStaysRefusedIsWaitedFor() {
    world.join();
    List<String> customers = world.customers(40);
    world.settled();
    long logins = world.crm.logins();
    world.crm.expireLogins();
    changes(customers, 1);
    everythingStands();
    assertThat(world.crm.logins() - logins).isOne();
    world.crm.expireLogins();
    world.crm.refuseLogins(true);
    changes(customers, 1);
    Await.until(
        "seen",
        () -> world.node.connections.running(CRM).joined().gate().state().trouble() != null);
    world.crm.refuseLogins(false);
    assertThat(world.dead()).isZero();
  }

  @Test
  void aNoticeThatComesAHundredTimesHasOneEffect() {
    world.join();
    List<String> customers = world.customers(1);
    world.settled();
    String id = world.theirs(customers.getFirst()).id();
    world.crm.store().change(CUSTOMER, id, fields("name", "changed there"));
    byte[] body = "{\"kind\":\"customer\",\"id\":\"%s\",\"version\":\"2\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
    CrmHooks.Sent sent =
        CrmHooks.signed("n1", world.node.clock.micros(), body, SyncWorld.SECRET.getBytes(StandardCharsets.UTF_8));
    IntStream.range(0, 100).parallel().forEach(i -> tell(sent, sent.body()));
    Await.until("taken over", () -> world.name(customers.getFirst()).equals("changed there"));
    world.settled();
    assertThat(world.number("select count(*) from customer_change where field = 'name'")).isOne();
    byte[] forged = "{\"kind\":\"customer\",\"id\":\"%s\",\"version\":\"3\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> tell(sent, forged)).isInstanceOf(Fault.AuthLapsed.class);
  }

  private void tell(CrmHooks.Sent sent, byte[] body) {
    world.node.connections.told(
        CRM, new Hook("https://cordboard.example/api/v1/hooks/shop", sent.headers(), body, world.node.clock.micros()));
  }

  @Test
  void changesThatTheSystemForgotAreFoundByComparingEverything() {
    world.join();
    List<String> customers = world.customers(30);
    world.settled();
    world.crm.troubles().next(CrmTrouble.DOWN, 1_000);
    world.crm.store().remember(CUSTOMER, 2);
    customers.forEach(one -> world.crm.store().change(CUSTOMER, world.theirs(one).id(), fields("name", "while away")));
    world.crm.troubles().off();
    Await.until("all taken over", () -> customers.stream().allMatch(one -> world.name(one).equals("while away")));
    everythingStands();
  }

  @Test
  void whatIsDeletedAndMergedThereWhileWeChangeItStaysSo() {
    world.join();
    List<String> customers = world.customers(12);
    world.settled();
    for (int i = 0; i < 12; i += 3) {
      world.rename(customers.get(i), "ours " + i);
      world.crm.store().delete(CUSTOMER, world.theirs(customers.get(i)).id());
      world.crm.store().merge(CUSTOMER, world.theirs(customers.get(i + 1)).id(), world.theirs(customers.get(i + 2)).id());
      world.rename(customers.get(i + 1), "ours " + i);
    }
    Await.until(
        "all were seen", () -> world.number("select count(*) from sync_link where state = 'GONE_THERE'") == 8);
    everythingStands();
    assertThat(world.crm.store().count(CUSTOMER)).isEqualTo(4);
  }

  @Test
  void bothSidesChangeEverythingAtOnceAndAgreeWithEachLoserKept() {
    world.join();
    List<String> customers = world.customers(40);
    world.settled();
    customers.parallelStream()
        .forEach(
            one -> {
              world.crm.store().change(CUSTOMER, world.theirs(one).id(), fields("name", "theirs"));
              world.rename(one, "ours");
            });
    Await.until(
        "both agree", () -> customers.stream().allMatch(one -> world.name(one).equals(world.nameThere(one))));
    everythingStands();
    long hops =
        customers.stream().mapToLong(one -> world.crm.ledger().of(CUSTOMER, one).size()).max().orElse(0);
    assertThat(hops).as("made, changed there, changed by us").isLessThanOrEqualTo(3);
  }

  @Test
  void aFieldThatTheSystemNoLongerTakesIsALetterThatNamesItAndTheOthersFlow() {
    world.join();
    List<String> customers = world.customers(10);
    world.settled();
    world.crm.store().schema().longest(CUSTOMER, "name", 12);
    world.rename(customers.getFirst(), "a name that is far too long for them");
    changes(customers.subList(1, 10), 1);
    Await.until("the letter", () -> world.dead() == 1);
    Await.until("the others", () -> customers.subList(1, 10).stream().allMatch(one -> world.nameThere(one).equals("round 0")));
    assertThat(
            world.number("select count(*) from work_item where state = 'DEAD' and reason like '%name%'"))
        .isOne();
  }

  @Test
  void aRecordWithAMegabyteInAFieldHoldsUpNobody() {
    world.join();
    List<String> customers = world.customers(3);
    world.settled();
    world.crm.store().change(CUSTOMER, world.theirs(customers.getFirst()).id(), fields("language", "x".repeat(1 << 20)));
    world.crm.store().change(CUSTOMER, world.theirs(customers.get(1)).id(), fields("name", "flows"));
    Await.until("flows", () -> world.name(customers.get(1)).equals("flows"));
  }

  @Test
  void aDeadSystemDoesNotDelayAnother() {
    try (FakeCrm silent = FakeCrm.start()) {
      silent.troubles().share(CrmTrouble.HANG_AFTER, 1);
      world.join(silent.uri(), "silent");
      world.join();
      List<String> customers = world.customers(50);
      Await.until("all there", () -> world.crm.store().count(CUSTOMER) == 50);
      changes(customers, 1);
      Await.until("all changed", () -> customers.stream().allMatch(one -> world.nameThere(one).equals("round 0")));
      assertThat(world.number("select count(*) from work_item where state = 'OPEN' and kind = 'crm:silent'")).isPositive();
    }
  }

  @Test
  void aSlowSystemTakesEverythingInItsTime() {
    world.crm.troubles().latency(Duration.ofMillis(150), Duration.ofMillis(100));
    world.join();
    List<String> customers = world.customers(100);
    changes(customers, 2);
    everythingStands();
  }
}
