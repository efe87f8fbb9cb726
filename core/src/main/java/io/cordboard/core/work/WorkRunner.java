package io.cordboard.core.work;

import io.cordboard.core.work.WorkStore.Settled;
import io.cordboard.kernel.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Does durable work: one thread talks to the store (claims, extends, settles, all in batches), a
 * few do the work itself. Several runners may share one store.
 */
public final class WorkRunner implements WorkQueue, AutoCloseable {
  private static final Duration PURGE_EVERY = Duration.ofHours(1);
  private static final Duration PAUSE_WITHOUT_STORE = Duration.ofSeconds(1);

  private final WorkStore store;
  private final Map<String, WorkHandler> handlers;
  private final List<WorkSource> sources;
  private final Settings settings;
  private final BooleanSupplier gate;
  private final Clock clock;
  private final Attempt attempt;
  private final Thread loop = Thread.ofPlatform().name("work").unstarted(this::run);
  private final ExecutorService hands;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private List<Settled> outcomes = new ArrayList<>();
  private boolean woken = true;
  private volatile boolean stopping;

  // of the loop's thread, except that leases are read by the hands; by token, since an item that we lost
  // may come back to us
  private final Map<Long, Hold> held = new ConcurrentHashMap<>();
  private List<Settled> unsettled = List.of();
  private boolean hungry;
  private long renewDue;
  private long purgeDue;

  private final WorkFigures figures = new WorkFigures();
  private volatile @Nullable String trouble;

  /**
   * Makes a runner that does not run yet.
   *
   * @param random for the jitter of the pauses
   */
  public WorkRunner(
      WorkStore store,
      List<? extends WorkHandler> handlers,
      List<WorkSource> sources,
      Settings settings,
      Clock clock,
      RandomGenerator random) {
    this(store, handlers, sources, settings, () -> true, clock, random);
  }

  /**
   * Makes a runner that does not run yet.
   *
   * @param gate whether work may be begun now; asked again after a while, and after a wake-up
   * @param random for the jitter of the pauses
   */
  public WorkRunner(
      WorkStore store,
      List<? extends WorkHandler> handlers,
      List<WorkSource> sources,
      Settings settings,
      BooleanSupplier gate,
      Clock clock,
      RandomGenerator random) {
    this.gate = gate;
    this.store = store;
    this.handlers =
        handlers.stream().collect(Collectors.toMap(WorkHandler::kind, Function.identity()));
    this.sources = List.copyOf(sources);
    this.settings = settings;
    this.clock = clock;
    this.attempt = new Attempt(clock, random);
    this.hands =
        Executors.newFixedThreadPool(
            settings.threads(), Thread.ofPlatform().name("work-", 1).factory());
  }

  /**
   * How it works.
   *
   * @param threads how many items at once
   * @param batch how many items it holds at most
   * @param lease how long a dead runner's items are kept from others
   * @param poll how often it looks without being woken: for retries, and for what other processes
   *     add
   * @param keepDone how long finished work is kept, and with it the protection against doubles
   * @param grace how long {@link WorkRunner#close} waits for what was begun
   */
  public record Settings(
      int threads, int batch, Duration lease, Duration poll, Duration keepDone, Duration grace) {
    /** What a normal installation needs. */
    public static Settings standard() {
      return new Settings(
          4,
          16,
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          Duration.ofDays(8),
          Duration.ofSeconds(10));
    }
  }

  /** Begins to work. */
  public void start() {
    loop.start();
  }

  @Override
  public void add(List<NewWork> work) {
    store.add(work);
    wake();
  }

  @Override
  public void wake() {
    signal(() -> woken = true);
  }

  /** What was done since the start. */
  public WorkFigures figures() {
    return figures;
  }

  /** Why it cannot work at the moment; null when all is well. For health and alarms. */
  public @Nullable String trouble() {
    return trouble;
  }

