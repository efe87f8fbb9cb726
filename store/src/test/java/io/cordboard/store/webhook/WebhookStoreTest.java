package io.cordboard.store.webhook;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.sync.webhook.DeliverWebhook;
import io.cordboard.core.sync.webhook.Endpoint;
import io.cordboard.core.sync.webhook.Endpoint.Form;
import io.cordboard.core.sync.webhook.Endpoint.Health;
import io.cordboard.core.sync.webhook.EventOutbox.Delivery;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.core.sync.webhook.EventOutbox.Handed;
import io.cordboard.core.sync.webhook.EventType;
import io.cordboard.core.sync.webhook.SigningSecret;
import io.cordboard.core.work.WorkItem;
import io.cordboard.core.work.WorkStore.Settled;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Database;
import io.cordboard.store.People;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.store.work.JdbcWorkStore;
import io.cordboard.testkit.HandClock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookStoreTest {
  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final HikariDataSource pool = database.pool("test", 3);
  private final JdbcEndpoints endpoints = new JdbcEndpoints(pool);
  private final JdbcEventOutbox outbox = new JdbcEventOutbox(pool);
  private final JdbcWorkStore work = new JdbcWorkStore(pool, new HandClock());
  private final Random random = new Random(3);

  @AfterEach
  void close() {
    pool.close();
  }

  private Endpoint endpoint(EventType... events) {
    Endpoint made =
        new Endpoint(
            UUID.randomUUID(), "https://a.example/", "one", Set.of(events), Form.THIN, true, AT,
            Health.NEW);
    endpoints.add(made, SigningSecret.make(random));
    return made;
  }

  private Handed handOver() {
    return outbox.handOver(100, AT, (event, id) -> DeliverWebhook.work(event, id, "", AT));
  }

  private List<WorkItem> claim(Endpoint endpoint) {
    return work.claim(Set.of(DeliverWebhook.kind(endpoint.id())), 10, AT + 1, AT + 60_000_000);
  }

  @Test
  void anEndpointIsReadAsItWasKept() {
    Endpoint made = endpoint(EventType.CALL_ENDED, EventType.TASK_CLOSED);
    assertThat(endpoints.find(made.id())).contains(made);
    assertThat(endpoints.list()).containsExactly(made);
    Endpoint other =
        new Endpoint(
            made.id(), "https://b.example/", "two", Set.of(EventType.CUSTOMER_MERGED), Form.FULL,
            false, AT, new Health(1, 2, 3, 4, "why", 5, "off"));
    endpoints.change(other);
    assertThat(endpoints.find(made.id())).contains(other);
    endpoints.remove(made.id(), AT);
    assertThat(endpoints.list()).isEmpty();
    assertThatThrownBy(() -> endpoints.change(other)).isInstanceOf(Fault.NotFound.class);
    assertThatThrownBy(() -> endpoints.remove(made.id(), AT)).isInstanceOf(Fault.NotFound.class);
  }

  @Test
  void aRotatedSecretSignsBesideTheNewOneUntilItsTime() {
    Endpoint made = endpoint(EventType.CALL_ENDED);
    String first = endpoints.secrets(made.id(), AT).getFirst().text();
    SigningSecret fresh = SigningSecret.make(random);
    endpoints.rotate(made.id(), fresh, AT + 10, AT + 20);
    assertThat(endpoints.secrets(made.id(), AT + 19))
        .extracting(SigningSecret::text).containsExactly(fresh.text(), first);
    assertThat(endpoints.secrets(made.id(), AT + 20))
        .extracting(SigningSecret::text).containsExactly(fresh.text());
    SigningSecret third = SigningSecret.make(random);
    endpoints.rotate(made.id(), third, AT + 10, AT + 30);
    assertThat(endpoints.secrets(made.id(), AT + 15))
        .extracting(SigningSecret::text).containsExactly(third.text(), fresh.text(), first);
  }

  @Test
  void whatHappenedBecomesWorkForThoseWhoAskedOnceAndInOrderForEachCustomer() {
    Endpoint both = endpoint(EventType.CUSTOMER_CREATED, EventType.CUSTOMER_CHANGED);
    Endpoint one = endpoint(EventType.CUSTOMER_CHANGED);
    new People(rows).customer(1, "Ann").customer(2, "Ben");
    rows.execute("update customer set version = 2 where name = 'Ann'");
    Handed handed = handOver();
    assertThat(handed.events()).isEqualTo(3);
    assertThat(handed.endpoints()).containsExactlyInAnyOrder(both.id(), one.id());
    assertThat(handOver().events()).as("once").isZero();

    List<WorkItem> first = claim(both);
    assertThat(first).extracting(WorkItem::key)
        .containsExactlyInAnyOrder(both.id() + ":" + customer(1), both.id() + ":" + customer(2));
    assertThat(claim(both)).as("the change of Ann waits until she is told as new").isEmpty();
    work.settle(first.stream().<Settled>map(Settled.Done::new).toList(), AT + 2);
    assertThat(claim(both)).singleElement().satisfies(
        item -> {
          Event event = outbox.event(UUID.fromString(item.idempotencyKey().substring(0, 36))).orElseThrow();
          assertThat(event.type()).isEqualTo(EventType.CUSTOMER_CHANGED);
          assertThat(event.ids()).isEqualTo(Map.of("customerId", customer(1).toString()));
        });
    assertThat(claim(one)).hasSize(1);
  }

  @Test
  void whoIsTakenAwayOrWantsNothingMoreIsOwedNothing() {
    Endpoint gone = endpoint(EventType.CUSTOMER_CREATED);
    Endpoint done = endpoint(EventType.CUSTOMER_CREATED);
    Endpoint rests = endpoint(EventType.CUSTOMER_CREATED);
    new People(rows).customer(1, "Ann");
    handOver();
    List<WorkItem> held = claim(gone);
    endpoints.remove(gone.id(), AT);
    assertThat(endpoints.off(done.id(), AT, "410", true)).isTrue();
    assertThat(endpoints.off(done.id(), AT, "410", true)).as("it is off already").isFalse();
    endpoints.off(rests.id(), AT, "five days", false);
    assertThat(work.settle(List.of(new Settled.Done(held.getFirst())), AT)).hasSize(1);
    assertThat(claim(gone)).isEmpty();
    assertThat(claim(done)).isEmpty();
    assertThat(work.backlog().open()).isEqualTo(1);
    assertThat(endpoints.find(rests.id()).orElseThrow().health().offWhy()).isEqualTo("five days");
    long later = AT + 10;
    rows.execute("update work_item set created_at = 1");
    outbox.purge(later, later);
    assertThat(work.backlog().open()).as("it was off for too long").isZero();
    assertThat(rows.count("work_lane")).isZero();
    assertThat(rows.count("webhook_event")).isZero();
  }

  @Test
  void failuresInARowAreCountedUntilItSucceeds() {
    Endpoint made = endpoint(EventType.CALL_ENDED);
    endpoints.failed(made.id(), AT + 1, "away");
    Health second = endpoints.failed(made.id(), AT + 2, "still\0away").orElseThrow();
    assertThat(second).isEqualTo(new Health(0, AT + 2, AT + 1, 2, "still·away", 0, null));
    endpoints.succeeded(made.id(), AT + 3);
    assertThat(endpoints.find(made.id()).orElseThrow().health())
        .isEqualTo(new Health(AT + 3, AT + 2, 0, 0, "still·away", 0, null));
    assertThat(endpoints.failed(made.id(), AT + 4, "x").orElseThrow().failingSince()).isEqualTo(AT + 4);
    assertThat(endpoints.failed(UUID.randomUUID(), AT, "x")).isEmpty();
  }

  @Test
  void attemptsAreReadTheNewestFirstPageByPage() {
    Endpoint made = endpoint(EventType.CALL_ENDED);
    UUID event = UUID.randomUUID();
    for (int n = 1; n <= 3; n++) {
      outbox.note(made.id(), new Delivery(0, event, EventType.TEST, AT + n, n, 500, 3, "why"));
    }
    List<Delivery> page = outbox.deliveries(made.id(), 0, 2);
    assertThat(page).extracting(Delivery::attempt).containsExactly(3, 2);
    assertThat(outbox.deliveries(made.id(), page.getLast().id(), 2))
        .extracting(Delivery::attempt).containsExactly(1);
    outbox.note(UUID.randomUUID(), page.getFirst());
    assertThat(rows.count("webhook_delivery")).as("nothing of an endpoint that is gone").isEqualTo(3);
  }
}
