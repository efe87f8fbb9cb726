package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Fault;
import io.cordboard.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes lanes = new Lanes();
  private final List<String> begun = new ArrayList<>();

  @Test
  void commandsOfOneKeyWaitForEachOtherAndOthersDoNot() {
    CompletableFuture<String> first = new CompletableFuture<>();
    run("a", "first", first);
    CompletionStage<String> second = run("a", "second", CompletableFuture.completedFuture("2"));
    run("b", "other", CompletableFuture.completedFuture("o"));
    assertThat(begun).containsExactly("first", "other");
    first.complete("1");
    assertThat(Await.done(second)).isEqualTo("2");
    assertThat(begun).containsExactly("first", "other", "second");
  }

  @Test
  void aCommandOfTwoKeysWaitsForBothAndBothWaitForIt() {
    CompletableFuture<String> a = new CompletableFuture<>();
    CompletableFuture<String> both = new CompletableFuture<>();
    run("a", "a", a);
    lanes.run(List.of("a", "b"), () -> begin("both", both));
    run("b", "b", CompletableFuture.completedFuture("b"));
    assertThat(begun).containsExactly("a");
    a.complete("");
    assertThat(begun).containsExactly("a", "both");
    both.complete("");
    assertThat(begun).containsExactly("a", "both", "b");
  }

  @Test
  void aFailureIsAFaultAndTheNextCommandRuns() {
    CompletionStage<String> broken =
        lanes.run(
            List.of("a"),
            () -> {
              throw new IllegalStateException("x");
            });
    Await.failed(broken, Fault.Bug.class);
    Await.failed(
        lanes.run(List.of("a"), () -> CompletableFuture.failedFuture(new Fault.NotFound("gone"))),
        Fault.NotFound.class);
    assertThat(Await.done(run("a", "next", CompletableFuture.completedFuture("n")))).isEqualTo("n");
  }

  private CompletionStage<String> run(String key, String name, CompletableFuture<String> end) {
    return lanes.run(List.of(key), () -> begin(name, end));
  }

  private CompletionStage<String> begin(String name, CompletableFuture<String> end) {
    begun.add(name);
    return end;
  }
}
