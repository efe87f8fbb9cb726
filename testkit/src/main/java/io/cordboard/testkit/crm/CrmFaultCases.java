package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.testkit.crm.CrmHarness.Able;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What goes wrong on the way, and what may be said then. */
interface CrmFaultCases {
  Duration PAUSE_LEAST = Duration.ofSeconds(5);
  Duration PAUSE_MOST = Duration.ofSeconds(9);

  /** Answers that say nothing of what was asked for. */
  List<CrmTrouble> NONSENSE = List.of(CrmTrouble.HTML, CrmTrouble.NOTHING, CrmTrouble.HALF_AFTER, CrmTrouble.CUT_AFTER);

  CrmRig rig();

  private FaultProxy proxy() {
    return rig().harness().proxy();
  }

  private Fault reading(RecordKind kind, CrmTrouble trouble) {
    return met(trouble, () -> rig().reads(kind).findByRef(kind, rig().freshRef()));
  }

  private Fault met(CrmTrouble trouble, Supplier<?> deed) {
    proxy().always(trouble, seen -> !rig().harness().isLogin(seen));
    try {
      return rig().fault(deed);
    } finally {
      proxy().well();
    }
  }

  private Fault writing(RecordKind kind, CrmTrouble trouble, Write write) {
    proxy().next(trouble, 1, rig().harness()::isWrite);
    try {
      return rig().writeFault(kind, write);
    } finally {
      proxy().well();
    }
  }

  private Write some(RecordKind kind, String ref) {
    return rig().making(kind, ref, rig().fresh("Written"));
  }

