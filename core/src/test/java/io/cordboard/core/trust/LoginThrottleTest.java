package io.cordboard.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.testkit.HandClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private final HandClock clock = new HandClock();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  @Test
  void aFewAttemptsAreFreeThenTheWaitDoublesUpToAMinute() {
    long[] waits = new long[13];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = waitAndBegin("alice", address("10.0.0." + i));
    }
    assertThat(waits).containsExactly(0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60);
  }

  @Test
  void anAttemptThatComesTooEarlyIsNotCounted() {
    fail("alice", 5);
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> throttle.begin("alice", address("10.0.0.1")))
          .isInstanceOf(Fault.Busy.class);
    }
    clock.advance(Duration.ofSeconds(1));
    assertThatCode(() -> throttle.begin("alice", address("10.0.0.1"))).doesNotThrowAnyException();
  }

  @Test
  void theFaultSaysWhenToComeBack() {
    fail("alice", 6);
    assertThatThrownBy(() -> throttle.begin("Alice", address("10.0.0.1")))
        .isInstanceOfSatisfying(
            Fault.Busy.class, b -> assertThat(b.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
  }

  @Test
  void guessesThatBeginAtOnceAreAllCounted() {
    // nobody has told yet whether the first five were right
    for (int i = 0; i < 5; i++) {
      throttle.begin("alice", address("10.0.0." + i));
    }
    assertThatThrownBy(() -> throttle.begin("alice", address("10.0.0.9")))
        .isInstanceOf(Fault.Busy.class);
  }

  @Test
  void theRightPasswordGivesTheNameAFreshStart() {
    fail("alice", 5);
    clock.advance(Duration.ofSeconds(1));
    throttle.begin("alice", address("10.0.0.1"));
    throttle.succeeded("alice", address("10.0.0.1"));
    for (int i = 0; i < 5; i++) {
      assertThat(waitAndBegin("alice", address("10.0.0.1"))).isZero();
    }
  }

  @Test
  void oneGoodPasswordBuysNoGuessesAtOthers() {
    InetAddress from = address("10.0.0.1");
    for (int i = 0; i < 20; i++) {
      throttle.begin("victim" + i, from);
      if (i % 4 == 0) {
        throttle.begin("mallory", from);
        throttle.succeeded("mallory", from);
      }
    }
    assertThatThrownBy(() -> throttle.begin("victim99", from)).isInstanceOf(Fault.Busy.class);
  }

  @Test
  void whoSignedInHereBeforeIsNotLockedOutByGuessesFromElsewhere() {
    signIn("alice", "10.0.0.1");
    fail("alice", 12);
    assertThatCode(() -> throttle.begin("alice", address("10.0.0.1"))).doesNotThrowAnyException();
  }

  @Test
  void aGuesserInTheOfficeLocksNoColleagueOut() {
    signIn("alice", "10.0.0.1");
    for (int i = 0; i < 20; i++) {
      throttle.begin("name" + i, address("10.0.0.1"));
    }
    assertThatThrownBy(() -> throttle.begin("bob", address("10.0.0.1")))
        .isInstanceOf(Fault.Busy.class);
    assertThatCode(() -> throttle.begin("alice", address("10.0.0.1"))).doesNotThrowAnyException();
  }

  @Test
  void whereSomebodySignedInBeforeGuessesAreSlowedDownToo() {
    signIn("alice", "10.0.0.1");
    long[] waits = new long[7];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = waitAndBegin("alice", address("10.0.0.1"));
    }
    assertThat(waits).containsExactly(0, 0, 0, 0, 0, 1, 2);
  }

  private void signIn(String name, String from) {
    throttle.begin(name, address(from));
    throttle.succeeded(name, address(from));
  }

  @Test
  void anAddressOfIpv6CountsAsItsNetwork() {
    for (int i = 0; i < 20; i++) {
      throttle.begin("user" + i, address("2001:db8:1:2::" + (i + 1)));
    }
    assertThatThrownBy(() -> throttle.begin("u", address("2001:db8:1:2:ffff::1")))
        .isInstanceOf(Fault.Busy.class);
    assertThatCode(() -> throttle.begin("u", address("2001:db8:1:3::1")))
        .doesNotThrowAnyException();
  }

  @Test
  void otherNamesFromOtherAddressesAreNotSlowedDown() {
    fail("alice", 9);
    assertThat(waitAndBegin("bob", address("10.0.1.1"))).isZero();
  }

  @Test
  void itForgetsAfterAWhile() {
    fail("alice", 5);
    clock.advance(Duration.ofMinutes(5));
    for (int i = 0; i < 5; i++) {
      assertThat(waitAndBegin("alice", address("10.0.2." + i))).isZero();
    }
  }

  @Test
  void aMillionNamesTakeNoMoreMemoryThanTenThousand() {
    for (int i = 0; i < 1_000_000; i++) {
      throttle.begin(
          "user" + i, address("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)));
    }
    assertThat(throttle.size()).isEqualTo(2 * LoginThrottle.MAX_KEYS);
  }

  private void fail(String name, int times) {
    for (int i = 0; i < times; i++) {
      waitAndBegin(name, address("10.9." + i + ".1"));
    }
  }

  private long waitAndBegin(String name, InetAddress from) {
    try {
      throttle.begin(name, from);
      return 0;
    } catch (Fault.Busy busy) {
      clock.advance(busy.retryAfter());
      throttle.begin(name, from);
      return busy.retryAfter().toSeconds();
    }
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException never) {
      throw new AssertionError(never);
    }
  }
}
