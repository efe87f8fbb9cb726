package io.cordboard.store.sync;

import static io.cordboard.store.sync.SyncRig.CRM;
import static io.cordboard.store.sync.SyncRig.fields;
import static io.cordboard.store.sync.SyncRig.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.identity.Stamp;
import io.cordboard.core.sync.Conversion;
import io.cordboard.core.sync.Link;
import io.cordboard.core.sync.Reconcile;
import io.cordboard.kernel.CustomerId;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.store.customer.JdbcMergeStore;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.crm.CrmStore;
import io.cordboard.testkit.crm.MemoryCrm;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders, tickets and leads both ways, and call-backs from us to them. */
class SyncedFactsTest {
  private static final long AT = 1_700_000_000_000_000L;

  private final MemoryCrm crm = new MemoryCrm(CRM, new HandClock());
  private SyncRig rig = SyncRig.over(crm, RecordKind.values());
  private final CrmStore there = crm.store();

  @AfterEach
  void close() {
    rig.close();
  }

  private void begin() {
    rig.start();
    // reading begins with what changes from then on; kinds are read in their order
    Await.until("reads", () -> rig.store.position(CRM, RecordKind.ORDER).isPresent());
  }

  private CustomerId known(String name) {
    CustomerId customer = rig.customer(name);
    rig.settled();
    return customer;
  }

  private String theirs(CustomerId customer) {
    return there.byRef(RecordKind.CUSTOMER, customer.toString()).orElseThrow().id();
  }

  private static String table(RecordKind kind) {
    return switch (kind) {
      case ORDER -> "sales_order";
      case TICKET -> "service_record";
      case LEAD -> "lead";
      case TASK -> "task";
      case CUSTOMER, INTERACTION -> throw new IllegalArgumentException(kind.word());
    };
  }

  /** A person makes one there. */
  private String made(RecordKind kind, String customer, String number) {
    return there.make(
        kind,
        switch (kind) {
          case ORDER ->
              fields("customer", customer, "number", number, "title", "Kettle", "state", "open", "currency", "EUR",
                  "amount", amount("99.5"), "at", "2026-01-02T03:04:05Z");
          case TICKET ->
              fields("customer", customer, "number", number, "title", "Kettle", "state", "open", "openedAt",
                  "2026-01-02T03:04:05Z");
          default -> fields("customer", customer, "number", number, "title", "Kettle", "state", "open");
        });
  }

  /** One of ours, as an import makes it. */
  private void ours(RecordKind kind, CustomerId customer, String number) {
    rig.rows.execute(
        switch (kind) {
          case ORDER ->
              "insert into sales_order (customer_id, at, number, title, amount_minor, currency, state) values ('%s', %d, '%s', 'Kettle', 9900, 'GBP', 'open')"
                  .formatted(customer, AT, number);
          case TICKET ->
              "insert into service_record (customer_id, opened_at, number, closed_at, title, state) values ('%s', %d, '%s', 0, 'Kettle', 'open')"
                  .formatted(customer, AT, number);
          default ->
              "insert into lead values (gen_random_uuid(), '%s', 'Kettle', 'open', '%s', '', %d, %d, 'user:test')"
                  .formatted(customer, number, AT, AT);
        });
  }

  private static Value amount(String number) {
    return new Value.Number(new BigDecimal(number));
  }

  private long count(RecordKind kind, String where) {
    return rig.number("select count(*) from " + table(kind) + " where " + where);
  }

  private void standsHere(RecordKind kind, CustomerId customer, String where) {
    Await.until(
        "stands here", () -> count(kind, "customer_id = '%s' and %s".formatted(customer, where)) == 1);
  }

  private CrmRecord only(RecordKind kind) {
    Await.until("one is there", () -> there.count(kind) == 1);
    return there.live(kind).getFirst();
  }

  private int writes() {
    return (int) there.ledger().effects().stream().filter(effect -> effect.ours()).count();
  }

