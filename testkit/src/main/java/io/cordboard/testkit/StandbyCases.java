package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.StandbyPlan;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.testkit.SwitchHarness.Able;
import org.junit.jupiter.api.Test;

/** A switch looks for an agent by itself while nobody commands it. */
interface StandbyCases {
  SwitchRig rig();

  @Test
  default void whoCallsASwitchThatNobodyCommandsIsServedByADeviceOfThePlan() {
    needsStandby();
    String device = rig().device(0);
    prepare(rig().plan(device));
    rig().harness().leaveAlone();
    assertThat(rung()).isEqualTo(device);
    rig().harness().liftAlone();
    rig().harness().hangUpAlone();
  }

  @Test
  default void aLaterPlanTakesThePlaceOfTheOneBefore() {
    needsStandby();
    prepare(rig().plan(rig().device(0)));
    String second = rig().device(1);
    prepare(rig().plan(second));
    rig().harness().leaveAlone();
    assertThat(rung()).isEqualTo(second);
  }

  @Test
  default void aPlanThatCannotBeKeptIsRefusedAndTheOneBeforeHolds() {
    needsStandby();
    String device = rig().device(0);
    prepare(rig().plan(device));
    for (String no : new String[] {"", "+", "abc", "4008001234\nexten => x", "😀"}) {
      StandbyPlan wrong = rig().planOf(no, device);
      assertThatThrownBy(() -> prepare(wrong)).as(no).isInstanceOf(Fault.BadRequest.class);
    }
    rig().harness().leaveAlone();
    assertThat(rung()).isEqualTo(device);
  }

  @Test
  default void thePlanOutlivesARestartOfTheSwitch() {
    needsStandby();
    rig().needs(Able.RESTART);
    String device = rig().device(0);
    prepare(rig().plan(device));
    int mark = rig().log().mark();
    rig().harness().restart();
    rig().log().awaitFrom(mark, LinkUp.class, any -> true);
    rig().harness().register(device, true);
    rig().harness().leaveAlone();
    assertThat(rung()).isEqualTo(device);
  }

  private String rung() {
    rig().harness().callAlone(rig().freshNumber(), rig().harness().line());
    return rig().harness().rungAlone();
  }

  private void prepare(StandbyPlan plan) {
    Await.done(rig().standby().prepare(plan));
  }

  private void needsStandby() {
    rig().needs(Capability.STANDBY);
    rig().needs(Able.DEVICES, Able.ALONE);
  }
}
