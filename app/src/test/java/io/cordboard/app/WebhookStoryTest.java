package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cordboard.core.journey.ManageWebhooks.Made;
import io.cordboard.core.journey.ManageWebhooks.Rotated;
import io.cordboard.core.journey.ManageWebhooks.Wish;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CustomerEditor.Changes;
import io.cordboard.core.profile.CustomerEditor.Fields;
import io.cordboard.core.sync.webhook.Endpoint;
import io.cordboard.core.sync.webhook.Endpoint.Form;
import io.cordboard.core.sync.webhook.EventOutbox.Delivery;
import io.cordboard.core.sync.webhook.EventType;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Role;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Rows;
import io.cordboard.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happens here arrives at a real receiver, through the whole server. */
class WebhookStoryTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Principal ADMIN =
      new Principal(
          Principal.Kind.USER, new UUID(9, 9), "admin", Role.ADMINISTRATOR,
          Set.of(Permission.SEE_CUSTOMERS, Permission.EDIT_CUSTOMERS));
  private static Running running;
  private Receiver receiver;

  /** What arrived. */
  private record Got(String path, HttpHeaders headers, String body) {
    String id() {
      return headers.firstValue("webhook-id").orElseThrow();
    }

    JsonNode json() {
      return JSON.readTree(body);
    }

    Got verifiedBy(String secret) {
      try {
        new Webhook(secret).verify(body, headers);
        return this;
      } catch (WebhookVerificationException wrong) {
        throw new AssertionError(wrong);
      }
    }
  }

  /** Somebody else's server. */
  private static final class Receiver {
    final List<Got> got = new CopyOnWriteArrayList<>();
    final CountDownLatch slow = new CountDownLatch(1);
    private final int port;
    private HttpServer server;

    Receiver() {
      server = begin(0);
      port = server.getAddress().getPort();
    }

    private HttpServer begin(int at) {
      try {
        HttpServer made =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        made.createContext("/", this::take);
        made.start();
        return made;
      } catch (IOException taken) {
        throw new UncheckedIOException(taken);
      }
    }

    private void take(HttpExchange exchange) throws IOException {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      got.add(new Got(path, HttpHeaders.of(exchange.getRequestHeaders(), (a, b) -> true), body));
      if (path.equals("/slow")) {
        try {
          slow.await();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        }
      }
      if (path.equals("/away")) {
        exchange.getResponseHeaders().add("Location", url("/elsewhere"));
      }
      int status = path.equals("/away") ? 307 : path.equals("/gone") ? 410 : 204;
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    }

    String url(String path) {
      return "http://127.0.0.1:" + port + path;
    }

    List<Got> at(String path) {
      return got.stream().filter(one -> one.path().equals(path)).toList();
    }

    Got first(String path) {
      return Await.until("it arrives at " + path, () -> at(path), all -> !all.isEmpty()).getFirst();
    }

    void kill() {
      server.stop(0);
    }

    void revive() {
      server = begin(port);
    }
  }

  @BeforeAll
  static void start() {
    running = Running.start("--webhook-hosts", "127.0.0.1");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @BeforeEach
  void open() {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.slow.countDown();
    running.core.webhooks.manage.list(ADMIN).forEach(one -> running.core.webhooks.manage.remove(ADMIN, one.id()));
    receiver.kill();
  }

  private Made listens(String path, Form form, EventType... events) {
    return running.core.webhooks.manage.create(
        ADMIN, new Wish(receiver.url(path), "test", Set.of(events), form, true));
  }

  private static Endpoint now(Made made) {
    return running.core.webhooks.manage.find(ADMIN, made.endpoint().id());
  }

  private static CustomerId customer(String name) {
    return running.core.customers.edit().create(
        ADMIN, new Fields(Card.Kind.PERSON, name, "en", Card.ValueLevel.GOLD), List.of());
  }

  private static void rename(CustomerId customer, String name) {
    long version = running.core.cards.byId(customer).orElseThrow().version();
    running.core.customers.edit().change(
        ADMIN, customer, version,
        new Changes(null, name, null, null, new TreeSet<>(List.of("vip")), Map.of()));
  }

  @Test
  void anEditOfACustomerArrivesSignedThinAndFull() {
    Made thin = listens("/thin", Form.THIN, EventType.CUSTOMER_CHANGED);
    Made full = listens("/full", Form.FULL, EventType.CUSTOMER_CHANGED);
    CustomerId ann = customer("Ann");
    new Rows(running.database)
        .execute("insert into sensitive_field values ('%s', 'birth-date', '1990-01-02')".formatted(ann));
    rename(ann, "Ann Other");
    Got one = receiver.first("/thin").verifiedBy(thin.secret().text());
    assertThat(one.json().get("type").asString()).isEqualTo("customer.changed");
    assertThat(one.json().get("data").toString()).isEqualTo("{\"customerId\":\"%s\"}".formatted(ann));
    Got other = receiver.first("/full").verifiedBy(full.secret().text());
    assertThat(other.id()).as("one event").isEqualTo(one.id());
    JsonNode customer = other.json().at("/data/customer");
    assertThat(customer.at("/card/name").asString()).isEqualTo("Ann Other");
    assertThat(other.body()).contains("birth-date").doesNotContain("1990-01-02");
    JsonNode answered =
        JSON.readTree(running.get("/api/v1/customers/" + ann, running.key(Role.SUPERVISOR)).body());
    assertThat(customer).as("the same as is answered to a question").isEqualTo(answered);
    Await.until("it is known", () -> now(full).health().lastSuccessAt() > 0);
    Await.until(
        "who was shown the customer stands in the audit",
        () -> new Rows(running.database).all(
            "select what from audit_entry where who = 'webhook:%s' and subject = 'customer:%s'"
                .formatted(full.endpoint().id(), ann)),
        List.of("customer-viewed")::equals);
  }

  @Test
  void whileTheReceiverIsDeadNothingIsLostAndItComesOnceAnIdInOrder() {
    Made made = listens("/in", Form.THIN, EventType.CUSTOMER_CREATED, EventType.CUSTOMER_CHANGED);
    receiver.kill();
    CustomerId ann = customer("Ann");
    rename(ann, "Anna");
    CustomerId ben = customer("Ben");
    Await.until("it failed", () -> now(made).health().failures() > 0);
    assertThat(now(made).health().lastFailure()).contains("127.0.0.1");
    receiver.revive();
    List<Got> all = Await.until("all arrives", () -> receiver.at("/in"), got -> got.size() >= 3);
    assertThat(all).hasSize(3);
    assertThat(new TreeSet<>(all.stream().map(Got::id).toList())).hasSize(3);
    assertThat(all.stream().filter(one -> one.body().contains(ann.toString())))
        .extracting(one -> one.json().get("type").asString())
        .containsExactly("customer.created", "customer.changed");
    assertThat(all).anyMatch(one -> one.body().contains(ben.toString()));
    Await.until("it is well", () -> now(made).health().failures() == 0);
  }

  @Test
  void aSlowReceiverKeepsNobodyElseWaiting() {
    listens("/slow", Form.THIN, EventType.CUSTOMER_CREATED);
    listens("/fast", Form.THIN, EventType.CUSTOMER_CREATED);
    for (int n = 0; n < 20; n++) {
      customer("Customer " + n);
    }
    Await.until("the other has all", () -> receiver.at("/fast").size() == 20);
    assertThat(receiver.at("/slow")).as("no more at once than agreed").hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void theOwnNetworkIsRefusedUnlessItWasNamed() {
    for (String url : List.of(
        "http://localhost:" + receiver.port + "/", "https://localhost/", "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data", "https://[::1]/", "http://hooks.example/in",
        "https://user@127.0.0.1/", "file:///etc/passwd", "https://0x7f.1/")) {
      assertThatThrownBy(
              () -> running.core.webhooks.manage.create(
                  ADMIN, new Wish(url, "", Set.of(EventType.CALL_ENDED), Form.THIN, true)))
          .as(url).isInstanceOfAny(Fault.Refused.class, Fault.Unreachable.class, Fault.BadRequest.class);
    }
    assertThat(receiver.got).isEmpty();
  }

  @Test
  void aRedirectIsAFailureAndNotFollowed() {
    Made made = listens("/away", Form.THIN, EventType.CUSTOMER_CREATED);
    customer("Ann");
    Await.until("it failed", () -> now(made).health().failures() > 0);
    Delivery one = running.core.webhooks.manage.deliveries(ADMIN, made.endpoint().id(), 0, 9).getFirst();
    assertThat(one.status()).isEqualTo(307);
    assertThat(one.failure()).contains("redirects are not followed");
    assertThat(receiver.at("/elsewhere")).isEmpty();
  }

  @Test
  void aRotatedSecretSignsBesideTheNewOne() {
    Made made = listens("/in", Form.THIN, EventType.CUSTOMER_CREATED);
    Rotated rotated =
        running.core.webhooks.manage.rotate(ADMIN, made.endpoint().id(), Duration.ofHours(1));
    UUID event = running.core.webhooks.manage.test(ADMIN, made.endpoint().id());
    Got test = receiver.first("/in").verifiedBy(made.secret().text()).verifiedBy(rotated.secret().text());
    assertThat(test.id()).isEqualTo(event.toString());
    assertThat(test.json().get("type").asString()).isEqualTo("webhook.test");
    running.core.webhooks.manage.replay(ADMIN, made.endpoint().id(), event);
    Await.until("it came again under its id", () -> receiver.at("/in").size() == 2);
    assertThat(receiver.at("/in")).extracting(Got::id).containsOnly(event.toString());
  }

  @Test
  void whoAnswersGoneIsSwitchedOffAtOnceAndEverybodySeesWhy() {
    Made made = listens("/gone", Form.THIN, EventType.CUSTOMER_CREATED);
    customer("Ann");
    Endpoint off = Await.until("it is off", () -> now(made), one -> !one.active());
    assertThat(off.health().offWhy()).contains("410");
    Await.until(
        "the server's health tells it",
        () -> running.core.health.lines().stream()
            .anyMatch(line -> String.valueOf(line.detail()).contains("switched off")));
    Await.until(
        "it stands in the audit",
        () -> new Rows(running.database).all(
            "select who from audit_entry where what = 'webhook-switched-off' and subject = 'webhook:%s'"
                .formatted(off.id())),
        List.of("system:webhooks")::equals);
    customer("Ben");
    assertThat(receiver.at("/gone")).hasSize(1);
  }

  @Test
  void aCallThatIsOverIsToldWithItsRecord() {
    running.ready("agent1");
    Made made = listens("/calls", Form.FULL, EventType.CALL_ENDED, EventType.CALL_RECORD_CHANGED);
    Running.Ringing call = running.answered("agent1", running.rings(null, 60, ""));
    running.drill.callerHangsUp(call.caller());
    Got ended = receiver.first("/calls").verifiedBy(made.secret().text());
    assertThat(ended.json().get("type").asString()).isEqualTo("call.ended");
    assertThat(ended.json().at("/data/callId").asString()).isEqualTo(call.call());
    assertThat(ended.json().at("/data/record/outcome").asString()).isEqualTo("ANSWERED");
    running.finished("agent1", call);
    Got changed =
        Await.until(
            "the outcome is told too", () -> receiver.at("/calls"),
            all -> all.getLast().body().contains("\"disposition\":\"solved\"")).getLast();
    assertThat(changed.json().get("type").asString()).isEqualTo("call.record.changed");
  }
}
