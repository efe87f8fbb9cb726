package io.cordboard.adapterkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HandoffTest {
  @Test
  void everythingComesOutOnceAndInOrder() throws Exception {
    Handoff<Integer> handoff = new Handoff<>(1_000_000, item -> 1);
    CompletableFuture<List<Integer>> worker = CompletableFuture.supplyAsync(() -> drain(handoff));
    IntStream.range(0, 10_000)
        .forEach(i -> assertThat(i % 7 == 0 ? handoff.offer(i) : handoff.put(i)).isTrue());
    handoff.close();
    assertThat(worker.get()).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
  }

  private static List<Integer> drain(Handoff<Integer> handoff) {
    List<Integer> all = new ArrayList<>();
    try {
      for (List<Integer> batch = new ArrayList<>();
          handoff.drainTo(batch, Handoff.FOREVER);
          batch.clear()) {
        all.addAll(batch);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  @Test
  void aFullQueueSaysSoAndTakesItemsAgainAfterItWasDrained() throws Exception {
    Handoff<String> handoff = new Handoff<>(10, String::length);
    assertThat(handoff.offer("12345")).isTrue();
    assertThat(handoff.offer("123456")).isFalse();
    assertThat(handoff.offer("1234")).isTrue();
    assertThat(handoff.offer("")).as("an empty item weighs 1").isTrue();
    assertThat(handoff.offer("")).isFalse();
    List<String> batch = new ArrayList<>();
    assertThat(handoff.drainTo(batch, 0)).isTrue();
    assertThat(batch).containsExactly("12345", "1234", "");
    assertThat(handoff.offer("1234567890")).isTrue();
  }

  @Test
  void whatWasPutWithoutAWakeUpArrivesWithTheFlush() throws Exception {
    Handoff<String> handoff = new Handoff<>(10, item -> 1);
    CompletableFuture<List<String>> first = new CompletableFuture<>();
    Thread worker =
        Thread.ofVirtual()
            .start(
                () -> {
                  List<String> batch = new ArrayList<>();
                  try {
                    handoff.drainTo(batch, Handoff.FOREVER);
                    first.complete(batch);
                  } catch (InterruptedException e) {
                    first.completeExceptionally(e);
                  }
                });
    while (worker.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    handoff.put("a");
    handoff.put("b");
    handoff.flush();
    assertThat(first.get()).containsExactly("a", "b");
  }

  @Test
  void aWaitWithoutAnItemEndsEmptyAndAClosedQueueRefuses() throws Exception {
    Handoff<String> handoff = new Handoff<>(10, item -> 1);
    List<String> batch = new ArrayList<>();
    assertThat(handoff.drainTo(batch, 1_000_000)).isTrue();
    assertThat(batch).isEmpty();
    handoff.close();
    assertThat(handoff.offer("late")).isFalse();
    assertThat(handoff.drainTo(batch, Handoff.FOREVER)).isFalse();
  }
}
