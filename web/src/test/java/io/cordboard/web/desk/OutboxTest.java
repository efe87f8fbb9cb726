package io.cordboard.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final SlowWire wire = new SlowWire();
  private final AtomicInteger ended = new AtomicInteger();
  private final Outbox.Figures figures = new Outbox.Figures();
  private final Outbox outbox = new Outbox(wire, figures, ended::incrementAndGet);

  private static final class SlowWire implements Wire {
    private final CountDownLatch ready = new CountDownLatch(1);
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile int closed;

    @Override
    public void text(String frame) {
      try {
        ready.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      sent.add(frame);
    }

    @Override
    public void ping() {
      sent.add("ping");
    }

    @Override
    public void close(int code, String reason) {
      closed = code;
    }
  }

  @Test
  void framesAreSentInOrder() {
    outbox.start("test");
    wire.ready.countDown();
    for (int i = 0; i < 100; i++) {
      String frame = "frame " + i;
      outbox.put(() -> frame);
    }
    Await.until("all", () -> wire.sent.size() == 100);
    assertThat(wire.sent).startsWith("frame 0", "frame 1").endsWith("frame 98", "frame 99");
  }

  @Test
  void whoAsksIsToldWhenEverythingBeforeWasSentAndNotEarlier() {
    outbox.start("test");
    AtomicInteger sentThen = new AtomicInteger(-1);
    outbox.put(() -> "first");
    outbox.put(() -> "second");
    outbox.whenSent(() -> sentThen.set(wire.sent.size()));
    assertThat(sentThen).hasValue(-1);
    wire.ready.countDown();
    Await.until("told", () -> sentThen.get() == 2);
  }

  @Test
  void aSlowDeskHoldsUpNobodyAndIsClosedWhenTooMuchWaits() {
    outbox.start("test");
    // returns although nothing is taken: the sender is never held up
    for (int i = 0; i < 10_000; i++) {
      outbox.put(() -> "frame");
    }
    wire.ready.countDown();
    Await.until("closed", () -> wire.closed == Outbox.TRY_AGAIN);
    assertThat(wire.sent).hasSizeLessThanOrEqualTo(1);
    assertThat(figures.slow().sum()).isEqualTo(1);
    assertThat(ended).hasValue(1);
  }

  @Test
  void aFrameThatCannotBeMadeClosesTheConnection() {
    outbox.start("test");
    outbox.put(
        () -> {
          throw new IllegalStateException("not JSON");
        });
    Await.until("closed", () -> wire.closed == Outbox.TRY_AGAIN);
    assertThat(ended).hasValue(1);
  }

  @Test
  void closingDropsWhatWaitsAndSaysWhy() {
    outbox.start("test");
    outbox.put(() -> "first");
    outbox.put(() -> "second");
    outbox.close(4401, "signed out");
    wire.ready.countDown();
    Await.until("closed", () -> wire.closed == 4401);
    assertThat(wire.sent).doesNotContain("second");
  }
}
