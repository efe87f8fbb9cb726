package io.cordboard.store.webhook;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.call;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.call.CallArchive.Said;
import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.identity.IdentityLedger.Claim;
import io.cordboard.core.identity.IdentityLink.Source;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.CustomerEditor.Changes;
import io.cordboard.core.profile.CustomerEditor.Consent;
import io.cordboard.core.profile.CustomerEditor.Fields;
import io.cordboard.core.sync.webhook.Endpoint;
import io.cordboard.core.sync.webhook.Endpoint.Form;
import io.cordboard.core.sync.webhook.Endpoint.Health;
import io.cordboard.core.sync.webhook.EventType;
import io.cordboard.core.sync.webhook.SigningSecret;
import io.cordboard.kernel.Ids;
import io.cordboard.store.Database;
import io.cordboard.store.Flushes;
import io.cordboard.store.JdbcCallArchive;
import io.cordboard.store.JdbcLedgerStore;
import io.cordboard.store.People;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.store.customer.JdbcCustomerEditor;
import io.cordboard.store.customer.JdbcIdentityStore;
import io.cordboard.store.customer.JdbcMergeStore;
import io.cordboard.store.customer.JdbcTasks;
import io.cordboard.testkit.HandClock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens is written as an event in the same transaction, once, and only while somebody listens. */
class WebhookEventsTest {
  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final People people = new People(rows);
  private final HikariDataSource pool = database.pool("test", 2);
  private final JdbcEndpoints endpoints = new JdbcEndpoints(pool);
  private final JdbcCustomerEditor editor = new JdbcCustomerEditor(pool);
  private final JdbcLedgerStore ledger =
      new JdbcLedgerStore(database, 0, new Ids(new HandClock(), new Random(1)));

  @AfterEach
  void close() {
    ledger.close();
    pool.close();
  }

  private void listen() {
    endpoints.add(
        new Endpoint(
            UUID.randomUUID(), "https://a.example/", "", EnumSet.allOf(EventType.class), Form.THIN,
            true, AT, Health.NEW),
        SigningSecret.make(new Random(2)));
  }

  /** Types with the last digits of their subjects, since the last look. */
  private List<String> told() {
    List<String> told = rows.all("select type || ' ' || ids[2] from webhook_event order by n");
    rows.execute("delete from webhook_event");
    return told;
  }

  private static Author author() {
    return new Author(AT, "user:" + agent(1));
  }

  private static String of(String type, Object id) {
    return type + " " + id;
  }

  @Test
  void nothingIsWrittenWhileNobodyListens() {
    people.customer(1, "Ann");
    ledger.takeOver();
    ledger.flush(Flushes.after(0).call(call(1), customer(1), "+1", "ANSWERED").flush());
    assertThat(rows.count("webhook_event")).isZero();
    listen();
    people.customer(2, "Ben");
    assertThat(told()).containsExactly(of("customer.created", customer(2)));
    rows.execute("update webhook_endpoint set active = false");
    people.customer(3, "Cid");
    assertThat(told()).isEmpty();
  }

  @Test
  void aNewCustomerIsNewOnceAndEachEditIsToldOnce() {
    listen();
    editor.create(
        customer(1), new Fields(Card.Kind.PERSON, "Ann", "en", Card.ValueLevel.GOLD), author());
    assertThat(told()).containsExactly(of("customer.created", customer(1)));
    editor.change(
        customer(1), 1,
        new Changes(
            null, "Ann Other", "de", null, new TreeSet<>(List.of("vip")), Map.of("pin", "1")),
        author());
    assertThat(told()).containsExactly(of("customer.changed", customer(1)));
    editor.change(
        customer(1), 2, new Changes(null, "Ann Other", null, null, null, Map.of()), author());
    assertThat(told()).as("what stands there already is no change").isEmpty();
    new JdbcIdentityStore(pool)
        .say(
            customer(1), "+447700900001",
            one ->
                one.link(
                    UUID.randomUUID(), customer(1),
                    new Claim(IdentityKind.MOBILE, "+447700900001"), Source.ENTERED,
                    new Stamp(AT, "t")));
    editor.consent(customer(1), new Consent("calls", false, "1"), author());
    assertThat(told())
        .containsExactly(of("customer.changed", customer(1)), of("customer.changed", customer(1)));
  }

