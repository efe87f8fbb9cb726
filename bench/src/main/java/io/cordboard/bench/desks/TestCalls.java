package io.cordboard.bench.desks;

import io.cordboard.bench.measure.PoppedCall;
import io.cordboard.bench.measure.Product;
import io.cordboard.store.demo.BenchData;
import io.cordboard.store.demo.BenchData.Caller;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Calls on the demo switch, placed as {@code ./cordboard call} does. Thread-safe but for arriving. */
final class TestCalls {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SWITCH = "demo";

  private final Product product;
  private final List<Caller> callers;
  private final RandomGenerator random;
  private final int talkSeconds;
  private final Consumer<String> trouble;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, PoppedCall> live = new ConcurrentHashMap<>();

  TestCalls(
      Product product, List<Caller> callers, RandomGenerator random, int talkSeconds,
      Consumer<String> trouble) {
    this.product = product;
    this.callers = callers;
    this.random = random;
    this.talkSeconds = talkSeconds;
    this.trouble = trouble;
  }

  /** Somebody calls who is in no call now; does not wait for the answer. */
  PoppedCall arrive() {
    while (true) {
      Caller caller = callers.get(random.nextInt(callers.size()));
      PoppedCall call = new PoppedCall(caller.number(), caller.customer());
      if (live.putIfAbsent(caller.number(), call) == null) {
        place(call);
        return call;
      }
    }
  }

  private void place(PoppedCall call) {
    String body =
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("from", call.number())
                .put("to", BenchData.LINE)
                .put("seconds", talkSeconds)
                .put("switch", SWITCH));
    HttpRequest request =
        HttpRequest.newBuilder(product.url().resolve("/api/v1/calls"))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + product.token())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .whenComplete((response, failed) -> placed(call, response, failed));
  }

  private void placed(
      PoppedCall call, @Nullable HttpResponse<String> response, @Nullable Throwable failed) {
    if (response == null) {
      trouble.accept("A call could not be placed: " + failed);
      live.remove(call.number(), call);
    } else if (response.statusCode() != 201) {
      trouble.accept("A call was refused: HTTP " + response.statusCode() + " " + response.body());
      live.remove(call.number(), call);
    }
  }

  @Nullable PoppedCall byNumber(String number) {
    return live.get(number);
  }

  /** An agent's part of this caller's call is over. */
  void over(String number) {
    PoppedCall call = live.remove(number);
    if (call != null) {
      call.over(true);
    }
  }

  /** How many calls live. */
  int live() {
    return live.size();
  }
}
