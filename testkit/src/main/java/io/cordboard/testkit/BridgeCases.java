package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.LegLeft;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.testkit.SwitchHarness.Able;
import org.junit.jupiter.api.Test;

/** Who can hear whom. */
interface BridgeCases {
  SwitchRig rig();

  @Test
  default void joinLeaveAndCloseMayBeRepeated() {
    needsCalls();
    LegKey leg = rig().talks();
    String bridge = rig().fresh("bridge");

    Await.done(rig().mixing().join(bridge, leg));
    Await.done(rig().mixing().join(bridge, leg));
    Await.done(rig().mixing().leave(bridge, leg));
    Await.done(rig().mixing().leave(bridge, leg));
    rig().log().event(leg, LegLeft.class);
    Await.done(rig().mixing().close(bridge));
    Await.done(rig().mixing().close(bridge));
    rig().end(leg);

    rig().assertOnce(leg, LegJoined.class, LegLeft.class);
    assertThat(rig().log().event(leg, LegJoined.class).bridge()).isEqualTo(bridge);
    assertThat(rig().log().event(leg, LegLeft.class).bridge()).isEqualTo(bridge);
  }

  @Test
  default void leavingNoBridgeAndClosingAnUnknownOneSucceed() {
    needsCalls();
    LegKey leg = rig().talks();
    Await.done(rig().mixing().leave(rig().fresh("bridge"), leg));
    Await.done(rig().mixing().close(rig().fresh("bridge")));
    rig().end(leg);
    assertThat(rig().log().events(leg, LegLeft.class)).isEmpty();
  }

  @Test
  default void aCallerAndADeviceMeetInABridge() {
    needsCalls();
    rig().needs(Capability.DIALLING);
    rig().needs(Able.DEVICES);
    String bridge = rig().fresh("bridge");
    LegKey caller = rig().talks();
    LegKey agent = rig().lifts(rig().device(0));

    Await.done(rig().control().musicOn(caller));
    Await.done(rig().mixing().join(bridge, caller));
    Await.done(rig().mixing().join(bridge, agent));
    rig().log().event(caller, LegJoined.class);
    rig().log().event(agent, LegJoined.class);
    rig().harness().callerHangsUp(caller);
    rig().log().event(caller, LegEnded.class);

    rig().end(agent);
    rig().assertOrder(agent, LegAnswered.class, LegJoined.class, LegEnded.class);
  }

  @Test
  default void aClosedBridgeLeavesItsLegsAlive() {
    needsCalls();
    rig().needs(Capability.DIALLING);
    rig().needs(Able.DEVICES);
    String bridge = rig().fresh("bridge");
    LegKey caller = rig().talks();
    LegKey agent = rig().lifts(rig().device(0));
    Await.done(rig().mixing().join(bridge, caller));
    Await.done(rig().mixing().join(bridge, agent));

    Await.done(rig().mixing().close(bridge));
    rig().log().event(caller, LegLeft.class);
    rig().log().event(agent, LegLeft.class);
    Await.done(rig().control().musicOn(caller));

    assertThat(rig().log().events(caller, LegEnded.class)).isEmpty();
    assertThat(rig().log().events(agent, LegEnded.class)).isEmpty();
    rig().end(caller);
    rig().end(agent);
  }

  @Test
  default void aLegMayGoFromOneBridgeToTheNextAndBack() {
    needsCalls();
    LegKey leg = rig().talks();
    String talk = rig().fresh("bridge");
    String other = rig().fresh("bridge");
    for (String bridge : new String[] {talk, other, talk}) {
      int mark = rig().log().mark();
      Await.done(rig().mixing().join(bridge, leg));
      rig().log().eventFrom(mark, LegJoined.class, joined -> joined.bridge().equals(bridge));
      Await.done(rig().mixing().leave(bridge, leg));
      rig().log().eventFrom(mark, LegLeft.class, left -> left.bridge().equals(bridge));
    }
    rig().end(leg);
  }

  @Test
  default void aLegThatJoinsAnotherBridgeLeavesTheOneItWasIn() {
    needsCalls();
    LegKey leg = rig().talks();
    String talk = rig().fresh("bridge");
    String other = rig().fresh("bridge");
    Await.done(rig().mixing().join(talk, leg));
    rig().log().event(leg, LegJoined.class);
    int mark = rig().log().mark();

    Await.done(rig().mixing().join(other, leg));
    rig().log().eventFrom(mark, LegLeft.class, left -> left.bridge().equals(talk));
    rig().log().eventFrom(mark, LegJoined.class, joined -> joined.bridge().equals(other));
    // late for the one it is not in any more: nothing happens
    Await.done(rig().mixing().leave(talk, leg));
    Await.done(rig().mixing().close(talk));
    rig().end(leg);

    assertThat(rig().log().events(leg, LegLeft.class))
        .extracting(LegLeft::bridge).startsWith(talk);
    assertThat(rig().log().events(leg, LegJoined.class))
        .extracting(LegJoined::bridge).containsExactly(talk, other);
  }

  @Test
  default void threeMeetInABridgeAndOneMayLeaveItForAnother() {
    needsCalls();
    rig().needs(Capability.DIALLING);
    rig().needs(Able.DEVICES);
    String talk = rig().fresh("bridge");
    String aside = rig().fresh("bridge");
    LegKey caller = rig().talks();
    LegKey first = rig().lifts(rig().device(0));
    LegKey second = rig().lifts(rig().device(1));
    Await.done(rig().mixing().join(talk, caller));
    Await.done(rig().mixing().join(talk, first));
    Await.done(rig().mixing().join(aside, second));
    rig().log().event(second, LegJoined.class);

    int mark = rig().log().mark();
    Await.done(rig().mixing().join(talk, second));
    rig().log().eventFrom(mark, LegJoined.class, joined -> joined.bridge().equals(talk));
    Await.done(rig().mixing().join(aside, first));
    rig().log().eventFrom(mark, LegJoined.class, joined -> joined.bridge().equals(aside));
    assertThat(rig().log().events(caller, LegLeft.class)).isEmpty();

    rig().end(first);
    rig().end(second);
    assertThat(rig().log().events(caller, LegEnded.class)).isEmpty();
    rig().end(caller);
  }

  private void needsCalls() {
    rig().needs(Capability.MIXING, Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
  }
}
