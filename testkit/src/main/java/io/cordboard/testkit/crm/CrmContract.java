package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The CRM SPI as a test. Every adapter extends it by a class whose name ends in {@code CrmContractTest} and supplies a
 * {@link CrmHarness}; the cases are inherited from the interfaces named here. A case is run for every kind of records
 * that declares what it needs; where none does, or the harness lacks an ability, it is skipped and shows as skipped.
 *
 * <p>Each test has a connection of its own. Nothing sleeps: what may take a while is waited for, and the wait is bounded.
 */
public abstract class CrmContract
    implements CrmDeclarationCases,
        CrmFindCases,
        CrmReadCases,
        CrmWriteCases,
        CrmBatchCases,
        CrmChangesCases,
        CrmScanCases,
        CrmRemoveCases,
        CrmHookCases,
        CrmLoginCases,
        CrmFaultCases {
  private CrmRig rig;

  /** Makes a harness around a connection that was not used. */
  protected abstract CrmHarness harness() throws Exception;

  @BeforeEach
  final void openTheConnection() throws Exception {
    rig = new CrmRig(harness());
  }

  @AfterEach
  final void closeTheConnection() {
    if (rig != null) {
      rig.close();
    }
  }

  @Override
  public final CrmRig rig() {
    return rig;
  }

  @Test
  final void isNamedAsAContractTest() {
    assertThat(getClass().getSimpleName()).endsWith("CrmContractTest");
  }
}
