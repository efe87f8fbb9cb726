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
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one shard: one thread takes what comes, applies it to the mailbox of its call, lets the
 * story answer, and commits it all in groups. Effects leave only after their commit. While a commit
 * runs, what comes waits and goes into the next group.
 */
public final class Ledger implements SwitchListener, AutoCloseable {
  private static final Message WAKE = new Message.Asked(() -> {});
  private static final int INBOX = 65_536;
  private static final int MAX_GROUP = 4_096;
  private static final long URGENT_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
  private static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final LedgerStore store;
  private final Clock clock;
  private final Mailboxes mailboxes;
  private final Story story;
  private final LedgerWatch watch;
  private final Committer committer;
  private final CardFirst orders;
  private final BlockingQueue<Message> inbox = new ArrayBlockingQueue<>(INBOX);
  // what its own thread puts in: it must never wait for room that only it can make
  private final List<Message> own = new ArrayList<>();
  // failures of orders: whoever tells of one may hold what the ledger's thread waits for, so it never
  // waits for room; there are no more of them than orders
  private final Queue<Message> failures = new ConcurrentLinkedQueue<>();
  private long position;
  private long lastFlush;
  private long lastTurn;
  private long lastCommitNanos;
  private volatile @Nullable Thread thread;
  private volatile boolean stopping;
  private volatile @Nullable String trouble;
  private volatile int live;
  private volatile @Nullable Fault stopped;

  public Ledger(
      LedgerStore store, Story story, SwitchBoard switches, Tables tables, Clock clock, Ids ids,
      LedgerWatch watch) {
    this.store = store;
    this.clock = clock;
    this.story = story;
    this.watch = watch;
    this.committer = new Committer(store, clock, watch, text -> trouble = text, () -> stopping);
    this.orders = new CardFirst(story, clock, watch, effect -> order(switches, effect));
    this.mailboxes =
        new Mailboxes(
            story, tables, clock, ids, watch, work -> put(new Message.Asked(work)));
  }

  private sealed interface Message {
    record Told(SwitchSignal signal) implements Message {}

