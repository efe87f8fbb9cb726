package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.kernel.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/** Callers whom we do not know, and another system does. */
class KnownElsewhereTest {
  private final Floor floor = new Floor();
  private final List<PhoneNumber> asked = new ArrayList<>();
  private final CompletableFuture<Boolean> answer = new CompletableFuture<>();

  @BeforeEach
  void join() {
    floor.cards.unknown = true;
    floor.journeys.askElsewhere(
        number -> {
          asked.add(number);
          return answer;
        });
    floor.link().ready(ANN);
  }

  private void answers(boolean known) {
    floor.cards.unknown = !known;
    answer.complete(known);
    floor.step();
  }

  private @Nullable String shown() {
    return floor.told.get(ANN).stream()
        .filter(DeskMessage.CallChanged.class::isInstance)
        .map(DeskMessage.CallChanged.class::cast)
        .reduce((first, second) -> second)
        .map(changed -> changed.card() == null ? null : changed.card().name())
        .orElse(null);
  }

  @Test
  void theRingDoesNotWaitForTheOtherSystem() {
    floor.arrives(PLAIN);
    assertThat(floor.phase(ANN)).isEqualTo(Phase.RINGING);
    assertThat(shown()).isNull();
    assertThat(asked).containsExactly(new PhoneNumber(Floor.CALLER));
  }

  @Test
  void theCardIsFilledInWhenTheAnswerComes() {
    floor.arrives(PLAIN);
    answers(true);
    assertThat(shown()).isEqualTo("王小明");
    assertThat(floor.phase(ANN)).isEqualTo(Phase.RINGING);
  }

  @Test
  void nobodyThereEitherLeavesTheCallerNew() {
    floor.arrives(PLAIN);
    answers(false);
    assertThat(shown()).isNull();
  }

  @Test
  void anAnswerThatComesAfterTheCallChangesNothing() {
    floor.hangsUp(floor.arrives(PLAIN));
    answers(true);
    assertThat(floor.store.calls.values()).singleElement()
        .satisfies(record -> assertThat(record.outcome()).isEqualTo("ABANDONED"));
    assertThat(floor.bugs).isEmpty();
  }

  @Test
  void whomWeKnowNobodyElseIsAskedFor() {
    floor.cards.unknown = false;
    floor.arrives(PLAIN);
    assertThat(asked).isEmpty();
  }
}
