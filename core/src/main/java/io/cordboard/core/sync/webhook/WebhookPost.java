package io.cordboard.core.sync.webhook;

import io.cordboard.core.sync.webhook.EventOutbox.Handed;
import io.cordboard.core.work.WorkRunner;
import io.cordboard.core.work.WorkStore;
import io.cordboard.kernel.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The post office: one thread hands over what happened, and each active endpoint has a runner of its own with a
 * few hands, so that none waits for another. Several may share one database.
 */
public final class WebhookPost implements AutoCloseable {
  private static final int BATCH = 500;

  private final WorkStore work;
  private final Sender sender;
  private final DeliverWebhook.Parts parts;
  private final Settings settings;
  private final RandomGenerator random;
  private final Thread loop = Thread.ofPlatform().name("webhooks").unstarted(this::run);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private boolean asked = true;
  private volatile boolean stopping;
  private volatile @Nullable String trouble;
  private volatile List<Endpoint> seen = List.of();

  // of the loop's thread
  private final Map<UUID, Desk> desks = new HashMap<>();
  private long lookDue;
  private long purgeDue;

  /**
   * How it works.
   *
   * @param inFlight how many messages to one endpoint at once
   * @param poll how often it looks for what happened
   * @param look how often it looks for endpoints that another process changed
   * @param keep how long events and attempts are kept
   */
  public record Settings(int inFlight, Duration poll, Duration look, Duration keep) {
    /** What a normal installation needs. */
    public static Settings standard() {
      return new Settings(4, Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofDays(8));
    }
  }

  /** The runner of one endpoint, and the address that it sends to. */
  private record Desk(String url, Sender.Line line, WorkRunner runner) {
    void close() {
      runner.close();
      line.close();
    }
  }

  public WebhookPost(
      WorkStore work, Sender sender, DeliverWebhook.Parts parts, Settings settings,
      RandomGenerator random) {
    this.work = work;
    this.sender = sender;
    this.parts = parts;
    this.settings = settings;
    this.random = random;
  }

  /** Begins to work. */
  public void start() {
    loop.start();
  }

  /** Endpoints changed, or have something to be told: looks at once. */
  public void changed() {
    lock.lock();
    try {
      asked = true;
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Why it cannot work at the moment; null when all is well. */
  public @Nullable String trouble() {
    return trouble;
  }

  /** The endpoints as they were when it looked last, some seconds ago at most; asks nobody. */
  public List<Endpoint> seen() {
    return seen;
  }

  @Override
  public void close() {
    stopping = true;
    changed();
    try {
      loop.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Clock clock = parts.clock();
    lookDue = clock.nanos();
    purgeDue = clock.nanos();
    while (!stopping) {
      boolean now = await();
      try {
        if (now || clock.nanos() - lookDue >= 0) {
          look(now);
          lookDue = clock.nanos() + settings.look().toNanos();
          handOver();
        } else if (!desks.isEmpty()) {
          handOver();
        }
        purge();
        trouble = null;
      } catch (RuntimeException failed) {
        trouble = "Webhooks stand still: " + failed.getMessage();
      }
    }
    closeAll(List.copyOf(desks.values()));
  }

  private boolean await() {
    lock.lock();
    try {
      if (!asked && !stopping) {
        something.awaitNanos(settings.poll().toNanos());
      }
      boolean now = asked;
      asked = false;
      return now;
    } catch (InterruptedException stopped) {
      stopping = true;
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void look(boolean wake) {
    Set<UUID> open = new HashSet<>();
    List<Desk> old = new ArrayList<>();
    List<Endpoint> all = parts.endpoints().list();
    seen = all;
    List<Endpoint> active = all.stream().filter(Endpoint::active).toList();
    active.forEach(endpoint -> open.add(endpoint.id()));
    desks.forEach(
        (id, desk) -> {
          boolean same =
              active.stream().anyMatch(e -> e.id().equals(id) && e.url().equals(desk.url()));
          if (!same) {
            old.add(desk);
          }
        });
    desks.values().removeAll(old);
    if (!old.isEmpty()) {
      // what it has begun may take its time: nobody else waits for that
      Thread.ofVirtual().name("webhooks-closing").start(() -> closeAll(old));
    }
    for (Endpoint endpoint : active) {
      Desk desk = desks.computeIfAbsent(endpoint.id(), id -> open(endpoint));
      if (wake) {
        desk.runner().wake();
      }
    }
  }

  private Desk open(Endpoint endpoint) {
    Sender.Line line = sender.open(endpoint.url());
    WorkRunner runner =
        new WorkRunner(
            work,
            List.of(new DeliverWebhook(endpoint.id(), line, parts)),
            List.of(),
            new WorkRunner.Settings(
                settings.inFlight(), 2 * settings.inFlight(), Duration.ofSeconds(60),
                Duration.ofSeconds(2), settings.keep(), Duration.ofSeconds(2)),
            parts.clock(),
            random);
    runner.start();
    return new Desk(endpoint.url(), line, runner);
  }

  private static void closeAll(List<Desk> old) {
    List<Thread> closing =
        old.stream().map(desk -> Thread.ofVirtual().start(desk::close)).toList();
    try {
      for (Thread one : closing) {
        one.join();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOver() {
    Handed handed;
    do {
      long now = parts.clock().micros();
      handed =
          parts.outbox()
              .handOver(BATCH, now, (event, id) -> DeliverWebhook.work(event, id, "", now));
      for (UUID id : handed.endpoints()) {
        Desk desk = desks.get(id);
        if (desk != null) {
          desk.runner().wake();
        }
      }
    } while (handed.events() == BATCH && !stopping);
  }

  private void purge() {
    Clock clock = parts.clock();
    if (clock.nanos() - purgeDue >= 0) {
      long now = clock.micros();
      parts.outbox().purge(now - settings.keep().toNanos() / 1000, now);
      purgeDue = clock.nanos() + TimeUnit.HOURS.toNanos(1);
    }
  }
}