  private Reconcile.Report reconcile(RecordKind kind, boolean repair) {
    return new Reconcile(rig.joined, rig.store, rig.receive, rig.clock).all(kind, repair, compared -> {});
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER", "TICKET", "LEAD"})
  void whatWasMadeThereStandsHereAtItsCustomerAndIsNotWrittenBack(RecordKind kind) {
    begin();
    CustomerId ann = known("Ann");
    known("Ben");
    int before = writes();
    String id = made(kind, theirs(ann), "K-1");
    standsHere(kind, ann, "number = 'K-1' and state = 'open' and title = 'Kettle'");
    there.change(kind, id, fields("state", "done"));
    standsHere(kind, ann, "number = 'K-1' and state = 'done'");
    rig.settled();
    assertThat(writes()).as("nothing went back").isEqualTo(before);
    assertThat(count(kind, "true")).isOne();
  }

  @Test
  void anAmountStandsInTheSmallestUnitOfItsCurrencyAndOneThatIsFinerIsADeadLetter() {
    begin();
    CustomerId ann = known("Ann");
    String order = made(RecordKind.ORDER, theirs(ann), "K-1");
    standsHere(RecordKind.ORDER, ann, "amount_minor = 9950 and currency = 'EUR' and at = 1767323045000000");
    there.change(RecordKind.ORDER, order, fields("currency", "JPY", "amount", amount("1200")));
    standsHere(RecordKind.ORDER, ann, "amount_minor = 1200 and currency = 'JPY'");
    there.change(RecordKind.ORDER, order, fields("amount", amount("1200.5")));
    Await.until("parked", () -> rig.parked.size() == 1);
    there.change(RecordKind.ORDER, order, fields("amount", amount("1200"), "currency", Value.EMPTY));
    Await.until("parked again", () -> rig.parked.size() == 2);
    assertThat(rig.parked).containsOnly("ORDER");
    assertThat(count(RecordKind.ORDER, "amount_minor = 1200")).isOne();
  }

  @Test
  void anOrderOfWhichNoAmountIsToldHasNoneAndNoneIsWrittenBack() {
    begin();
    CustomerId ann = known("Ann");
    there.make(RecordKind.ORDER, fields("customer", theirs(ann), "title", "HbA1c", "state", "active"));
    standsHere(RecordKind.ORDER, ann, "amount_minor = 0 and currency = 'XXX' and title = 'HbA1c'");
    rig.rows.execute("update sales_order set state = 'done'");
    Await.until("changed there", () -> text(only(RecordKind.ORDER), "state").equals("done"));
    rig.settled();
    assertThat(only(RecordKind.ORDER).fields().getOrDefault("amount", Value.EMPTY)).isEqualTo(Value.EMPTY);
    assertThat(text(only(RecordKind.ORDER), "currency")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER", "TICKET", "LEAD"})
  void oursStandsThereOnceAndAChangeOnEitherSideStandsOnBoth(RecordKind kind) {
    begin();
    CustomerId ann = known("Ann");
    ours(kind, ann, "K-1");
    CrmRecord record = only(kind);
    assertThat(text(record, "customer")).isEqualTo(theirs(ann));
    assertThat(text(record, "number")).isEqualTo("K-1");
    rig.settled();
    rig.rows.execute("update " + table(kind) + " set state = 'paid'");
    Await.until("changed there", () -> text(only(kind), "state").equals("paid"));
    rig.settled();
    int before = writes();
    there.change(kind, record.id(), fields("title", "Two kettles"));
    standsHere(kind, ann, "title = 'Two kettles' and state = 'paid'");
    rig.settled();
    assertThat(writes()).as("nothing went back").isEqualTo(before);
    assertThat(rig.number("select count(*) from sync_clash")).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER", "TICKET"})
  void oneThatBothSidesHadUnderTheSameNumberIsOne(RecordKind kind) {
    begin();
    CustomerId ann = known("Ann");
    rig.rows.execute("update crm set state = 'OFF'");
    ours(kind, ann, "K-1");
    rig.rows.execute("update crm set state = 'ON'");
    String id = made(kind, theirs(ann), "K-1");
    Await.until("joined", () -> rig.store.linkOf(CRM, kind, id).isPresent());
    rig.settled();
    assertThat(count(kind, "true")).isOne();
    assertThat(there.count(kind)).isOne();
  }

  @Test
  void twoLeadsWithTheSameTelephoneNumberAreTwo() {
    begin();
    CustomerId ann = known("Ann");
    made(RecordKind.LEAD, theirs(ann), "+8613800138000");
    made(RecordKind.LEAD, theirs(ann), "+8613800138000");
    Await.until("both", () -> count(RecordKind.LEAD, "customer_id = '%s'".formatted(ann)) == 2);
    rig.settled();
    assertThat(there.count(RecordKind.LEAD)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER", "TICKET", "LEAD"})
  void whatStandsAtSomebodyWhoWasMergedIsGivenTheCustomerWhoStands(RecordKind kind) {
    begin();
    CustomerId ann = known("Ann");
    CustomerId twin = known("Ann");
    made(kind, theirs(twin), "K-1");
    standsHere(kind, twin, "number = 'K-1'");
    new JdbcMergeStore(rig.pool).merge(
        ann, twin,
        ledger -> ledger.merge(rig.ids.next(), twin, ann, new Stamp(rig.clock.micros(), "user:test"), "the same"));
    Await.until("at the other", () -> text(only(kind), "customer").equals(theirs(ann)));
    rig.settled();
    assertThat(there.count(kind)).isOne();
    assertThat(reconcile(kind, false).consistencyPercent()).isEqualTo(100);
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER", "TICKET", "LEAD"})
  void oneThatComesBeforeItsCustomerWaitsAndIsTakenOverWhenTheCustomerIsKnown(RecordKind kind) {
    crm.can(RecordKind.CUSTOMER, EnumSet.of(Ability.READ, Ability.WRITE, Ability.SCAN, Ability.FIELDS));
    begin();
    String zoe = there.make(RecordKind.CUSTOMER, fields("name", "Zoe", "kind", "PERSON"));
    String id = made(kind, zoe, "K-1");
    Await.until("waits", () -> rig.number("select count(*) from sync_waiting") == 1);
    assertThat(count(kind, "true")).isZero();
    assertThat(reconcile(kind, false).missingHere()).isOne();
    rig.receive.take(there.get(RecordKind.CUSTOMER, zoe).orElseThrow());
    Await.until("taken over", () -> rig.store.linkOf(CRM, kind, id).isPresent());
    rig.settled();
    assertThat(count(kind, "number = 'K-1'")).isOne();
    assertThat(rig.number("select count(*) from sync_waiting")).isZero();
    assertThat(reconcile(kind, false).consistencyPercent()).isEqualTo(100);
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER", "TICKET", "LEAD"})
  void oneThatIsSomebodyElsesThereIsSomebodyElsesHere(RecordKind kind) {
    begin();
    CustomerId ann = known("Ann");
    CustomerId ben = known("Ben");
    String id = made(kind, theirs(ann), "K-1");
    standsHere(kind, ann, "number = 'K-1'");
    there.change(kind, id, fields("customer", theirs(ben)));
    standsHere(kind, ben, "number = 'K-1'");
    rig.settled();
    assertThat(text(only(kind), "customer")).isEqualTo(theirs(ben));
    assertThat(count(kind, "true")).isOne();
    assertThat(reconcile(kind, false).consistencyPercent()).isEqualTo(100);
  }

  @Test
  void oneThatIsGivenToSomebodyWhomWeDoNotKnowYetIsTheirsWhenTheyAreKnown() {
    crm.can(RecordKind.CUSTOMER, EnumSet.of(Ability.READ, Ability.WRITE, Ability.SCAN, Ability.FIELDS));
    begin();
    CustomerId ann = known("Ann");
    String id = made(RecordKind.ORDER, theirs(ann), "K-1");
    standsHere(RecordKind.ORDER, ann, "number = 'K-1'");
    String zoe = there.make(RecordKind.CUSTOMER, fields("name", "Zoe", "kind", "PERSON"));
    there.change(RecordKind.ORDER, id, fields("customer", zoe));
    Await.until("waits", () -> rig.number("select count(*) from sync_waiting") == 1);
    rig.receive.take(there.get(RecordKind.CUSTOMER, zoe).orElseThrow());
    String ours = rig.store.linkOf(CRM, RecordKind.CUSTOMER, zoe).orElseThrow().ours();
    Await.until("moved", () -> count(RecordKind.ORDER, "customer_id = '%s'".formatted(ours)) == 1);
    rig.settled();
    assertThat(text(only(RecordKind.ORDER), "customer")).isEqualTo(zoe);
  }

  @Test
  void oneThatWaitsAndIsDeletedThereNoLongerWaits() {
    crm.can(RecordKind.CUSTOMER, EnumSet.of(Ability.READ, Ability.WRITE, Ability.SCAN, Ability.FIELDS));
    begin();
    String zoe = there.make(RecordKind.CUSTOMER, fields("name", "Zoe", "kind", "PERSON"));
    String id = made(RecordKind.LEAD, zoe, "K-1");
    Await.until("waits", () -> rig.number("select count(*) from sync_waiting") == 1);
    there.delete(RecordKind.LEAD, id);
    Await.until("forgotten", () -> rig.number("select count(*) from sync_waiting") == 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER", "TICKET", "LEAD"})
  void whatWasDeletedThereStaysHereAndIsNotMadeAgain(RecordKind kind) {
    begin();
    CustomerId ann = known("Ann");
    ours(kind, ann, "K-1");
    String id = only(kind).id();
    rig.settled();
    there.delete(kind, id);
    Await.until("seen", () -> rig.number("select count(*) from sync_link where state = 'GONE_THERE'") == 1);
    rig.rows.execute("update " + table(kind) + " set state = 'paid'");
    rig.settled();
    assertThat(there.count(kind)).isZero();
    assertThat(count(kind, "state = 'paid'")).isOne();
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDER", "TICKET", "LEAD"})
  void aComparisonFindsWhatWasChangedAndWhatIsMissingOnEitherSide(RecordKind kind) {
    rig.runner.start();
    CustomerId ann = known("Ann");
    ours(kind, ann, "K-1");
    ours(kind, ann, "K-2");
    Await.until("both there", () -> there.count(kind) == 2);
    rig.settled();
    assertThat(reconcile(kind, false).consistencyPercent()).isEqualTo(100);
    there.change(kind, there.live(kind).getFirst().id(), fields("state", "lost"));
    made(kind, theirs(ann), "K-3");
    rig.rows.execute("update crm set state = 'OFF'");
    ours(kind, ann, "K-4");
    rig.rows.execute("update crm set state = 'ON'");
    Reconcile.Report report = reconcile(kind, false);
    assertThat(report.compared()).isEqualTo(4);
    assertThat(report.differing()).isOne();
    assertThat(report.missingHere()).isOne();
    assertThat(report.missingThere()).isOne();
    reconcile(kind, true);
    rig.settled();
    assertThat(reconcile(kind, false).consistencyPercent()).isEqualTo(100);
    assertThat(count(kind, "number in ('K-1', 'K-2', 'K-3', 'K-4')")).isEqualTo(4);
  }

  private UUID callBack(CustomerId customer) {
    UUID task = rig.ids.next();
    rig.rows.execute(
        """
        insert into task (id, party, customer_id, number, queue, reason, attempts, first_at, last_at, first_call, last_call)
        values ('%s', '%s', '%s', '+8613800138000', 'care', 'missed', 1, %d, %d, gen_random_uuid(), gen_random_uuid())
        """
            .formatted(task, customer, customer, AT, AT));
    return task;
  }

  @Test
  void aCallBackIsATaskThereAndDoneThereWhenItIsDoneHere() {
    begin();
    CustomerId ann = known("Ann");
    UUID task = callBack(ann);
    CrmRecord record = only(RecordKind.TASK);
    assertThat(text(record, "title")).isEqualTo("Call back");
    assertThat(text(record, "customer")).isEqualTo(theirs(ann));
    assertThat(text(record, "due")).isEqualTo("2023-11-14T22:43:20Z");
    assertThat(text(record, "state")).isEqualTo("OPEN");
    rig.settled();
    rig.rows.execute("update task set closed_at = %d, closed_by = 'user:test' where id = '%s'".formatted(AT + 1, task));
    Await.until("done there", () -> text(only(RecordKind.TASK), "state").equals("DONE"));
  }

  @Test
  void aTaskThatIsDoneThereIsDoneHereAndDesksAreTold() {
    begin();
    CustomerId ann = known("Ann");
    UUID task = callBack(ann);
    String id = only(RecordKind.TASK).id();
    rig.settled();
    there.change(RecordKind.TASK, id, fields("due", "2023-11-15T08:00:00Z", "title", "Call Ann back"));
    standsHere(RecordKind.TASK, ann, "due_at = 1700035200000000 and closed_at = 0");
    assertThat(rig.told.get()).isOne();
    there.change(RecordKind.TASK, id, fields("state", "DONE"));
    standsHere(RecordKind.TASK, ann, "closed_at > 0 and closed_by = 'crm:shop'");
    Await.until("told", () -> rig.told.get() == 2);
    rig.settled();
    assertThat(text(only(RecordKind.TASK), "title")).as("their own words stay").isEqualTo("Call Ann back");
    assertThat(rig.link(RecordKind.TASK, task).orElseThrow().state()).isEqualTo(Link.State.LIVE);
    there.change(RecordKind.TASK, id, fields("state", "OPEN"));
    Await.until("done is done", () -> text(only(RecordKind.TASK), "state").equals("DONE"));
  }

  @Test
  void whereTheyKeepADayOnlyAnotherDayChangesTheDayAndLeavesTheTime() {
    rig.close();
    rig = new SyncRig(
        crm, List.of(RecordKind.values()), true,
        rule -> rule.ours().equals("due") ? rule.by(Conversion.DAY) : rule);
    begin();
    CustomerId ann = known("Ann");
    callBack(ann);
    CrmRecord record = only(RecordKind.TASK);
    assertThat(text(record, "due")).isEqualTo("2023-11-14");
    rig.settled();
    int before = writes();
    there.change(RecordKind.TASK, record.id(), fields("due", "2023-11-20"));
    // 2023-11-20T22:43:20Z
    standsHere(RecordKind.TASK, ann, "due_at = 1700520200000000");
    rig.settled();
    assertThat(writes()).as("nothing went back").isEqualTo(before);
    assertThat(reconcile(RecordKind.TASK, false).consistencyPercent()).isEqualTo(100);
  }

  @Test
  void whereTheirCustomersAreNotMadeHereOnlyWhatIsOfAKnownOneIsMissing() {
    rig.close();
    rig = new SyncRig(crm, List.of(RecordKind.values()), false, rule -> rule);
    rig.runner.start();
    CustomerId ann = known("Ann");
    String zoe = there.make(RecordKind.CUSTOMER, fields("name", "Zoe", "kind", "PERSON"));
    made(RecordKind.ORDER, theirs(ann), "K-1");
    made(RecordKind.ORDER, zoe, "K-2");
    made(RecordKind.ORDER, "", "K-3");
    assertThat(reconcile(RecordKind.ORDER, true).missingHere()).isOne();
    assertThat(count(RecordKind.ORDER, "number = 'K-1'")).isOne();
    assertThat(count(RecordKind.ORDER, "true")).isOne();
    assertThat(reconcile(RecordKind.ORDER, false).consistencyPercent()).isEqualTo(100);
  }

  @Test
  void aTaskThatAPersonMadeThereIsNoneOfOursAndACallBackOfNobodyIsNoneOfTheirs() {
    begin();
    CustomerId ann = known("Ann");
    there.make(RecordKind.TASK, fields("customer", theirs(ann), "title", "Send flowers", "state", "OPEN"));
    rig.rows.execute("insert into task (id, party, number, queue, reason, attempts, first_at, last_at, first_call, last_call)"
        + " values (gen_random_uuid(), '+1', '+1', 'care', 'missed', 1, 1, 1, gen_random_uuid(), gen_random_uuid())");
    callBack(ann);
    Await.until("the call-back is there", () -> there.count(RecordKind.TASK) == 2);
    rig.settled();
    assertThat(count(RecordKind.TASK, "true")).isEqualTo(2);
    assertThat(reconcile(RecordKind.TASK, false).compared()).isOne();
    assertThat(reconcile(RecordKind.TASK, false).consistencyPercent()).isEqualTo(100);
  }

  @Test
  void whileNobodyWantsThemNothingIsMarkedAndNoIdIsGiven() {
    rig.rows.execute("update crm set kinds = '{customer}'");
    CustomerId ann = rig.customer("Ann");
    rig.rows.execute("delete from work_item");
    ours(RecordKind.ORDER, ann, "K-1");
    ours(RecordKind.TICKET, ann, "K-1");
    ours(RecordKind.LEAD, ann, "K-1");
    callBack(ann);
    assertThat(rig.number("select count(*) from work_item")).isZero();
    assertThat(count(RecordKind.ORDER, "id is not null")).isZero();
  }
}
