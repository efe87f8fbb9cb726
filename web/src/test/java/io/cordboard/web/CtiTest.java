package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Role;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AgentObserved;
import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegHeld;
import io.cordboard.kernel.CallEvent.LegResumed;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.fake.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CtiTest {
  private final TestServer server = TestServer.start();
  private final World world = server.world();
  private final Client pbx = server.with(world.keys.create("老交换机", Role.INTEGRATION).secret());

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer tell(String event, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.putIfAbsent("callId", "c-1");
    body.put("event", event);
    body.putIfAbsent("direction", "in");
    body.putIfAbsent("from", "13800138000");
    body.putIfAbsent("to", "4008001234");
    return pbx.post("/api/v1/cti/events", body);
  }

  @Test
  void aCallIsToldFromRingingToItsEnd() {
    world.calls.customer("0190a1b2-0000-7000-8000-000000000001");
    Answer ringing = tell("ringing", Map.of("at", "2026-01-05T00:59:00Z", "agent", "agent7"));
    assertThat(ringing.status()).isEqualTo(202);
    assertThat(ringing.text("/customer")).isEqualTo("0190a1b2-0000-7000-8000-000000000001");
    Answer answered = tell("answered", Map.of());
    Answer ended = tell("ended", Map.of("cause", 16));
    assertThat(answered.text("/interactionId")).isEqualTo(ringing.text("/interactionId"));
    assertThat(ended.text("/interactionId")).isEqualTo(ringing.text("/interactionId"));
    assertThat(world.calls.events().stream().map(Object::getClass).toList())
        .isEqualTo(
            List.of(
                LegArrived.class,
                AgentObserved.class,
                LegRinging.class,
                LegAnswered.class,
                LegResumed.class,
                LegEnded.class));
    LegArrived arrived = (LegArrived) world.calls.events().getFirst();
    assertThat(arrived.control()).isEqualTo(Control.OBSERVED);
    assertThat(arrived.leg().switchId()).isEqualTo("cti-老交换机");
    assertThat(arrived.claims().from()).isEqualTo("13800138000");
    assertThat(arrived.at()).isEqualTo(1_767_574_740_000_000L);
    assertThat(((LegEnded) world.calls.events().getLast()).cause().q850()).isEqualTo(16);
  }

  @Test
  void repeatedAndReorderedPostsBelongToOneCall() {
    tell("ended", Map.of());
    tell("answered", Map.of());
    tell("ringing", Map.of());
    tell("ringing", Map.of());
    assertThat(world.calls.size()).isEqualTo(1);
    assertThat(world.calls.events().stream().filter(LegArrived.class::isInstance)).hasSize(1);
    assertThat(world.calls.events().getFirst()).isInstanceOf(LegArrived.class);
  }

  @Test
  void aHoldIsOverWhenTheCallIsAnsweredAgain() {
    tell("answered", Map.of());
    tell("held", Map.of());
    tell("answered", Map.of());
    List<CallEvent> events = world.calls.events();
    assertThat(events.get(3)).isInstanceOf(LegHeld.class);
    assertThat(events.getLast()).isInstanceOf(LegResumed.class);
  }

  @Test
  void aCallOutHasTheCustomerOnTheOtherSide() {
    tell("ringing", Map.of("direction", "out", "from", "4008001234", "to", "13800138000"));
    LegArrived arrived = (LegArrived) world.calls.events().getFirst();
    assertThat(arrived.claims().from()).isEqualTo("13800138000");
    assertThat(arrived.claims().requestLine()).isEqualTo("4008001234");
    assertThat(arrived.claims().trunk()).isEqualTo("out");
  }

  @Test
  void aCallWithoutOrWithAnOddNumberIsKept() {
    assertThat(tell("ringing", Map.of("callId", "none", "from", "")).status()).isEqualTo(202);
    assertThat(tell("ringing", Map.of("callId", "long", "from", "9".repeat(100))).status())
        .isEqualTo(202);
    assertThat(
            tell("ringing", Map.of("callId", "odd", "from", "<script>😀</script>", "agent", "😀"))
                .status())
        .isEqualTo(202);
    assertThat(world.calls.size()).isEqualTo(3);
  }

  @Test
  void keysOfAnotherNameAreAnotherSwitch() {
    tell("ringing", Map.of());
    Client second = server.with(world.keys.create("second", Role.INTEGRATION).secret());
    second.send(
        "POST",
        "/api/v1/cti/events",
        "{\"callId\":\"c-1\",\"event\":\"ringing\",\"direction\":\"in\"}");
    assertThat(world.calls.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"ringing\",\"direction\":\"in\"}",
        "{\"callId\":\"\",\"event\":\"ringing\",\"direction\":\"in\"}",
        "{\"callId\":\"c\",\"event\":\"exploded\",\"direction\":\"in\"}",
        "{\"callId\":\"c\",\"event\":2,\"direction\":\"in\"}",
        "{\"callId\":\"c\",\"event\":\"ringing\",\"direction\":\"up\"}",
        "{\"callId\":\"c\",\"event\":\"ringing\",\"direction\":\"in\",\"at\":\"yesterday\"}",
        "{\"callId\":\"c\",\"event\":\"ringing\",\"direction\":\"in\",\"at\":\"2036-01-01T00:00:00Z\"}",
        "{\"callId\":\"c\",\"event\":\"ringing\",\"direction\":\"in\",\"at\":\"+1000000000-12-31T23:59:59Z\"}",
        "{\"callId\":\"c\",\"event\":\"ringing\",\"direction\":\"in\",\"at\":1e400}",
        "{\"callId\":\"c\",\"event\":\"ringing\",\"direction\":\"in\",\"recordingUrl\":\"file:///etc/passwd\"}",
        "{\"callId\":\"c\\u0000\",\"event\":\"ringing\",\"direction\":\"in\"}",
        "[{\"callId\":\"c\",\"event\":\"ringing\",\"direction\":\"in\"}]",
      })
  void oddEventsAreRefusedAndNothingIsTold(String body) {
    Answer answer = pbx.send("POST", "/api/v1/cti/events", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("/problems/bad-request");
    assertThat(world.calls.events()).isEmpty();
  }
}
