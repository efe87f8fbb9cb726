package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The telephony SPI as a test. Every adapter extends it by a class whose name ends in {@code
 * SwitchContractTest} and supplies a {@link SwitchHarness}; the cases are inherited from the
 * interfaces named here, one for each part of the SPI. A case whose capability is not declared, or
 * whose ability the harness lacks, is skipped and shows as skipped.
 *
 * <p>Each test has a switch of its own. Nothing sleeps: all waits are for an event and bounded.
 */
public abstract class SwitchContract
    implements DeclarationCases,
        LegCases,
        DeviceCases,
        OutsideCases,
        BridgeCases,
        AnnouncingCases,
        RecordingCases,
        CallerCases,
        LinkCases,
        WatchCases,
        StandbyCases,
        SwitchRecordsCases {
  private SwitchRig rig;

  /** Makes a harness around a switch that was not started. */
  protected abstract SwitchHarness harness() throws Exception;

  @BeforeEach
  final void startTheSwitch() throws Exception {
    rig = new SwitchRig(harness());
  }

  @AfterEach
  final void closeTheSwitch() {
    boolean overlapped = rig.overlapped();
    rig.close();
    assertThat(overlapped).as("the listener was called by two threads at once").isFalse();
  }

  @Override
  public final SwitchRig rig() {
    return rig;
  }

  @Test
  final void isNamedAsAContractTest() {
    assertThat(getClass().getSimpleName()).endsWith("SwitchContractTest");
  }
}
