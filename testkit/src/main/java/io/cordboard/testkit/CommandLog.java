package io.cordboard.testkit;

import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The commands a {@link FakeSwitch} received, and the answers planned for the next ones. */
public final class CommandLog {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<SwitchCommand> commands = new ArrayList<>();
  private final List<Plan> plans = new ArrayList<>();

  CommandLog() {}

  /** What becomes of one command. Until the test says more, it is not answered. */
  public static final class Plan {
    private final Class<? extends SwitchCommand> kind;
    private final CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();

    private Plan(Class<? extends SwitchCommand> kind) {
      this.kind = kind;
    }

    /** It fails with this, now or, when it was given already, at this moment. */
    public Plan fails(Fault fault) {
      answer.completeExceptionally(fault);
      return this;
    }

    /** It succeeds, now or, when it was given already, at this moment. */
    public Plan succeeds() {
      answer.complete(null);
      return this;
    }

    /** It is never answered. */
    public void staysUnanswered() {
      // which is what a plan does by itself; a test reads better with the word
    }
  }

  Plan next(Class<? extends SwitchCommand> kind) {
    lock.lock();
    try {
      Plan plan = new Plan(kind);
      plans.add(plan);
      return plan;
    } finally {
      lock.unlock();
    }
  }

  CompletionStage<@Nullable Void> take(SwitchCommand command) {
    lock.lock();
    try {
      commands.add(command);
      more.signalAll();
      Plan plan = planFor(command);
      return plan == null ? CompletableFuture.completedFuture(null) : plan.answer;
    } finally {
      lock.unlock();
    }
  }

  List<SwitchCommand> all() {
    lock.lock();
    try {
      return List.copyOf(commands);
    } finally {
      lock.unlock();
    }
  }

  void forget() {
    lock.lock();
    try {
      commands.clear();
    } finally {
      lock.unlock();
    }
  }

  <C extends SwitchCommand> C await(Class<C> kind, Predicate<? super C> wished) {
    long left = Await.limit().toNanos();
    lock.lock();
    try {
      while (left > 0) {
        var found =
            commands.stream().filter(kind::isInstance).map(kind::cast).filter(wished).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        left = more.awaitNanos(left);
      }
      throw new AssertionError(
          "Waited %s for a command %s. Given were: %s"
              .formatted(Await.limit(), kind.getSimpleName(), commands));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + kind.getSimpleName(), stopped);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Plan planFor(SwitchCommand command) {
    for (Iterator<Plan> waiting = plans.iterator(); waiting.hasNext(); ) {
      Plan plan = waiting.next();
      if (plan.kind.isInstance(command)) {
        waiting.remove();
        return plan;
      }
    }
    return null;
  }
}
