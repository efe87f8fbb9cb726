package io.cordboard.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CustomerId;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final CustomerId CUSTOMER = new CustomerId(UUID.randomUUID());

  @Test
  void endsWhenTheLastOfItsCallsIsOver() {
    AtomicInteger live = new AtomicInteger();
    Traffic traffic =
        new Traffic(
            new SplittableRandom(7),
            () -> {
              live.incrementAndGet();
              return new PoppedCall("+8613600000001", CUSTOMER);
            },
            live::getAndDecrement);
    Period period = traffic.play(200, 1);
    assertThat(period.offered()).isGreaterThan(100);
    assertThat(live.get()).isNotPositive();
  }

  @Test
  void countsTheFirstCardOnlyAndKnowsAWrongOne() {
    PoppedCall right = new PoppedCall("+8613600000001", CUSTOMER);
    right.arrived(1_000_000);
    right.popped(CUSTOMER.toString(), 3_000_000);
    right.popped(CUSTOMER.toString(), 9_000_000);
    PoppedCall wrong = new PoppedCall("+8613600000002", CUSTOMER);
    wrong.popped(new CustomerId(UUID.randomUUID()).toString(), 9_000_000);
    PoppedCall missing = new PoppedCall("+8613600000003", CUSTOMER);
    Period period = new Period();
    period.add(right);
    period.add(wrong);
    period.add(missing);
    assertThat(period.figures().get("offered").asInt()).isEqualTo(3);
    assertThat(period.figures().get("delivered").asInt()).isEqualTo(1);
    assertThat(period.figures().get("wrongCustomer").asInt()).isEqualTo(1);
    assertThat(period.figures().get("p99Millis").asDouble()).isEqualTo(2.0);
  }
}
