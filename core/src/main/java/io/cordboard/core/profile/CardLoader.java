package io.cordboard.core.profile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads cards for calls that ring: whatever waits while one read runs goes into the next together, so
 * that a burst costs few round trips. Thread-safe.
 */
public final class CardLoader implements AutoCloseable {
  private static final int MOST_AT_ONCE = 200;

  private final CardStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Wish> wishes = new ArrayList<>();
  // the one that read last is woken first: its connection and its memory are warm
  private final Deque<Condition> idle = new ArrayDeque<>();
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
      add(wish);
    }
    return wish.answer();
  }

  private void add(Wish wish) {
    lock.lock();
    try {
      wishes.add(wish);
      Condition reader = idle.poll();
      if (reader != null) {
        reader.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    Condition woken = lock.newCondition();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        answer(next(woken));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Wish> next(Condition woken) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (wishes.isEmpty()) {
        idle.push(woken);
        try {
          woken.await();
        } finally {
          idle.remove(woken);
        }
      }
      List<Wish> some = wishes.subList(0, Math.min(wishes.size(), MOST_AT_ONCE));
      List<Wish> group = List.copyOf(some);
      some.clear();
      return group;
    } finally {
      lock.unlock();
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
