package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskMessage.CallChanged;
import io.cordboard.core.desk.DeskSink;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.testkit.SwitchCommand;
import io.cordboard.testkit.SwitchCommand.Dial;
import io.cordboard.testkit.SwitchCommand.HangUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The card is on its way to the desk before the switch is asked to ring the phone. */
class CardFirstTest {
  private final Floor floor = new Floor();
  private final SlowDesk page = new SlowDesk();

  /** Takes everything; it has been sent when the test says so. */
  private static final class SlowDesk implements DeskSink {
    private final List<DeskMessage> taken = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();

    @Override
    public void take(DeskMessage message) {
      taken.add(message);
    }

    @Override
    public void whenSent(Runnable then) {
      waiting.add(then);
    }

    private void sends() {
      List.copyOf(waiting).forEach(Runnable::run);
      waiting.clear();
    }

    private boolean hasTheCard() {
      return taken.stream()
          .anyMatch(
              message ->
                  message instanceof CallChanged changed
                      && changed.call().phase() == Phase.RINGING
                      && changed.card() != null);
    }
  }

  private void ready(SlowDesk... pages) {
    floor.link();
    for (SlowDesk one : pages) {
      floor.desk.attach(ANN, "c-" + one.hashCode(), one);
      floor.step();
    }
    floor.command(ANN, new DeskCommand.Ready());
  }

  private boolean rings() {
    return !floor.pbx.commands(Dial.class).isEmpty();
  }

  @Test
  void noPhoneRingsBeforeItsDeskWasSentTheCard() {
    ready(page);
    floor.arrives(PLAIN);
    assertThat(page.hasTheCard()).isTrue();
    floor.pass(Duration.ofMillis(149));
    assertThat(rings()).isFalse();
    page.sends();
    assertThat(rings()).isTrue();
    floor.pass(Duration.ofMillis(149));
    assertThat(floor.pbx.commands(Dial.class)).hasSize(1);
  }

  @Test
  void aDeskThatTakesNothingHoldsTheRingUpForAMomentOnly() {
    ready(page);
    floor.arrives(PLAIN);
    floor.pass(Duration.ofMillis(150));
    assertThat(rings()).isTrue();
    page.sends();
    assertThat(floor.pbx.commands(Dial.class)).hasSize(1);
  }

  @Test
  void everyPageOfTheAgentHasTheCardFirst() {
    SlowDesk other = new SlowDesk();
    ready(page, other);
    floor.arrives(PLAIN);
    page.sends();
    assertThat(rings()).isFalse();
    other.sends();
    assertThat(rings()).isTrue();
  }

  @Test
  void whoHangsUpBeforeTheRingLeavesNoPhoneThatRingsForNobody() {
    ready(page);
    LegKey customer = floor.arrives(PLAIN);
    floor.hangsUp(customer);
    page.sends();
    List<SwitchCommand> ordered =
        floor.pbx.commands().stream()
            .filter(command -> command instanceof Dial || command instanceof HangUp)
            .toList();
    assertThat(ordered.getFirst()).isInstanceOf(Dial.class);
    assertThat(ordered.getLast()).isInstanceOf(HangUp.class);
    assertThat(floor.pbx.commands(Dial.class)).hasSize(1);
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
  }

  @Test
  void anOrderThatFailsAtOnceHoldsNobodyUpWhenTheLedgerHasNoRoom() {
    ready(page);
    floor.arrives(PLAIN);
    floor.pbx.next(Dial.class).fails(new Fault.Unreachable("the link is away", null));
    for (int i = 0; i < 65_536; i++) {
      floor.ledger.on(new SwitchSignal.Unknown("pbx", "Noise", "{}"));
    }
    assertTimeoutPreemptively(Duration.ofSeconds(20), page::sends);
    assertThat(rings()).isTrue();
    floor.step();
    assertThat(floor.ledger.backlog()).isZero();
  }
}