  @Test
  void whatIsTakenBackIsNotTold() {
    listen();
    people.customer(1, "Ann");
    told();
    rows.execute("begin; update customer set version = 9; rollback");
    assertThat(told()).isEmpty();
    rows.execute("update customer set spelled = 'ann'");
    assertThat(told()).as("how a name is searched is nobody's business").isEmpty();
  }

  @Test
  void aMergeAndItsUndoAreToldAsThatAndNotAsChanges() {
    listen();
    people.customer(1, "Ann").customer(2, "Anne");
    told();
    JdbcMergeStore merges = new JdbcMergeStore(pool);
    UUID link =
        merges
            .merge(
                customer(1), customer(2),
                before ->
                    before.merge(
                        UUID.randomUUID(), customer(2), customer(1), new Stamp(AT, "t"), "same"))
            .id();
    assertThat(told()).containsExactly(of("customer.merged", link));
    merges.undo(
        link, (before, facts) -> before.undo(link, new Stamp(AT + 1, "t"), facts), Map.of(),
        new Stamp(AT + 1, "t"));
    assertThat(told()).containsExactly(of("customer.unmerged", link));
  }

  @Test
  void aCallIsOverOnceAndChangesOfItsRecordAreToldOnceATransaction() {
    listen();
    ledger.takeOver();
    ledger.flush(Flushes.after(0).segment(call(1), 1, agent(1), "solved").recording(call(1), "r1", "WRITING").flush());
    assertThat(told()).as("it lives").isEmpty();
    Flushes over = Flushes.after(0).call(call(1), null, "+1", "ANSWERED").segment(call(1), 1, agent(1), "other");
    ledger.flush(over.flush());
    assertThat(told()).containsExactly(of("call.ended", call(1)));
    ledger.flush(over.flush());
    assertThat(told()).as("the same again").isEmpty();
    ledger.flush(
        Flushes.after(0)
            .call(call(1), customer(1), "+1", "ANSWERED")
            .segment(call(1), 1, agent(1), "solved")
            .recording(call(1), "r1", "ON_SWITCH")
            .flush());
    assertThat(told()).containsExactly(of("call.record.changed", call(1)));
    new JdbcCallArchive(pool)
        .correct(call(1), agent(1), null, new Said("solved", List.of(), "more"), AT + 9);
    assertThat(told()).containsExactly(of("call.record.changed", call(1)));
    rows.execute("update recording set state = 'STORED' where name = 'r1'");
    assertThat(told()).containsExactly(of("call.record.changed", call(1)));
  }

  @Test
  void aTaskIsOpenedOnceAndClosedOnce() {
    listen();
    ledger.takeOver();
    ledger.flush(Flushes.after(0).missed(call(1), null, "+1", AT).flush());
    String task = rows.one("select id from task");
    assertThat(told()).containsExactly(of("task.opened", task));
    ledger.flush(Flushes.after(0).missed(call(2), null, "+1", AT + 1).flush());
    assertThat(told()).as("they tried again").isEmpty();
    assertThat(new JdbcTasks(pool).find(UUID.fromString(task)).orElseThrow().attempts()).isEqualTo(2);
    ledger.flush(Flushes.after(0).served(call(3), null, "+1", AT + 2).flush());
    assertThat(rows.one("select array_to_string(ids, ',') from webhook_event"))
        .isEqualTo("taskId,%s,callId,%s".formatted(task, call(3)));
    assertThat(told()).containsExactly(of("task.closed", task));
  }
}
