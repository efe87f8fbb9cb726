package io.cordboard.core.sync.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.cordboard.core.sync.webhook.Endpoint.Form;
import io.cordboard.core.sync.webhook.Endpoint.Health;
import io.cordboard.core.sync.webhook.EventOutbox.Delivery;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.core.sync.webhook.Sender.Reply;
import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.WorkHandler;
import io.cordboard.core.work.WorkItem;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.HandClock;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliverWebhookTest {
  private static final UUID RECEIVER = new UUID(1, 1);
  private static final UUID CUSTOMER = new UUID(2, 2);

  // the verifier looks at the machine's clock
  private final HandClock clock = new HandClock(Instant.now());
  private final MemoryWebhooks store = new MemoryWebhooks();
  private final SigningSecret secret = SigningSecret.make(new Random(4));
  private final List<String> off = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private Supplier<Reply> answer = () -> new Reply(204, null);
  private Optional<String> shown = Optional.of("{\"name\":\"王小明\"}");
  private boolean held = true;
  private final Event event =
      new Event(
          new UUID(3, 3), EventType.CUSTOMER_CHANGED, CUSTOMER, clock.micros(),
          Map.of("customerId", CUSTOMER.toString()));

  private record Sent(Map<String, String> headers, String body) {
    void verifiedBy(String secret) throws WebhookVerificationException {
      new Webhook(secret)
          .verify(
              body,
              HttpHeaders.of(
                  headers.entrySet().stream()
                      .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue()))),
                  (name, value) -> true));
    }
  }

  private DeliverWebhook handler(Form form) {
    store.add(
        new Endpoint(
            RECEIVER, "https://hooks.example/in", "", Set.of(EventType.CUSTOMER_CHANGED), form, true, 1,
            Health.NEW),
        secret);
    store.happened(event);
    Sender.Line line =
        new Sender.Line() {
          @Override
          public Reply post(Map<String, String> headers, byte[] body) {
            sent.add(new Sent(headers, new String(body, StandardCharsets.UTF_8)));
            return answer.get();
          }

          @Override
          public void close() {}
        };
    return new DeliverWebhook(
        RECEIVER, line,
        new DeliverWebhook.Parts(
            store, store, (one, to) -> shown, (endpoint, why) -> off.add(why), clock));
  }

  private void run(DeliverWebhook handler, int attempt) {
    NewWork work = DeliverWebhook.work(event, RECEIVER, "", 0);
    WorkHandler.Lease lease = () -> held;
    handler.run(
        new WorkItem(1, work.kind(), work.key(), work.idempotencyKey(), work.payload(), attempt, false, 1, 1),
        lease);
  }

  private Health health() {
    return store.find(RECEIVER).orElseThrow().health();
  }

  private Delivery last() {
    return store.deliveries(RECEIVER, 0, 1).getFirst();
  }

  @Test
  void aThinMessageHoldsIdsOnlyAndTheSpecificationsOwnVerifierTakesIt() throws Exception {
    run(handler(Form.THIN), 1);
    Sent one = sent.getFirst();
    assertThat(one.body())
        .isEqualTo(
            "{\"type\":\"customer.changed\",\"timestamp\":\"%s\",\"data\":{\"customerId\":\"%s\"}}"
                .formatted(clock.now(), CUSTOMER));
    assertThat(one.headers())
        .containsEntry("webhook-id", event.id().toString())
        .containsEntry("webhook-timestamp", Long.toString(clock.micros() / 1_000_000));
    one.verifiedBy(secret.text());
    assertThatThrownBy(() -> one.verifiedBy(SigningSecret.make(new Random(5)).text()))
        .isInstanceOf(WebhookVerificationException.class);
    assertThat(health().lastSuccessAt()).isEqualTo(clock.micros());
    assertThat(last()).extracting(Delivery::status, Delivery::attempt, Delivery::failure).containsExactly(204, 1, null);
  }

  @Test
  void whileASecretIsChangedBothVerify() throws Exception {
    DeliverWebhook handler = handler(Form.THIN);
    SigningSecret fresh = SigningSecret.make(new Random(6));
    store.rotate(RECEIVER, fresh, 0, 0);
    run(handler, 1);
    assertThat(sent.getFirst().headers().get("webhook-signature")).matches("v1,\\S+ v1,\\S+");
    sent.getFirst().verifiedBy(secret.text());
    sent.getFirst().verifiedBy(fresh.text());
  }

  @Test
  void aFullMessageShowsTheThingToo() throws Exception {
    DeliverWebhook handler = handler(Form.FULL);
    run(handler, 1);
    assertThat(sent.getFirst().body()).endsWith(",\"customer\":{\"name\":\"王小明\"}}}");
    sent.getFirst().verifiedBy(secret.text());
    shown = Optional.empty();
    run(handler, 1);
    assertThat(sent.getLast().body()).as("it is no more").endsWith(",\"customer\":null}}");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 404, 500, 503})
  void whateverIsNoYesIsTriedAgainUnderTheSameId(int status) {
    DeliverWebhook handler = handler(Form.THIN);
    answer = () -> new Reply(status, null);
    for (int attempt = 1; attempt <= 2; attempt++) {
      int n = attempt;
      assertThatThrownBy(() -> run(handler, n))
          .isInstanceOf(Fault.Unreachable.class)
          .hasMessageContaining("hooks.example")
          .hasMessageContaining("" + status);
    }
    assertThat(sent).extracting(one -> one.headers().get("webhook-id")).containsOnly(event.id().toString());
    assertThat(health().failures()).isEqualTo(2);
    assertThat(last().attempt()).isEqualTo(2);
  }

  @Test
  void patienceIsGivenAsLongAsItIsAskedFor() {
    DeliverWebhook handler = handler(Form.THIN);
    for (int status : new int[] {429, 503}) {
      answer = () -> new Reply(status, Duration.ofSeconds(77));
      assertThatThrownBy(() -> run(handler, 1))
          .isInstanceOfSatisfying(
              Fault.Busy.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(77)));
    }
    assertThat(health().failures()).as("who asks for patience is well").isEqualTo(1);
  }

  @Test
  void whoWantsNothingMoreIsToldNothingMoreAtOnce() {
    DeliverWebhook handler = handler(Form.THIN);
    answer = () -> new Reply(410, null);
    run(handler, 1);
    assertThat(store.find(RECEIVER).orElseThrow().active()).isFalse();
    assertThat(health().offWhy()).contains("410");
    assertThat(store.dropped).isEqualTo(1);
    assertThat(off).hasSize(1);
    assertThatThrownBy(() -> run(handler, 1)).isInstanceOf(Fault.Busy.class);
    assertThat(sent).hasSize(1);
  }

  @Test
  void whoFailedForFiveDaysIsSwitchedOffWithTheReasonAndKeepsWhatIsOwed() {
    DeliverWebhook handler = handler(Form.THIN);
    answer = () -> {
      throw new Fault.OutcomeUnknown("'hooks.example' did not answer.", null);
    };
    assertThatThrownBy(() -> run(handler, 1)).isInstanceOf(Fault.OutcomeUnknown.class);
    clock.advance(Duration.ofDays(5).minusSeconds(1));
    assertThatThrownBy(() -> run(handler, 2)).isInstanceOf(Fault.OutcomeUnknown.class);
    assertThat(off).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> run(handler, 3)).isInstanceOf(Fault.OutcomeUnknown.class);
    assertThat(off).singleElement().asString().contains("5 days").contains("did not answer");
    assertThat(health().offWhy()).isEqualTo(off.getFirst());
    assertThat(store.dropped).isZero();
  }

  @Test
  void anAddressThatBecameInternalIsTriedAgainAndNeverReached() {
    DeliverWebhook handler = handler(Form.THIN);
    answer = () -> {
      throw new Fault.Refused("'hooks.example' is an address inside of the own network.");
    };
    assertThatThrownBy(() -> run(handler, 1))
        .isInstanceOf(Fault.Unreachable.class).hasMessageContaining("own network");
    assertThat(health().lastFailure()).contains("own network");
  }

  @Test
  void nothingIsSentOfWhatIsForgottenOrHeldByAnother() {
    DeliverWebhook handler = handler(Form.THIN);
    held = false;
    assertThatThrownBy(() -> run(handler, 1)).isInstanceOf(Fault.OutcomeUnknown.class);
    held = true;
    store.forget(event.id());
    run(handler, 1);
    assertThat(sent).isEmpty();
    assertThat(store.deliveries(RECEIVER, 0, 9)).isEmpty();
  }

  @Test
  void theExampleOfTheSpecificationIsSignedAsItSays() {
    SigningSecret known =
        new SigningSecret(java.util.Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    assertThat(
            known.sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assertThat(known.toString()).doesNotContain("MfKQ");
  }
}
