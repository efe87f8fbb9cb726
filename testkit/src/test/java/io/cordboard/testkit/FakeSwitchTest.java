package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.Mixing;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeSwitchTest {
  private final HandClock clock = new HandClock();
  private final FakeSwitch fake = new FakeSwitch("fake", clock);
  private final SignalLog log = new SignalLog();

  @Test
  void writesCommandsDownInOrder() {
    LegKey leg = fake.leg("c1");
    Await.done(fake.answer(leg));
    Await.done(fake.join("b1", leg));
    Await.done(fake.hangUp(leg, HangUp.NORMAL));

    assertThat(fake.commands())
        .containsExactly(
            new SwitchCommand.Answer(leg),
            new SwitchCommand.Join("b1", leg),
            new SwitchCommand.HangUp(leg, HangUp.NORMAL));
    assertThat(fake.await(SwitchCommand.Join.class).bridge()).isEqualTo("b1");
  }

  @Test
  void aPlanIsForTheNextCommandOfItsKindOnly() {
    LegKey leg = fake.leg("c1");
    fake.next(SwitchCommand.Answer.class).fails(new Fault.Refused("No."));

    Await.done(fake.ring(leg));
    assertThat(Await.failed(fake.answer(leg), Fault.Refused.class)).hasMessage("No.");
    Await.done(fake.answer(leg));
  }

  @Test
  void anAnswerMayComeLaterOrNever() {
    var later = fake.next(SwitchCommand.Answer.class);
    fake.next(SwitchCommand.Ring.class).staysUnanswered();

    var stage = fake.answer(fake.leg("c1")).toCompletableFuture();
    assertThat(stage).isNotDone();
    later.succeeds();
    assertThat(stage).isCompleted();
    assertThat(fake.ring(fake.leg("c1")).toCompletableFuture()).isNotDone();
  }

  @Test
  void tellsWhatTheTestSays() {
    fake.start(log);
    fake.linkUp();
    LegKey leg = fake.arrives("c1", "+8613800138000", "4008001234");

    assertThat(log.await(LinkUp.class).epoch()).isEqualTo(1);
    assertThat(log.event(leg, LegArrived.class).claims().from()).isEqualTo("+8613800138000");
    fake.restart();
    assertThat(fake.leg("c1")).isNotEqualTo(leg);
  }

  @Test
  void refusesWhatItDoesNotDeclare() {
    FakeSwitch small = new FakeSwitch("small", clock, Set.of(Capability.LEG_CONTROL));
    assertThat(small.as(LegControl.class)).isSameAs(small);
    assertThatThrownBy(() -> small.as(Mixing.class))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("small")
        .hasMessageContaining("mixing");
  }

  @Test
  void givesTwoTracksToFetch(@TempDir Path directory) {
    var tracks = Await.done(fake.fetch("r1", directory));
    Wav says = Wav.read(tracks.says());
    Wav hears = Wav.read(tracks.hears());
    assertThat(says.samples()).hasSameSizeAs(hears.samples());
    assertThat(says.energy()).isGreaterThan(1000);
  }
}
