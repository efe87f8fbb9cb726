package io.cordboard.core.journey;

import io.cordboard.kernel.CallEvent;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.Happened;
import io.cordboard.spi.telephony.SwitchSignal.LinkDown;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The link between a switch and Cordboard. While it is {@link #rough} it loses signals, repeats them
 * (also long afterwards) and lets them overtake each other; never over a {@code LinkUp}, before which
 * everything is lost and after which everything is told.
 */
final class Wire {
  private final Seeded random;
  private final List<SwitchSignal> onTheWay = new ArrayList<>();
  private final List<SwitchSignal> old = new ArrayList<>();
  private boolean linked;
  boolean rough = true;

  Wire(Seeded random) {
    this.random = random;
  }

  boolean linked() {
    return linked;
  }

  boolean empty() {
    return onTheWay.isEmpty();
  }

  void tell(CallEvent event) {
    tell(new Happened(event));
  }

  void tell(SwitchSignal signal) {
    if (linked) {
      onTheWay.add(signal);
    }
  }

  void up(PlayedSwitch pbx) {
    linked = true;
    onTheWay.add(new LinkUp(PlayedSwitch.ID, pbx.epoch(), pbx.snapshot(), 0));
  }

  /** What was on the way is lost, or arrives just before. */
  void down(long at) {
    onTheWay.removeIf(signal -> random.chance(0.5));
    onTheWay.add(new LinkDown(PlayedSwitch.ID, at, "cut"));
    linked = false;
  }

  /** Nobody listens any more. */
  void cut() {
    onTheWay.clear();
    linked = false;
  }

  /** Hands over the next signals, at most so many. */
  void deliver(int most, Consumer<SwitchSignal> to) {
    for (int i = 0; i < most && !onTheWay.isEmpty(); i++) {
      SwitchSignal signal = onTheWay.remove(rough && random.chance(0.15) ? ahead() : 0);
      boolean link = signal instanceof LinkUp || signal instanceof LinkDown;
      if (link || !rough || !random.chance(0.02)) {
        to.accept(signal);
      }
      if (!link && rough) {
        old.add(signal);
        repeat(signal);
      }
    }
  }

  private int ahead() {
    int free = 0;
    while (free < onTheWay.size()
        && !(onTheWay.get(free) instanceof LinkUp)
        && !(onTheWay.get(free) instanceof LinkDown)) {
      free++;
    }
    return free == 0 ? 0 : random.nextInt(Math.min(free, 5));
  }

  private void repeat(SwitchSignal signal) {
    boolean event = signal instanceof Happened;
    if (event && random.chance(0.05)) {
      onTheWay.add(signal);
    } else if (linked && random.chance(0.03)) {
      SwitchSignal before = random.pick(old);
      if (before instanceof Happened) {
        onTheWay.add(before);
      }
    }
  }
}
