package io.cordboard.adapters.demo;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listener what happened: in order, on one thread of its own, so that a slow listener
 * holds nothing up. While the link is down nothing is told, and it is not told later.
 */
final class Teller implements Runnable {
  private static final System.Logger LOG = System.getLogger(Teller.class.getName());
  private static final Duration LAST_WORD = Duration.ofSeconds(5);

  private final String id;
  private final LinkedBlockingQueue<SwitchSignal> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private @Nullable SwitchListener listener;
  private volatile boolean closed;
  private boolean up;

  Teller(String id) {
    this.id = id;
    this.thread = Thread.ofPlatform().name(id + "-events").daemon().unstarted(this);
  }

  void start(SwitchListener listener, SwitchSignal.LinkUp first) {
    if (this.listener != null) {
      throw new Fault.Bug("The switch '%s' was started twice.".formatted(id), null);
    }
    this.listener = listener;
    linkUp(first);
    thread.start();
  }

  void linkUp(SwitchSignal.LinkUp signal) {
    up = true;
    queue.add(signal);
  }

  void linkDown(SwitchSignal.LinkDown signal) {
    queue.add(signal);
    up = false;
  }

  boolean up() {
    return up;
  }

  void tell(CallEvent event) {
    tell(new SwitchSignal.Happened(event));
  }

  void tell(SwitchSignal signal) {
    if (up) {
      queue.add(signal);
    }
  }

  /** Fails unless commands can reach the switch. */
  void checkLink() {
    if (!up || closed) {
      throw new Fault.Unreachable(
          "The demo switch '%s' has no link at the moment; it comes back by itself.".formatted(id),
          null);
    }
  }

  /** From now on nothing is told. To be called under the lock. */
  void hush() {
    closed = true;
    up = false;
    // wakes the thread, which then sees that it is over
    queue.add(new SwitchSignal.LinkDown(id, 0, "closed"));
  }

  /** Waits until the listener returned from its last signal. Never called under the lock. */
  void join() {
    if (listener == null || Thread.currentThread().equals(thread)) {
      return;
    }
    try {
      thread.join(LAST_WORD);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      for (SwitchSignal next = queue.take(); !closed; next = queue.take()) {
        hand(next);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void hand(SwitchSignal signal) {
    SwitchListener told = listener;
    try {
      if (told != null) {
        told.on(signal);
      }
    } catch (RuntimeException failed) {
      LOG.log(System.Logger.Level.ERROR, "The listener of switch '" + id + "' failed.", failed);
    }
  }
}