  /** Gives back what was not begun, and waits a while for the rest. */
  @Override
  public void close() {
    signal(() -> stopping = true);
    try {
      if (loop.isAlive() && !loop.join(settings.grace())) {
        hands.shutdownNow();
        loop.interrupt();
        loop.join();
      }
      hands.shutdownNow();
      hands.awaitTermination(settings.grace().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      hands.shutdownNow();
      loop.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    renewDue = clock.nanos();
    purgeDue = clock.nanos();
    try {
      while (!stopping || !held.isEmpty()) {
        boolean asked = await();
        pass(asked);
      }
    } catch (InterruptedException stopped) {
      trouble =
          "Stopped with %d items in work; they are free when their lease ends."
              .formatted(held.size());
    }
  }

  private void pass(boolean asked) throws InterruptedException {
    try {
      settle();
      renew();
      if (!stopping) {
        hungry |= asked;
        if (asked) {
          handIn();
        }
        claim();
        purge();
      }
      trouble = null;
    } catch (RuntimeException failed) {
      trouble = "Work stands still: " + failed.getMessage();
      pause();
    }
  }

  /**
   * Waits until it is woken, an item was worked on, or it is time to look; whether to look for
   * work.
   */
  private boolean await() throws InterruptedException {
    lock.lock();
    try {
      long left = settings.poll().toNanos();
      while (!woken && outcomes.isEmpty() && !stopping && left > 0 && !mayClaim()) {
        left = something.awaitNanos(left);
      }
      if (stopping && outcomes.isEmpty() && !held.isEmpty()) {
        something.awaitNanos(settings.poll().toNanos());
      }
      boolean asked = woken || left <= 0;
      woken = false;
      return asked;
    } finally {
      lock.unlock();
    }
  }

  private void settle() {
    if (unsettled.isEmpty()) {
      unsettled = takeOutcomes();
    }
    if (unsettled.isEmpty()) {
      return;
    }
    Set<Long> stale = store.settle(unsettled, clock.micros());
    for (Settled settled : unsettled) {
      held.remove(settled.item().token());
      figures.count(settled, stale.contains(settled.item().token()));
    }
    unsettled = List.of();
    // the next item of a key is free now
    hungry = true;
  }

  private List<Settled> takeOutcomes() {
    lock.lock();
    try {
      List<Settled> taken = outcomes;
      outcomes = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void renew() {
    long now = clock.nanos();
    if (held.isEmpty() || now - renewDue < 0) {
      return;
    }
    List<WorkItem> items = held.values().stream().map(Hold::item).toList();
    Set<Long> lost = store.renew(items, leaseEnd());
    held.forEach((token, hold) -> hold.renewed(lost.contains(token) ? now : safeUntil(now)));
    renewDue = now + settings.lease().toNanos() / 3;
  }

  private void handIn() {
    for (WorkSource source : sources) {
      if (source.handIn()) {
        wake();
      }
    }
  }

  private void claim() {
    int room = settings.batch() - held.size();
    if (!mayClaim()) {
      return;
    }
    long now = clock.nanos();
    List<WorkItem> items = store.claim(handlers.keySet(), room, clock.micros(), leaseEnd());
    if (held.isEmpty()) {
      renewDue = now + settings.lease().toNanos() / 3;
    }
    begin(items.stream().map(item -> new Hold(item, clock, safeUntil(now))).toList());
    hungry = items.size() == room;
  }

  private boolean mayClaim() {
    return hungry && hasRoom() && gate.getAsBoolean();
  }

  // not for every single item that was settled
  private boolean hasRoom() {
    return held.size() <= settings.batch() / 2;
  }

  private void begin(List<Hold> holds) {
    holds.forEach(hold -> held.put(hold.item().token(), hold));
    holds.stream()
        .collect(Collectors.groupingBy(hold -> hold.item().kind(), LinkedHashMap::new, Collectors.toList()))
        .forEach((kind, ofKind) -> portions(ofKind, handlers.get(kind)).forEach(this::hand));
  }

  private List<List<Hold>> portions(List<Hold> holds, @Nullable WorkHandler handler) {
    int most = handler instanceof WorkHandler.Batch batch ? batch.most() : 1;
    // rather a small portion for each hand than a large one for the first
    int size = Math.clamp(Math.ceilDiv(holds.size(), settings.threads()), 1, most);
    List<List<Hold>> portions = new ArrayList<>();
    for (int from = 0; from < holds.size(); from += size) {
      portions.add(holds.subList(from, Math.min(from + size, holds.size())));
    }
    return portions;
  }

  private void hand(List<Hold> portion) {
    List<WorkItem> items = portion.stream().map(Hold::item).toList();
    WorkHandler handler = handlers.get(items.getFirst().kind());
    hands.execute(
        () -> {
          List<Settled> done = stopping ? untouched(items) : attempted(portion, items, handler);
          signal(() -> outcomes.addAll(done));
        });
  }

  private List<Settled> attempted(List<Hold> portion, List<WorkItem> items, @Nullable WorkHandler handler) {
    return switch (handler) {
      case null -> untouched(items);
      case WorkHandler.Batch batch ->
          attempt.at(items, batch, () -> portion.stream().allMatch(Hold::held));
      case WorkHandler single -> List.of(attempt.at(items.getFirst(), single, portion.getFirst()));
    };
  }

  private static List<Settled> untouched(List<WorkItem> items) {
    return items.stream().<Settled>map(Settled.Untouched::new).toList();
  }

  private void purge() {
    if (clock.nanos() - purgeDue >= 0) {
      store.purge(clock.micros() - TimeUnit.NANOSECONDS.toMicros(settings.keepDone().toNanos()));
      purgeDue = clock.nanos() + PURGE_EVERY.toNanos();
    }
  }

  private long leaseEnd() {
    return clock.micros() + settings.lease().toNanos() / 1000;
  }

  // a margin before the others may begin, so that two clocks need not agree to the second
  private long safeUntil(long from) {
    return from + settings.lease().toNanos() * 4 / 5;
  }

  private void pause() throws InterruptedException {
    lock.lock();
    try {
      long left = PAUSE_WITHOUT_STORE.toNanos();
      while (!stopping && left > 0) {
        left = something.awaitNanos(left);
      }
      woken = true;
    } finally {
      lock.unlock();
    }
  }

  private void signal(Runnable change) {
    lock.lock();
    try {
      change.run();
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  /** An item that we hold. */
  private static final class Hold implements WorkHandler.Lease {
    private final WorkItem item;
    private final Clock clock;
    private volatile long until;

    Hold(WorkItem item, Clock clock, long until) {
      this.item = item;
      this.clock = clock;
      this.until = until;
    }

    WorkItem item() {
      return item;
    }

    void renewed(long nanos) {
      until = nanos;
    }

    @Override
    public boolean held() {
      return clock.nanos() - until < 0;
    }
  }
}
