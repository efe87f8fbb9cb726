package io.cordboard.core.call;

import io.cordboard.core.call.LedgerStore.Recovered;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one shard: one thread takes what comes, applies it to the mailbox of its call, lets the
 * story answer, and commits it all in groups. Effects leave only after their commit. While a commit
 * runs, what comes waits and goes into the next group.
 */
public final class Ledger implements SwitchListener, AutoCloseable {
  private static final int INBOX = 65_536;
  private static final int MAX_GROUP = 4_096;
  private static final long URGENT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final LedgerStore store;
  private final Clock clock;
  private final Mailboxes mailboxes;
  private final SwitchBoard switches;
  private final Story story;
  private final LedgerWatch watch;
  private final BlockingQueue<Message> inbox = new ArrayBlockingQueue<>(INBOX);
  private long position;
  private long lastFlush;
  private @Nullable Thread thread;
  private volatile boolean stopping;
  private volatile @Nullable String trouble;
  private volatile int live;

  public Ledger(
      LedgerStore store, Story story, SwitchBoard switches, Tables tables, Clock clock, Ids ids,
      LedgerWatch watch) {
    this.store = store;
    this.clock = clock;
    this.story = story;
    this.switches = switches;
    this.watch = watch;
    this.mailboxes =
        new Mailboxes(
            story, tables, clock, ids, watch, work -> put(new Message.Asked(work)));
  }

  private sealed interface Message {
    record Told(SwitchSignal signal) implements Message {}

    record Asked(Runnable work) implements Message {}
  }

  /** Takes the shard over and rebuilds what lived. Before {@link #run} or the first {@link #step}. */
  public void recover() {
    Recovered before = store.takeOver();
    position = before.position();
    mailboxes.rebuild(before);
    lastFlush = clock.nanos() - CALM_NANOS;
    live = mailboxes.calls().size();
  }

  /** Recovers, and works on a thread of its own from now on. */
  public void start() {
    recover();
    thread = Thread.ofPlatform().name("ledger-0").start(this::run);
  }

  @Override
  public void on(SwitchSignal signal) {
    put(new Message.Told(signal));
  }

  /** A switch is there no more: what was on it is over. */
  public void switchGone(String switchId) {
    put(new Message.Asked(() -> mailboxes.gone(switchId)));
  }

  /**
   * Does something on the ledger's thread; the stage completes with its answer after the commit, or with
   * what it threw. A fault of the action changes nothing if it is thrown before the first fact.
   */
  public <T> CompletionStage<T> ask(Function<Turn, T> action) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    put(
        new Message.Asked(
            () -> {
              try {
                T result = action.apply(mailboxes);
                mailboxes.batch().answers.add(() -> answer.complete(result));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            }));
    return answer;
  }

  /** Null while all is well; else what keeps the ledger from committing, for the health page. */
  public @Nullable String trouble() {
    return trouble;
  }

  /** Whether its thread runs; when not, nothing is taken any more and only a restart helps. */
  public boolean alive() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  /** Calls whose mailbox is open, as of the last commit. */
  public int live() {
    return live;
  }

  /** Messages that wait to be taken. */
  public int backlog() {
    return inbox.size();
  }

  private void put(Message message) {
    try {
      inbox.put(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Message> group = new ArrayList<>();
    while (!stopping || !inbox.isEmpty()) {
      try {
        Message first = inbox.poll(patience(), TimeUnit.NANOSECONDS);
        if (first != null) {
          group.add(first);
          inbox.drainTo(group, MAX_GROUP);
        }
        take(group);
        if (flushDue()) {
          flush();
        }
      } catch (InterruptedException e) {
        break;
      } finally {
        group.clear();
      }
    }
    flush();
  }

  /** Takes everything that waits and commits it, on the caller's thread: for tests. */
  public void step() {
    do {
      List<Message> group = new ArrayList<>();
      inbox.drainTo(group);
      take(group);
      flush();
    } while (!inbox.isEmpty());
  }

  private void take(List<Message> group) {
    for (Message message : group) {
      try {
        switch (message) {
          case Message.Told told -> mailboxes.told(told.signal());
          case Message.Asked asked -> asked.work().run();
        }
      } catch (RuntimeException e) {
        watch.bug("A message could not be taken: " + message, e);
      }
    }
    mailboxes.fireTimers();
    if (!mailboxes.batch().empty()) {
      story.settle(mailboxes);
    }
  }

  private long patience() {
    long untilTimer = mailboxes.nanosToNextTimer();
    if (mailboxes.batch().empty()) {
      return Math.min(untilTimer, TimeUnit.SECONDS.toNanos(1));
    }
    return Math.clamp(lastFlush + pace() - clock.nanos(), 0, untilTimer);
  }

  private boolean flushDue() {
    return !mailboxes.batch().empty() && clock.nanos() - lastFlush >= pace();
  }

  private long pace() {
    return mailboxes.batch().urgent() ? URGENT_NANOS : CALM_NANOS;
  }

  private void flush() {
    Batch batch = mailboxes.batch();
    if (batch.empty()) {
      return;
    }
    long from = position;
    long to = from + batch.entries.size();
    LedgerStore.Flush rows =
        batch.flush(from, to, mailboxes.oldestLive(), mailboxes.agents());
    if (!rows.empty()) {
      new Committer(store, clock, watch, text -> trouble = text, () -> stopping).commit(rows);
    }
    position = to;
    if (rows.recordings().stream().anyMatch(row -> !row.state().equals("WRITING"))) {
      watch.recorded();
    }
    lastFlush = clock.nanos();
    mailboxes.nextBatch();
    release(batch);
  }

  private void release(Batch batch) {
    List<CallId> closed = mailboxes.closeFinished(batch.calls.values());
    story.committed(batch.calls.values(), closed, batch.agents);
    closed.stream().map(batch.calls::get).forEach(watch::ended);
    live = mailboxes.calls().size();
    batch.effects.forEach(effect -> switches.perform(effect, this::failed));
    batch.answers.forEach(Runnable::run);
  }

  private void failed(Effect effect, Fault fault) {
    put(new Message.Asked(() -> mailboxes.failed(effect, fault)));
  }

  /** Takes what has come, commits it and ends. */
  @Override
  public void close() {
    stopping = true;
    Thread running = thread;
    if (running == null) {
      return;
    }
    put(new Message.Asked(() -> {}));
    try {
      running.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
