package io.cordboard.store.sync;

import static io.cordboard.store.sync.SyncRig.CRM;
import static io.cordboard.store.sync.SyncRig.fields;
import static io.cordboard.store.sync.SyncRig.many;
import static io.cordboard.store.sync.SyncRig.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.identity.Stamp;
import io.cordboard.core.sync.Link;
import io.cordboard.core.sync.Reconcile;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.store.customer.JdbcMergeStore;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.crm.CrmLedger.Deed;
import io.cordboard.testkit.crm.CrmLedger.Effect;
import io.cordboard.testkit.crm.CrmStore;
import io.cordboard.testkit.crm.MemoryCrm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

class SyncEngineTest {
  private final MemoryCrm crm = new MemoryCrm(CRM, new io.cordboard.testkit.HandClock());
  private SyncRig rig = SyncRig.over(crm, RecordKind.CUSTOMER, RecordKind.INTERACTION);
  private final CrmStore there = crm.store();

  @AfterEach
  void close() {
    rig.close();
  }

  private CrmRecord theirs(CustomerId customer) {
    return there.byRef(RecordKind.CUSTOMER, customer.toString()).orElseThrow();
  }

  private List<Effect> effects(CustomerId customer) {
    return there.ledger().of(RecordKind.CUSTOMER, customer.toString());
  }

