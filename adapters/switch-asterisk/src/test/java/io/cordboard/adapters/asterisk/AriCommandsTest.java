package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.adapters.asterisk.AriRest.Answer;
import io.cordboard.adapters.asterisk.AriRest.Ask;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AriCommandsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LinkedBlockingQueue<Json> sent = new LinkedBlockingQueue<>();
  private final AriCommands commands =
      new AriCommands(
          messages -> messages.forEach(message -> sent.add(Json.read(message))),
          new Clock() {
            @Override
            public long micros() {
              return nanos.get() / 1000;
            }

            @Override
            public long nanos() {
              return nanos.get();
            }
          });

  @Test
  void aRequestCarriesItsAddressItsQueryAndItsBody() throws Exception {
    commands.send(
        Ask.post("/channels").with("callerId", "\"Li\" <+86>").with("{\"variables\":{\"a\":\"b\"}}"));
    Json request = next();
    assertThat(request.text("type")).isEqualTo("RESTRequest");
    assertThat(request.text("method")).isEqualTo("POST");
    assertThat(request.text("uri")).isEqualTo("channels?callerId=%22Li%22%20%3C%2B86%3E");
    assertThat(request.text("message_body")).isEqualTo("{\"variables\":{\"a\":\"b\"}}");
  }

  @Test
  void eachAnswerGoesToItsOwnRequestWhateverTheOrder() throws Exception {
    CompletableFuture<Answer> first = send(Ask.post("/bridges/b-1"));
    CompletableFuture<Answer> second = send(Ask.delete("/channels/c-1"));
    String one = next().text("request_id");
    String two = next().text("request_id");
    answer(two, 404, "{\"message\":\"Channel not found\"}");
    answer(one, 200, "{}");

    assertThat(first.get().good()).isTrue();
    assertThat(second.get().status()).isEqualTo(404);
    assertThat(second.get().words()).isEqualTo("Channel not found");
  }

  @Test
  void whatWaitsWhenTheLinkEndsHasAnUnknownOutcomeAndNothingMoreIsTaken() {
    CompletableFuture<Answer> waits = send(Ask.post("/channels/c-1/answer"));
    commands.close();
    CompletableFuture<Answer> late = send(Ask.post("/channels/c-1/ring"));

    assertThatThrownBy(waits::join).hasCauseInstanceOf(Fault.OutcomeUnknown.class);
    assertThatThrownBy(late::join).hasCauseInstanceOf(Fault.Unreachable.class);
  }

  @Test
  void aRequestThatIsNeverAnsweredIsGivenUp() {
    CompletableFuture<Answer> waits = send(Ask.post("/channels/c-1/answer"));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
    assertThatThrownBy(waits::join).hasCauseInstanceOf(Fault.OutcomeUnknown.class);
  }

  @Test
  void anEventIsNoAnswer() {
    byte[] event = "{\"type\":\"StasisStart\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(AriCommands.isAnswer(event)).isFalse();
  }

  private CompletableFuture<Answer> send(Ask ask) {
    return commands.send(ask).toCompletableFuture();
  }

  private void answer(String id, int status, String body) {
    String json =
        "{\"type\":\"RESTResponse\",\"transaction_id\":\"\",\"request_id\":\"%s\",\"status_code\":%d,\"message_body\":%s}"
            .formatted(id, status, Json.quote(body));
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThat(AriCommands.isAnswer(bytes)).isTrue();
    assertThat(commands.answered(bytes)).isTrue();
    commands.flush();
  }

  private Json next() throws InterruptedException {
    Json request = sent.poll(10, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    return request;
  }
}
