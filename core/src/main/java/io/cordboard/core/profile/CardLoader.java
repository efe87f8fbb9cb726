package io.cordboard.core.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Reads cards for calls that ring: whatever waits while one read runs goes into the next together, so
 * that a burst costs few round trips. Thread-safe.
 */
public final class CardLoader implements AutoCloseable {
  private static final int MOST_AT_ONCE = 200;

  private final CardStore store;
  private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
  private final List<Thread> readers = new ArrayList<>();

  private record Wish(String number, CompletableFuture<List<NumberMatch>> answer) {}

  /**
   * Reads on so many threads, each with a connection of its own; with none it reads at once, on the
   * caller's.
   */
  public CardLoader(CardStore store, int threads) {
    this.store = store;
    for (int i = 0; i < threads; i++) {
      readers.add(Thread.ofPlatform().name("cards-" + i).daemon().start(this::read));
    }
  }

  /** Everybody whom this E.164 or service number points to. */
  public CompletionStage<List<NumberMatch>> byNumber(String number) {
    Wish wish = new Wish(number, new CompletableFuture<>());
    if (readers.isEmpty()) {
      answer(List.of(wish));
    } else {
      wishes.add(wish);
    }
    return wish.answer();
  }

  private void read() {
    List<Wish> group = new ArrayList<>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        group.add(wishes.take());
        wishes.drainTo(group, MOST_AT_ONCE);
        answer(group);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        group.clear();
      }
    }
  }

  private void answer(List<Wish> group) {
    try {
      Map<String, List<NumberMatch>> found = new HashMap<>();
      for (NumberMatch match : store.byNumbers(group.stream().map(Wish::number).distinct().toList())) {
        found.computeIfAbsent(match.number(), number -> new ArrayList<>()).add(match);
      }
      group.forEach(
          wish -> wish.answer().complete(found.getOrDefault(wish.number(), List.of())));
    } catch (RuntimeException e) {
      group.forEach(wish -> wish.answer().completeExceptionally(e));
    }
  }

  @Override
  public void close() {
    readers.forEach(Thread::interrupt);
  }
}