  private CustomerId known(String name, String... numbers) {
    CustomerId customer = rig.customer(name, numbers);
    rig.settled();
    return customer;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCustomerOfOursStandsThereOnceAndChangesInOneField(boolean conditional) {
    crm.conditional(conditional);
    rig.start();
    CustomerId ann = known("Ann");
    rig.rename(ann, "Anna");
    rig.settled();
    assertThat(text(theirs(ann), "name")).isEqualTo("Anna");
    assertThat(text(theirs(ann), "level")).isEqualTo("GOLD");
    assertThat(effects(ann)).extracting(Effect::deed).containsExactly(Deed.MADE, Deed.CHANGED);
  }

  @Test
  void changesThatCameBeforeTheFirstWasSentAreSentTogether() {
    CustomerId ann = rig.customer("Ann", "+8613800138000");
    rig.rename(ann, "Anna");
    rig.tag(ann, "vip");
    rig.store.handIn();
    assertThat(rig.number("select count(*) from work_item")).isOne();
    rig.start().settled();
    assertThat(effects(ann)).hasSize(1);
    assertThat(theirs(ann).fields()).containsEntry("tags", many("vip"));
  }

  @Test
  void aChangeThereStandsHereAndDoesNotComeBack() {
    rig.start();
    CustomerId ann = known("Ann", "+8613800138000");
    there.change(RecordKind.CUSTOMER, theirs(ann).id(), fields("phones", many("+86 139 1234 5678"), "name", "Ann B."));
    Await.until("taken over", () -> rig.ours(ann).fields().get("name").equals(Value.of("Ann B.")));
    rig.settled();
    assertThat(rig.ours(ann).fields()).containsEntry("phones", many("+8613912345678"));
    assertThat(effects(ann).getLast().ours()).as("the last word was theirs").isFalse();
    assertThat(rig.number("select count(*) from customer_change where by = 'crm:shop'")).isOne();
  }

  @Test
  void eachSideMayChangeAnotherFieldAtTheSameTimeAndNothingIsLost() {
    CustomerId ann = rig.customer("Ann");
    rig.start().settled();
    crm.failNext(new Fault.Unreachable("away", null));
    rig.tag(ann, "vip");
    there.change(RecordKind.CUSTOMER, theirs(ann).id(), fields("name", "Ann B."));
    Await.until("both", () -> text(theirs(ann), "name").equals("Ann B.")
        && many("vip").equals(theirs(ann).fields().get("tags"))
        && rig.ours(ann).fields().get("name").equals(Value.of("Ann B.")));
    rig.settled();
    assertThat(rig.number("select count(*) from sync_clash")).isZero();
  }

  @Test
  void whenBothChangeTheSameFieldOneStandsOnBothSidesAndTheOtherIsKept() {
    CustomerId ann = rig.customer("Ann");
    rig.runner.start();
    rig.settled();
    String id = theirs(ann).id();
    there.change(RecordKind.CUSTOMER, id, fields("name", "Theirs"));
    rig.rename(ann, "Ours");
    Await.until("agreed", () -> {
      rig.runner.wake();
      return rig.ours(ann).fields().get("name").equals(theirs(ann).fields().get("name"));
    });
    rig.settled();
    assertThat(rig.number("select count(*) from sync_clash where field = 'name'")).isOne();
    assertThat(rig.rows.one("select lost || stands from sync_clash")).contains("Theirs").contains("Ours");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWriteThatWasDoneAndNotAnsweredIsNotDoneTwice(boolean conditional) {
    crm.conditional(conditional);
    rig.start();
    crm.failNextAfter(new Fault.OutcomeUnknown("no answer", null));
    CustomerId ann = known("Ann");
    assertThat(effects(ann)).extracting(Effect::deed).containsExactly(Deed.MADE);
    rig.rename(ann, "Anna");
    rig.settled();
    assertThat(effects(ann)).extracting(Effect::deed).containsExactly(Deed.MADE, Deed.CHANGED);
  }

  @Test
  void whatWasDeletedThereIsNotMadeAgain() {
    rig.start();
    CustomerId ann = known("Ann");
    there.delete(RecordKind.CUSTOMER, theirs(ann).id());
    Await.until("seen", () -> rig.link(RecordKind.CUSTOMER, ann).orElseThrow().state() == Link.State.GONE_THERE);
    rig.rename(ann, "Anna");
    rig.settled();
    assertThat(there.count(RecordKind.CUSTOMER)).isZero();
    assertThat(rig.ours(ann).fields()).as("ours stays").containsEntry("name", Value.of("Anna"));
  }

  @Test
  void whenTwoOfTheirsBecomeOneOursGoesWithTheOneThatStands() {
    rig.start();
    CustomerId ann = known("Ann");
    String other = there.make(RecordKind.CUSTOMER, fields("name", "Somebody who is not known here", "level", "GOLD",
        "kind", "PERSON", "language", "en"));
    Await.until("made here", () -> rig.store.linkOf(CRM, RecordKind.CUSTOMER, other).isPresent());
    String annThere = theirs(ann).id();
    there.merge(RecordKind.CUSTOMER, annThere, other);
    Await.until("seen", () -> rig.link(RecordKind.CUSTOMER, ann).orElseThrow().state() == Link.State.GONE_THERE);
    rig.settled();
    assertThat(there.count(RecordKind.CUSTOMER)).isOne();
  }

  @Test
  void aCustomerWhomOnlyTheyKnewIsMadeHereOnceAndOneWhomBothKnewIsJoined() {
    CustomerId ann = rig.customer("Ann Example", "+8613800138000");
    String same = there.make(RecordKind.CUSTOMER, fields("name", "ann  example", "phones", many("+86 138-0013-8000")));
    rig.reader.start();
    // reading begins with what changes from then on
    Await.until("reads", () -> rig.store.position(CRM, RecordKind.CUSTOMER).isPresent());
    there.change(RecordKind.CUSTOMER, same, fields("language", "en"));
    String news = there.make(RecordKind.CUSTOMER, fields("name", "Ben", "kind", "PERSON", "phones", many("+8613900139000")));
    Await.until("made", () -> rig.store.linkOf(CRM, RecordKind.CUSTOMER, news).isPresent());
    rig.runner.start();
    rig.settled();
    assertThat(rig.store.linkOf(CRM, RecordKind.CUSTOMER, same).orElseThrow().ours()).isEqualTo(ann.toString());
    assertThat(rig.number("select count(*) from customer")).isEqualTo(2);
    assertThat(there.count(RecordKind.CUSTOMER)).isEqualTo(2);
  }

  @Test
  void ourOwnNumbersNeverBecomeACustomers() {
    rig.start();
    CustomerId ann = known("Ann");
    there.change(RecordKind.CUSTOMER, theirs(ann).id(), fields("phones", many("+864008001234", "+8613800138000")));
    Await.until("taken over", () -> rig.ours(ann).fields().get("phones").equals(many("+8613800138000")));
  }

  @Test
  void aCallStandsThereAfterItsCustomerAndLateNotesChangeTheSameRecord() {
    rig.start();
    CustomerId ann = rig.customer("Ann");
    UUID call = rig.call(ann, "ANSWERED");
    Await.until("there", () -> there.byRef(RecordKind.INTERACTION, call.toString()).isPresent());
    CrmRecord note = there.byRef(RecordKind.INTERACTION, call.toString()).orElseThrow();
    assertThat(text(note, "customer")).isEqualTo(theirs(ann).id());
    rig.note(call, "wants a kettle");
    Await.until("late", () -> text(there.byRef(RecordKind.INTERACTION, call.toString()).orElseThrow(), "notes").equals("wants a kettle"));
    rig.settled();
    assertThat(there.count(RecordKind.INTERACTION)).isOne();
    there.change(RecordKind.INTERACTION, note.id(), fields("notes", "edited by a person"));
    rig.note(call, "wants two kettles");
    rig.settled();
    assertThat(text(there.get(RecordKind.INTERACTION, note.id()).orElseThrow(), "notes")).isEqualTo("edited by a person");
  }

  @Test
  void aCallThatWasSomebodyElsesIsTakenAwayAndWrittenWhereItBelongs() {
    rig.start();
    CustomerId ann = rig.customer("Ann");
    CustomerId ben = rig.customer("Ben");
    UUID call = rig.call(ann, "ANSWERED");
    rig.settled();
    String wrong = there.byRef(RecordKind.INTERACTION, call.toString()).orElseThrow().id();
    rig.rows.execute("update call_record set customer_id = '%s' where call_id = '%s'".formatted(ben, call));
    rig.settled();
    assertThat(there.get(RecordKind.INTERACTION, wrong).orElseThrow().state()).isEqualTo(CrmRecord.State.DELETED);
    List<CrmRecord> notes = there.live(RecordKind.INTERACTION);
    assertThat(notes).hasSize(1);
    assertThat(text(notes.getFirst(), "customer")).isEqualTo(theirs(ben).id());
  }

  @Test
  void whereTheyCannotTakeAwayItIsToldWhatIsLeftOver() {
    rig.close();
    crm.can(RecordKind.INTERACTION, EnumSet.of(Ability.READ, Ability.WRITE, Ability.FIELDS));
    rig = SyncRig.over(crm, RecordKind.CUSTOMER, RecordKind.INTERACTION).start();
    CustomerId ann = rig.customer("Ann");
    UUID call = rig.call(ann, "ANSWERED");
    rig.settled();
    rig.rows.execute("update call_record set customer_id = null where call_id = '%s'".formatted(call));
    rig.settled();
    assertThat(rig.link(RecordKind.INTERACTION, call).orElseThrow().state()).isEqualTo(Link.State.LEFT_OVER);
  }

  @Test
  void aCustomerWhoWasMergedHereIsTakenAwayThereAndTheirNumbersGoToTheOther() {
    rig.start();
    CustomerId ann = known("Ann", "+8613800138000");
    CustomerId twin = known("Ann", "+8613900139000");
    new JdbcMergeStore(rig.pool).merge(
        ann, twin,
        ledger -> ledger.merge(rig.ids.next(), twin, ann, new Stamp(rig.clock.micros(), "user:test"), "the same"));
    rig.settled();
    assertThat(there.live(RecordKind.CUSTOMER)).hasSize(1);
    assertThat(theirs(ann).fields()).containsEntry("phones", many("+8613800138000", "+8613900139000"));
  }

  @Test
  void aFieldThatTheyRefuseIsADeadLetterThatNamesItAndTheOthersFlow() {
    there.schema().longest(RecordKind.CUSTOMER, "name", 10);
    rig.start();
    CustomerId poisoned = rig.customer("A name that is too long for them");
    CustomerId ben = rig.customer("Ben");
    Await.until("dead", () -> rig.dead.count() == 1);
    Await.until("the other", () -> there.byRef(RecordKind.CUSTOMER, ben.toString()).isPresent());
    assertThat(rig.dead.list(0, 10).getFirst().reason()).contains("name");
    rig.rename(poisoned, "Short");
    rig.dead.retry(rig.dead.list(0, 10).getFirst().id());
    rig.settled();
    assertThat(text(theirs(poisoned), "name")).isEqualTo("Short");
  }

  private Reconcile.Report reconcile(boolean repair) {
    return new Reconcile(rig.joined, rig.store, rig.receive, rig.clock).all(RecordKind.CUSTOMER, repair, compared -> {});
  }

  @Test
  void aComparisonOfEverythingFindsNothingAfterwardsAndEverythingThatWasDoneBehindOurBack() {
    rig.runner.start();
    CustomerId ann = rig.customer("Ann");
    CustomerId ben = rig.customer("Ben");
    known("Cleo");
    assertThat(reconcile(false).consistencyPercent()).isEqualTo(100);
    there.change(RecordKind.CUSTOMER, theirs(ann).id(), fields("name", "Ann B.", "tags", many("x")));
    there.delete(RecordKind.CUSTOMER, theirs(ben).id());
    there.make(RecordKind.CUSTOMER, fields("name", "Dora", "kind", "PERSON"));
    rig.rows.execute("update crm set state = 'OFF'");
    rig.customer("Emil");
    rig.rows.execute("update crm set state = 'ON'");
    Reconcile.Report report = reconcile(false);
    assertThat(report.compared()).isEqualTo(5);
    assertThat(report.equal()).isOne();
    assertThat(report.differing()).isOne();
    assertThat(report.drifts()).filteredOn(drift -> drift.what() == Reconcile.What.DIFFERS).singleElement()
        .satisfies(drift -> assertThat(drift.fields()).containsExactly("name", "tags"));
    assertThat(report.missingHere()).isOne();
    assertThat(report.missingThere()).isEqualTo(2);
    assertThat(report.consistencyPercent()).isEqualTo(20);
    reconcile(true);
    rig.settled();
    assertThat(reconcile(false).consistencyPercent()).isEqualTo(100);
    assertThat(rig.ours(ann).fields()).containsEntry("name", Value.of("Ann B."));
  }

  @Test
  void aSystemThatAsksForPatienceIsGivenIt() {
    rig.start();
    crm.failNext(new Fault.Busy("too many", Duration.ofMillis(300)));
    CustomerId ann = known("Ann");
    assertThat(effects(ann)).hasSize(1);
    assertThat(rig.joined.gate().state().slowed()).isOne();
  }
}