  @Test
  default void tooManyRequestsAreBusyForAsLongAsTheyAreToldOrAWhile() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              Fault told = reading(kind, CrmTrouble.BUSY_WITH_PAUSE);
              assertThat(told).isInstanceOf(Fault.Busy.class);
              assertThat(((Fault.Busy) told).retryAfter()).isBetween(PAUSE_LEAST, PAUSE_MOST);
              Fault untold = reading(kind, CrmTrouble.BUSY);
              assertThat(untold).isInstanceOf(Fault.Busy.class);
              assertThat(((Fault.Busy) untold).retryAfter()).isPositive();
              assertThat(rig().reads(kind).findByRef(kind, rig().freshRef())).isEmpty();
            },
            Ability.READ);
  }

  @Test
  default void aWriteThatIsOneTooManyIsBusyAndWritesNothing() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              String ref = rig().freshRef();
              assertThat(writing(kind, CrmTrouble.BUSY_WITH_PAUSE, some(kind, ref))).isInstanceOf(Fault.Busy.class);
              assertThat(rig().harness().count(kind, ref)).isZero();
            },
            Ability.WRITE);
  }

  @Test
  default void aWriteThatWasDoneAndNotAnsweredIsOfUnknownOutcomeAndFoundByOurId() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              for (CrmTrouble trouble : List.of(CrmTrouble.CLOSE_AFTER, CrmTrouble.CUT_AFTER, CrmTrouble.ERROR_AFTER)) {
                String ref = rig().freshRef();
                Write write = some(kind, ref);
                assertThat(writing(kind, trouble, write)).as("%s", trouble).isInstanceOf(Fault.OutcomeUnknown.class);
                CrmRecord found = rig().reads(kind).findByRef(kind, ref).orElseThrow();
                assertThat(rig().done(kind, write).id()).isEqualTo(found.id());
                assertThat(rig().harness().count(kind, ref)).isEqualTo(1);
              }
            },
            Ability.WRITE);
  }

  @Test
  default void aWriteWhoseAnswerCannotBeUnderstoodIsOfUnknownOutcome() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              for (CrmTrouble trouble : NONSENSE) {
                String ref = rig().freshRef();
                Write write = some(kind, ref);
                assertThat(writing(kind, trouble, write)).as("%s", trouble).isInstanceOf(Fault.OutcomeUnknown.class);
                rig().done(kind, write);
                assertThat(rig().harness().count(kind, ref)).as("%s", trouble).isEqualTo(1);
              }
            },
            Ability.WRITE);
  }

  @Test
  default void aWriteThatIsNotAnsweredInTimeIsOfUnknownOutcome() {
    rig().needs(Able.PROXY, Able.SHORT_TIME);
    rig()
        .each(
            kind -> {
              String ref = rig().freshRef();
              assertThat(writing(kind, CrmTrouble.HANG_AFTER, some(kind, ref))).isInstanceOf(Fault.OutcomeUnknown.class);
              assertThat(rig().reads(kind).findByRef(kind, ref)).isPresent();
            },
            Ability.WRITE);
  }

  @Test
  default void aWriteIsTriedOnce() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              for (CrmTrouble trouble : List.of(CrmTrouble.ERROR, CrmTrouble.BUSY, CrmTrouble.CLOSE_AFTER)) {
                long before = written();
                proxy().always(trouble, rig().harness()::isWrite);
                rig().writeFault(kind, some(kind, rig().freshRef()));
                proxy().well();
                assertThat(written() - before).as("%s", trouble).isEqualTo(1);
              }
            },
            Ability.WRITE);
  }

  private long written() {
    return proxy().seen().stream().filter(rig().harness()::isWrite).count();
  }

  @Test
  default void aSystemThatIsNotThereIsUnreachable() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              rig().reads(kind).findByRef(kind, rig().freshRef());
              proxy().stop();
              assertThat(rig().fault(() -> rig().reads(kind).findByRef(kind, rig().freshRef())))
                  .isInstanceOf(Fault.Unreachable.class);
              if (rig().crm().can(kind, Ability.WRITE)) {
                assertThat(rig().writeFault(kind, some(kind, rig().freshRef()))).isInstanceOf(Fault.Unreachable.class);
              }
              proxy().start();
              assertThat(rig().reads(kind).findByRef(kind, rig().freshRef())).isEmpty();
            },
            Ability.READ);
  }

  @Test
  default void whatCannotBeUnderstoodIsNeverTakenAsNone() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              for (CrmTrouble trouble : NONSENSE) {
                assertUnheard(trouble, reading(kind, trouble));
              }
              assertThat(rig().reads(kind).findByRef(kind, rig().freshRef())).isEmpty();
            },
            Ability.READ);
  }

  @Test
  default void aNumberIsNeverOfNobodyBecauseTheAnswerWasNonsense() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              PhoneNumber number = rig().chinese();
              for (CrmTrouble trouble : NONSENSE) {
                assertUnheard(trouble, met(trouble, () -> rig().byNumber().findByNumber(number, CrmRig.SOON)));
              }
              assertUnheard(
                  CrmTrouble.ERROR, met(CrmTrouble.ERROR, () -> rig().byNumber().findByNumber(number, CrmRig.SOON)));
            },
            Ability.FIND_BY_NUMBER);
  }

  @Test
  default void halfAPageIsNoPage() {
    rig().needs(Able.PROXY, Able.HANDS);
    rig()
        .each(
            kind -> {
              String cursor = rig().cursor(kind);
              String id = rig().makes(kind, rig().fresh("Told"));
              for (CrmTrouble trouble : NONSENSE) {
                assertUnheard(trouble, met(trouble, () -> rig().changes(kind).changes(kind, cursor, 100)));
              }
              assertThat(rig().told(rig().changes(kind), kind, cursor, 100)).containsKey(id);
            },
            Ability.CHANGES);
  }

  @Test
  default void aScanNeverEndsBecauseTheAnswerWasNonsense() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              for (CrmTrouble trouble : NONSENSE) {
                assertUnheard(trouble, met(trouble, () -> rig().scans(kind).scan(kind, null, 10)));
              }
            },
            Ability.SCAN);
  }

  @Test
  default void errorsOfTheSystemAreNoAnswer() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              for (CrmTrouble trouble : List.of(CrmTrouble.ERROR, CrmTrouble.DOWN, CrmTrouble.RESET)) {
                assertUnheard(trouble, reading(kind, trouble));
              }
            },
            Ability.READ);
  }

  @Test
  default void aLookUpEndsWhenItsTimeIsOver() {
    rig().needs(Able.PROXY);
    rig()
        .each(
            kind -> {
              rig().byNumber().findByNumber(rig().chinese(), CrmRig.SOON);
              long start = System.nanoTime();
              Fault fault =
                  met(
                      CrmTrouble.HANG_AFTER,
                      () -> rig().byNumber().findByNumber(rig().chinese(), Duration.ofMillis(300)));
              assertUnheard(CrmTrouble.HANG_AFTER, fault);
              assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            },
            Ability.FIND_BY_NUMBER);
  }

  private static void assertUnheard(CrmTrouble trouble, Fault fault) {
    assertThat(fault)
        .as("%s", trouble)
        .isInstanceOfAny(Fault.Unreachable.class, Fault.OutcomeUnknown.class, Fault.Busy.class);
  }
}
