package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.SwitchSignal.EmergencyCall;
import io.cordboard.spi.telephony.SwitchSignal.LinkDown;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.SignalLog;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers outside, on a real Asterisk, beyond what every switch must do. */
class AsteriskOutsideTest {
  private AsteriskHarness harness;
  private AsteriskSwitch phone;
  private final SignalLog log = new SignalLog();
  private SipPhone trunk;
  private int made;

  @BeforeEach
  void startTheSwitch() throws IOException {
    harness = new AsteriskHarness();
    phone = harness.phone;
    phone.start(log);
    log.await(LinkUp.class);
    trunk = harness.trunk();
  }

  @AfterEach
  void closeIt() {
    trunk.close();
    phone.close();
    harness.close();
  }

  @Test
  void anAgentInTheSameBridgeHearsItRing() {
    LegKey agent = agent();
    LegKey leg = dials("+8613900000180", agent);
    log.event(leg, LegRinging.class);
    int before = harness.phones.heard.get();
    Await.until("the agent hears ringing", () -> harness.phones.heard.get() > before + 20);
    assertThat(harness.phones.heardTone).as("nobody speaks there").hasValue(0);
    trunk.lift(trunk.rings());
    log.event(leg, LegAnswered.class);
    assertThat(log.events(leg, LegEnded.class)).isEmpty();
  }

  @Test
  void anAgentHearsWhatTheNetworkSaysBeforeTheAnswer() {
    trunk.fates.put("+8613900000183", 183);
    LegKey agent = agent();
    LegKey leg = dials("+8613900000183", agent);
    log.event(leg, LegJoined.class);
    Await.until("the agent hears the network's own tone", () -> harness.phones.heardTone.get() > 20);
    assertThat(log.events(leg, LegAnswered.class)).isEmpty();
    trunk.lift(trunk.rings());
    log.event(leg, LegAnswered.class);
  }

  @Test
  void theTrunkIsTakenWithTheNumberInFullAndTheLineShown() {
    dials("+8613900000180", null);
    SipMessage invite = trunk.invite(trunk.rings());
    assertThat(invite.user()).isEqualTo("+8613900000180");
    assertThat(invite.header("From")).contains("4008001234");
  }

  @Test
  void aLineThatIsNotShownIsHiddenFromTheFarEnd() {
    Await.done(phone.dialOutside(order("+8613900000180", null, null)));
    SipMessage invite = trunk.invite(trunk.rings());
    assertThat(invite.header("From")).doesNotContain("4008001234").containsIgnoringCase("anonymous");
  }

  @Test
  void otherCountriesAreRefusedAndNothingIsDialled() {
    for (String abroad : new String[] {"+14155550123", "0014155550123", "01133123456789"}) {
      assertThat(Await.failed(phone.dialOutside(order(abroad, "4008001234", null)), Fault.Refused.class))
          .hasMessageContaining("--international yes");
    }
    assertThat(harness.real.get("/channels").items()).isEmpty();
  }

  @Test
  void anEmergencyNumberTakesTheDialplansOwnWay() {
    LegKey leg = dials("112", null);
    assertThat(log.await(EmergencyCall.class).number()).isEqualTo("112");
    trunk.lift(trunk.rings());
    log.event(leg, LegAnswered.class);
    Await.done(phone.hangUp(leg, HangUp.NORMAL));
    log.event(leg, LegEnded.class);
  }

  @Test
  void aNumberThatRingsWhileTheLinkIsLostIsStillThereAndMayAnswer() {
    LegKey agent = agent();
    LegKey leg = dials("+8613900000180", agent);
    log.event(leg, LegRinging.class);
    harness.breakLink();
    log.await(LinkDown.class);
    int mark = log.mark();
    harness.mendLink();
    LinkUp back = log.awaitFrom(mark, LinkUp.class, any -> true);
    assertThat(back.snapshot().legs())
        .anySatisfy(
            live -> {
              assertThat(live.leg()).isEqualTo(leg);
              assertThat(live.answered()).isFalse();
              assertThat(live.bridge()).isEqualTo("b");
            });
    trunk.lift(trunk.rings());
    log.event(leg, LegAnswered.class);
    Await.done(phone.hangUp(leg, HangUp.NORMAL));
    assertThat(log.event(leg, LegEnded.class).cause().side()).isEqualTo(Side.US);
  }

  private LegKey agent() {
    harness.register("1003", true);
    LegKey agent =
        Await.done(
            phone.dial(
                new DialOrder(
                    "a-" + UUID.randomUUID(), new CallId(UUID.randomUUID()), "1003", null, null, 30, false)));
    log.event(agent, LegRinging.class);
    harness.lift(agent, "1003");
    log.event(agent, LegAnswered.class);
    Await.done(phone.join("b", agent));
    return agent;
  }

  private LegKey dials(String number, @Nullable LegKey with) {
    return Await.done(phone.dialOutside(order(number, "4008001234", with)));
  }

  private OutsideOrder order(String number, @Nullable String shown, @Nullable LegKey with) {
    return new OutsideOrder(
        "x-%s-%d".formatted(UUID.randomUUID(), ++made),
        new CallId(UUID.randomUUID()),
        number,
        shown,
        30,
        with,
        with == null ? null : "b");
  }
}
