package io.cordboard.web.desk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one desk: bounded, with a writer of its own, so that a slow desk holds
 * up nobody. When it is full the connection is closed; the desk comes back and takes a snapshot.
 */
final class Outbox {
  /** Try again later (RFC 6455 registry). */
  static final int TRY_AGAIN = 1013;

  private static final int CAPACITY = 512;

  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Wire wire;
  private final Runnable onEnd;
  private final List<Runnable> sent = new ArrayList<>();
  private final Figures figures;
  private volatile @Nullable Goodbye goodbye;

  Outbox(Wire wire, Figures figures, Runnable onEnd) {
    this.wire = wire;
    this.figures = figures;
    this.onEnd = onEnd;
  }

  /** Counted over all outboxes. */
  record Figures(LongAdder frames, LongAdder slow) {
    Figures() {
      this(new LongAdder(), new LongAdder());
    }
  }

  /** Something to be sent. */
  private sealed interface Item {}

  /** Makes a frame, on the writer's thread; null for none. */
  @FunctionalInterface
  non-sealed interface Frame extends Item {
    @Nullable String make();
  }

  private record Beat(String frame) implements Item {}

  /** Everything before it was sent. */
  private record Sent(Runnable then) implements Item {}

  private record Wake() implements Item {}

  private record Goodbye(int code, String reason) {}

  void start(String name) {
    Thread.ofVirtual().name(name).start(this::run);
  }

  /** Takes a frame without blocking. */
  void put(Frame frame) {
    offer(frame);
  }

  /** Runs this on the writer's thread when everything that was put before is in the socket. */
  void whenSent(Runnable then) {
    offer(new Sent(then));
  }

  /** Shows the page by the frame, and asks the browser by a ping, whether the other one lives. */
  void beat(String frame) {
    offer(new Beat(frame));
  }

  private void offer(Item item) {
    if (goodbye == null && !queue.offer(item)) {
      figures.slow().increment();
      close(TRY_AGAIN, "too slow: connect again");
    }
  }

  /** Closes after the frame that is being sent; what waits is dropped. Does not block. */
  void close(int code, String reason) {
    if (goodbye == null) {
      goodbye = new Goodbye(code, reason);
      queue.clear();
      queue.offer(new Wake());
    }
  }

  private void run() {
    try {
      while (goodbye == null) {
        send(queue.take());
        for (Item more = queue.poll(); more != null && goodbye == null; more = queue.poll()) {
          send(more);
        }
        flush();
      }
    } catch (IOException | RuntimeException gone) {
      close(TRY_AGAIN, "cannot be sent to");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      onEnd.run();
      Goodbye why = goodbye;
      wire.close(why == null ? TRY_AGAIN : why.code(), why == null ? "" : why.reason());
    }
  }

  private void flush() throws IOException {
    wire.flush();
    sent.forEach(Runnable::run);
    sent.clear();
  }

  private void send(Item item) throws IOException {
    switch (item) {
      case Frame frame -> text(frame.make());
      case Beat beat -> {
        wire.text(beat.frame());
        wire.flush();
        wire.ping();
      }
      case Sent all -> sent.add(all.then());
      case Wake wake -> {}
    }
  }

  private void text(@Nullable String frame) throws IOException {
    if (frame != null) {
      wire.text(frame);
      figures.frames().increment();
    }
  }
}
