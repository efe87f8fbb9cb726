package io.cordboard.bench.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CustomerId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExchangeTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final CustomerId CUSTOMER = new CustomerId(UUID.randomUUID());

  private final Exchange exchange = new Exchange(new Exchange.Pace(1, 1));
  private final AriRest rest = new AriRest(exchange, List.of("30001"));
  private final LinkedBlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    exchange.close();
  }

  @Test
  void aCallThatIsRungAnsweredJoinedAndEndedTellsTheEventsOfARealOneAndItsPhones() throws Exception {
    exchange.listen(event -> told.add(JSON.readTree(event)), () -> {});
    FakeCall call =
        Objects.requireNonNull(exchange.arrive("+8613600000001", CUSTOMER, "4008001234"));
    String customer = next("StasisStart").path("channel").path("id").asString();
    assertThat(
            status(
                "POST", "/channels",
                Map.of(
                    "channelId", "agent-1", "endpoint", "PJSIP/30001", "appArgs",
                    "dialled,our-call", "callerId", "\"Li\" <+8613600000001>")))
        .isEqualTo(200);
    assertThat(next("StasisStart").path("args").path(1).asString()).isEqualTo("our-call");
    status("POST", "/channels/" + customer + "/answer", Map.of());
    status("POST", "/bridges", Map.of("bridgeId", "b-1"));
    status("POST", "/bridges/b-1/addChannel", Map.of("channel", customer));
    status("POST", "/bridges/b-1/addChannel", Map.of("channel", "agent-1"));
    next("StasisEnd");
    assertThat(status("DELETE", "/channels/agent-1", Map.of())).isEqualTo(204);
    next("DeviceStateChanged");
    status("DELETE", "/bridges/b-1", Map.of());
    next("BridgeDestroyed");

    assertThat(exchange.live()).isZero();
    assertThat(call.served()).isTrue();
    assertThat(heard).isEqualTo(46);
  }

  @Test
  void anUnknownChannelIsNotFoundAndAnUnknownPhoneIsRefused() {
    exchange.listen(event -> {}, () -> {});
    FakeCall call =
        Objects.requireNonNull(exchange.arrive("+8613600000001", CUSTOMER, "4008001234"));
    assertThat(status("DELETE", "/channels/nobody", Map.of())).isEqualTo(404);
    assertThat(
            status(
                "POST", "/channels/agent-1",
                Map.of("endpoint", "PJSIP/99", "originator", call.channel())))
        .isEqualTo(400);
  }

  @Test
  void onlyTheFirstCardOfACallCountsAndSomebodyElsesIsNoDelivery() {
    FakeCall right = new FakeCall("+8613600000001", CUSTOMER, "4008001234", 1);
    right.popped(CUSTOMER.toString(), 5);
    right.popped(UUID.randomUUID().toString(), 6);
    FakeCall wrong = new FakeCall("+8613600000002", CUSTOMER, "4008001234", 2);
    wrong.popped(UUID.randomUUID().toString(), 5);

    assertThat(right.delivered()).isTrue();
    assertThat(wrong.delivered()).isFalse();
    assertThat(wrong.wrong()).isTrue();
  }

  private int heard;

  private JsonNode next(String type) throws InterruptedException {
    while (true) {
      JsonNode event = told.poll(10, TimeUnit.SECONDS);
      assertThat(event).as("an event of type " + type).isNotNull();
      heard++;
      if (Objects.requireNonNull(event).path("type").asString("").equals(type)) {
        return event;
      }
    }
  }

  private int status(String method, String path, Map<String, String> query) {
    return rest.handle(method, path, query, "").status();
  }
}