    record Asked(Runnable work, Consumer<Fault> refuse) implements Message {
      Asked(Runnable work) {
        this(work, stopped -> {});
      }
    }
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
    Thread own = Thread.ofPlatform().name("ledger-0").unstarted(this::run);
    thread = own;
    own.start();
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
                mailboxes
                    .batch()
                    .answers
                    .add(
                        new Batch.Answer(
                            () -> answer.complete(result), answer::completeExceptionally));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            },
            answer::completeExceptionally));
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
    if (Thread.currentThread() == thread) {
      own.add(message);
      return;
    }
    try {
      while (!refused(message)) {
        if (inbox.offer(message, 100, TimeUnit.MILLISECONDS)) {
          refuseLate(message);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean refused(Message message) {
    Fault end = stopped;
    if (end != null && message instanceof Message.Asked asked) {
      asked.refuse().accept(end);
    }
    return end != null;
  }

  /** The ledger stopped while the message went in: nobody will take it. */
  private void refuseLate(Message message) {
    if (stopped != null && inbox.remove(message)) {
      refused(message);
    }
  }

  private void run() {
    try {
      while (!stopping || !inbox.isEmpty() || !failures.isEmpty()) {
        turn();
      }
      flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Fault fault) {
      stop(fault);
    } catch (RuntimeException e) {
      stop(new Fault.Bug("The ledger stopped: see the log.", e));
    }
  }

  private void takeFailures(List<Message> into) {
    for (Message one = failures.poll(); one != null; one = failures.poll()) {
      into.add(one);
    }
  }

  private void turn() throws InterruptedException {
    List<Message> group = new ArrayList<>(own);
    own.clear();
    takeFailures(group);
    Message first = inbox.poll(group.isEmpty() ? patience() : 0, TimeUnit.NANOSECONDS);
    if (first != null) {
      gather();
      group.add(first);
      inbox.drainTo(group, MAX_GROUP);
    }
    take(group);
    orders.due();
    if (flushDue()) {
      flush();
    }
  }

  /** What comes close together is taken together: a wake-up for each would cost more than its work. */
  private void gather() {
    long left = lastTurn + GATHER_NANOS - clock.nanos();
    if (left > 0 && left <= GATHER_NANOS) {
      LockSupport.parkNanos(left);
    }
    lastTurn = clock.nanos();
  }

  /** What was not committed is not told to anybody, and nothing more is taken. */
  private void stop(Fault why) {
    trouble = why.getMessage();
    stopped = why;
    if (!stopping) {
      watch.bug("The ledger stopped and takes nothing any more.", why);
    }
    for (Message left = inbox.poll(); left != null; left = inbox.poll()) {
      refused(left);
    }
    mailboxes.batch().answers.forEach(answer -> answer.refused().accept(why));
  }

  /** Takes everything that waits and commits it, on the caller's thread: for tests. */
  public void step() {
    try {
      do {
        List<Message> group = new ArrayList<>();
        takeFailures(group);
        inbox.drainTo(group);
        take(group);
        orders.due();
        flush();
      } while (!inbox.isEmpty() || !failures.isEmpty());
    } catch (Fault fault) {
      stop(fault);
    }
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
    long untilTimer = Math.min(mailboxes.nanosToNextTimer(), orders.nanosToNext());
    if (mailboxes.batch().empty()) {
      return Math.min(untilTimer, TimeUnit.SECONDS.toNanos(1));
    }
    return Math.clamp(lastFlush + pace() - clock.nanos(), 0, untilTimer);
  }

  private boolean flushDue() {
    return !mailboxes.batch().empty() && clock.nanos() - lastFlush >= pace();
  }

  /** A database that takes long is asked less often, so that more goes into each group. */
  private long pace() {
    return mailboxes.batch().urgent()
        ? Math.clamp(2 * lastCommitNanos, URGENT_NANOS, CALM_NANOS)
        : CALM_NANOS;
  }

  private void flush() {
    Batch batch = mailboxes.batch();
    if (batch.empty()) {
      return;
    }
    long from = position;
    long to = from + batch.entries.size();
    LedgerStore.Flush rows =
        batch.flush(from, to, mailboxes.start(), mailboxes.agents());
    long began = clock.nanos();
    if (!rows.empty()) {
      committer.commit(rows);
    }
    lastCommitNanos = clock.nanos() - began;
    position = to;
    if (rows.recordings().stream().anyMatch(row -> !row.state().equals("WRITING"))) {
      watch.recorded();
    }
    lastFlush = clock.nanos();
    mailboxes.nextBatch();
    release(batch);
  }

  /** It is committed: whatever goes wrong in telling it must not stop the ledger. */
  private void release(Batch batch) {
    List<CallId> closed = mailboxes.closeFinished(batch.calls.values());
    guarded("tell the desks", () -> story.committed(batch.calls.values(), closed, batch.agents));
    guarded("tell who ended", () -> closed.stream().map(batch.calls::get).forEach(watch::ended));
    live = mailboxes.calls().size();
    for (Effect effect : batch.effects) {
      guarded("order to a switch", () -> orders.order(effect));
    }
    for (Batch.Answer answer : batch.answers) {
      guarded("answer", answer.done());
    }
  }

  /** Also on the thread of a desk's writer. */
  private void order(SwitchBoard switches, Effect effect) {
    try {
      switches.perform(effect, this::failed);
    } catch (RuntimeException e) {
      watch.bug("Could not order " + effect, e);
    }
  }

  private void guarded(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      watch.bug("Could not " + what, e);
    }
  }

  private void failed(Effect effect, Fault fault) {
    failures.add(new Message.Asked(() -> mailboxes.failed(effect, fault)));
    if (Thread.currentThread() != thread) {
      inbox.offer(WAKE);
    }
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
