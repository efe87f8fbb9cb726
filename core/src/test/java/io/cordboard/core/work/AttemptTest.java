package io.cordboard.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.work.WorkHandler.Found;
import io.cordboard.core.work.WorkHandler.Lease;
import io.cordboard.core.work.WorkStore.Settled;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.HandClock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptTest {
  private final HandClock clock = new HandClock();
  private final Attempt attempt = new Attempt(clock, new SplittableRandom(1));
  private final Script handler = new Script();
  private boolean held = true;

  @Test
  void freshWorkIsDoneWithoutALook() {
    assertThat(at(false)).isInstanceOf(Settled.Done.class);
    assertThat(handler.calls).containsExactly("run");
  }

  @Test
  void workInDoubtIsLookedUpFirst() {
    handler.found = Found.NOT_DONE;
    assertThat(at(true)).isInstanceOf(Settled.Done.class);
    assertThat(handler.calls).containsExactly("lookUp", "run");
  }

  @Test
  void workThatTurnsOutToBeDoneIsNotRepeated() {
    handler.found = Found.DONE;
    assertThat(at(true)).isInstanceOf(Settled.Done.class);
    assertThat(handler.calls).containsExactly("lookUp");
  }

  @Test
  void whatCannotBeToldStaysInDoubt() {
    handler.found = Found.UNKNOWN;
    assertThat(again(true).inDoubt()).isTrue();
    assertThat(handler.calls).containsExactly("lookUp");
  }

  @Test
  void aLookThatFailedLeavesTheDoubt() {
    handler.lookFault = new Fault.Unreachable("away", null);
    assertThat(again(true).inDoubt()).isTrue();
  }

  @Test
  void afterAnUnknownOutcomeThereIsDoubt() {
    handler.runFault = new Fault.OutcomeUnknown("no answer", null);
    assertThat(again(false).inDoubt()).isTrue();
  }

  @Test
  void afterACertainFailureThereIsNoDoubt() {
    handler.runFault = new Fault.Unreachable("away", null);
    Settled.Again again = again(false);
    assertThat(again.inDoubt()).isFalse();
    assertThat(again.reason()).isEqualTo("Unreachable: away");
  }

  @Test
  void afterAMistakeOfOursThereIsDoubt() {
    handler.runFault = new IllegalStateException("after the effect");
    Settled.Again again = again(false);
    assertThat(again.inDoubt()).isTrue();
    assertThat(again.reason()).contains("IllegalStateException").contains("after the effect");
  }

  @Test
  void evenAnErrorIsSettled() {
    handler.runFault = new StackOverflowError();
    assertThat(again(false).reason()).contains("StackOverflowError");
  }

  @Test
  void withoutTheLeaseNothingIsBegun() {
    held = false;
    assertThat(again(false).inDoubt()).isTrue();
    assertThat(handler.calls).isEmpty();
  }

  @Test
  void theHandlerHearsThatAnItemDies() {
    handler.runFault = new Fault.Refused("no");
    assertThat(at(false)).isInstanceOf(Settled.Dead.class);
    assertThat(handler.calls).containsExactly("run", "gaveUp no");
  }

  @Test
  void anItemDoesNotDieUnnoticed() {
    handler.runFault = new Fault.Refused("no");
    handler.gaveUpFault = new Fault.Unreachable("the database is away", null);
    assertThat(at(false)).isInstanceOf(Settled.Again.class);
  }

  private Settled.Again again(boolean inDoubt) {
    return (Settled.Again) at(inDoubt);
  }

  private Settled at(boolean inDoubt) {
    WorkItem item = new WorkItem(1, "k", "a", "i", "", 1, inDoubt, 1, 1);
    Lease lease = () -> held;
    return attempt.at(item, handler, lease);
  }

  private static final class Script implements WorkHandler {
    final List<String> calls = new ArrayList<>();
    Found found = Found.UNKNOWN;
    @Nullable RuntimeException lookFault;
    @Nullable Throwable runFault;
    @Nullable RuntimeException gaveUpFault;

    @Override
    public String kind() {
      return "k";
    }

    @Override
    public void run(WorkItem item, Lease lease) {
      calls.add("run");
      switch (runFault) {
        case null -> {}
        case RuntimeException fault -> throw fault;
        case Error error -> throw error;
        default -> throw new AssertionError(runFault);
      }
    }

    @Override
    public Found lookUp(WorkItem item) {
      calls.add("lookUp");
      if (lookFault != null) {
        throw lookFault;
      }
      return found;
    }

    @Override
    public void gaveUp(WorkItem item, Fault last) {
      calls.add("gaveUp " + last.getMessage());
      if (gaveUpFault != null) {
        throw gaveUpFault;
      }
    }
  }
}
