package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.testkit.crm.CrmHarness.Able;
import org.junit.jupiter.api.Test;

/** The login ends, or is refused. */
interface CrmLoginCases {
  CrmRig rig();

  private long logins() {
    return rig().harness().proxy().seen().stream().filter(rig().harness()::isLogin).count();
  }

  @Test
  default void aLoginThatEndsInTheMiddleIsRenewedOnce() {
    rig().needs(Able.PROXY, Able.LOGINS);
    rig()
        .each(
            kind -> {
              rig().reads(kind).findByRef(kind, rig().freshRef());
              long before = logins();
              rig().harness().expireLogin();
              assertThat(rig().reads(kind).findByRef(kind, rig().freshRef())).isEmpty();
              assertThat(logins() - before).isEqualTo(1);
              rig().reads(kind).findByRef(kind, rig().freshRef());
              assertThat(logins() - before).as("one login is used again").isEqualTo(1);
            },
            Ability.READ);
  }

  @Test
  default void aWriteWhoseLoginHasEndedIsDoneOnce() {
    rig().needs(Able.PROXY, Able.LOGINS);
    rig()
        .each(
            kind -> {
              String ref = rig().freshRef();
              rig().reads(kind).findByRef(kind, ref);
              rig().harness().expireLogin();
              rig().done(kind, rig().making(kind, ref, rig().fresh("Once")));
              assertThat(rig().harness().count(kind, ref)).isEqualTo(1);
            },
            Ability.WRITE);
  }

  @Test
  default void aLoginThatStaysRefusedIsToldAsLapsed() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              long before = logins();
              rig().harness().proxy().always(CrmTrouble.UNAUTHORISED, seen -> !rig().harness().isLogin(seen));
              assertThat(rig().fault(() -> rig().reads(kind).findByRef(kind, rig().freshRef())))
                  .isInstanceOf(Fault.AuthLapsed.class);
              assertThat(logins() - before).as("new logins that were tried").isLessThanOrEqualTo(2);
              rig().harness().proxy().well();
              assertThat(rig().reads(kind).findByRef(kind, rig().freshRef())).isEmpty();
            },
            Ability.READ);
  }

  @Test
  default void aWriteWithoutALoginIsToldAsLapsedAndWritesNothing() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              String ref = rig().freshRef();
              rig().harness().proxy().always(CrmTrouble.UNAUTHORISED, seen -> true);
              assertThat(rig().writeFault(kind, rig().making(kind, ref, rig().fresh("No"))))
                  .isInstanceOf(Fault.AuthLapsed.class);
              rig().harness().proxy().well();
              assertThat(rig().harness().count(kind, ref)).isZero();
            },
            Ability.WRITE);
  }

  @Test
  default void theCheckTellsALoginThatIsRefused() {
    rig().needs(Able.PROXY);
    rig().harness().proxy().always(CrmTrouble.UNAUTHORISED, seen -> true);
    Fault fault =
        rig()
            .fault(
                () -> {
                  rig().crm().check();
                  return "let in";
                });
    assertThat(fault).isInstanceOf(Fault.AuthLapsed.class);
  }
}
