package io.cordboard.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.routing.Policy.Waiting;
import io.cordboard.kernel.CallId;
import io.cordboard.testkit.Seeded;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private static CallId call(int n) {
    return new CallId(new UUID(1, n));
  }

  private static Waiting waiting(int n, int second, boolean front, int priority) {
    return new Waiting(call(n), "care", second * 1_000_000L, front, priority);
  }

  private static WaitingRoom room(Waiting... all) {
    WaitingRoom room = new WaitingRoom();
    for (Waiting waiting : all) {
      room.set(waiting.call(), waiting);
    }
    return room;
  }

  @Test
  void theHigherLevelGoesFirstAndAmongEqualsTheOlderAndTheFrontBeforeAll() {
    WaitingRoom room =
        room(
            waiting(1, 1000, false, 0), waiting(2, 1100, false, 2), waiting(3, 1050, false, 2),
            waiting(4, 1200, true, 0), waiting(5, 1010, false, 1));
    assertThat(room.turn("care")).extracting(Waiting::call)
        .containsExactly(call(4), call(3), call(2), call(5), call(1));
  }

  @Test
  void aLevelIsWorthFiveMinutesSoNobodyIsOvertakenForEver() {
    WaitingRoom room =
        room(waiting(1, 1000, false, 0), waiting(2, 1299, false, 1), waiting(3, 1301, false, 1));
    assertThat(room.turn("care")).extracting(Waiting::call)
        .containsExactly(call(2), call(1), call(3));
  }

  @Test
  void itSaysWhyItIsACallsTurn() {
    Waiting plain = waiting(1, 1000, false, 0);
    Waiting later = waiting(2, 1010, false, 3);
    assertThat(room(plain, later).why(later)).containsExactly("line-priority=3", "overtook=1");
    assertThat(room(plain, later).why(plain)).containsExactly("first-that-can-be-taken");
    assertThat(room(plain).why(plain)).containsExactly("longest-waiting");
    Waiting front = waiting(3, 1020, true, 0);
    assertThat(room(plain, front).why(front)).containsExactly("front-of-queue");
  }

  @Test
  void theLongestWaitIsThatOfAnyCallWhateverItsTurn() {
    Seeded.forAll(
        500,
        random -> {
          WaitingRoom room = new WaitingRoom();
          Map<CallId, Waiting> truth = new HashMap<>();
          for (int i = random.between(0, 30); i > 0; i--) {
            CallId call = new CallId(new UUID(1, random.between(0, 9)));
            Waiting now =
                random.chance(0.3)
                    ? null
                    : new Waiting(call, "care", random.between(1, 50), random.chance(0.3),
                        random.between(0, 9));
            room.set(call, now);
            truth.put(call, now);
          }
          truth.values().removeIf(waiting -> waiting == null);
          assertThat(room.longestSince("care"))
              .isEqualTo(truth.values().stream().mapToLong(Waiting::since).min().orElse(0));
          assertThat(room.size("care")).isEqualTo(truth.size());
        });
  }
}
