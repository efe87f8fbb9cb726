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
                    : new Waiting(call, "care", random.between(1, 50), random.chance(0.3));
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
