package io.cordboard.adapters.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.cordboard.adapters.demo.WrongSwitch.Ear;
import io.cordboard.adapters.demo.WrongSwitch.Hand;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.DigitPressed;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegHeld;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.LegLeft;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.Recorder.Tracks;
import io.cordboard.spi.telephony.StandbyPlan;
import io.cordboard.spi.telephony.SwitchRecords.Outcome;
import io.cordboard.spi.telephony.SwitchRecords.OwnCall;
import io.cordboard.spi.telephony.SwitchRecords.Page;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.Happened;
import io.cordboard.spi.telephony.SwitchSignal.LinkDown;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.SwitchContract;
import io.cordboard.testkit.SwitchHarness;
import io.cordboard.testkit.Wav;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The contract suite notices an adapter that is wrong: each wrong is planted and its case fails.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SwitchContractNoticesTest {
  private static final String PLANTED = "cordboard.test.planted";
  private static final Ear TELLS = (signal, real) -> real.accept(signal);
  private static final Hand DOES = (command, arguments, real) -> real.with(arguments);

  /** A wrong, and the case that has to fail. */
  private record Wrong(String name, String noticedBy, Ear ear, Hand hand) {}

  @TestFactory
  Stream<DynamicTest> aWrongAdapterIsNoticed() {
    return wrongs().map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> assertNoticed(wrong)));
  }

  private static void assertNoticed(Wrong wrong) {
    TestExecutionSummary summary =
        run(wrong.name(), "400", selectCase(WrongSwitchContractTest.class, wrong.noticedBy()));
    assertThat(summary.getTestsFoundCount()).as("the case exists").isEqualTo(1);
    assertThat(summary.getTestsFailedCount()).as("the case fails").isEqualTo(1);
  }

  @Test
  void withNothingPlantedEveryCasePasses() {
    TestExecutionSummary summary =
        run("nothing", "20000", selectClass(WrongSwitchContractTest.class));
    assertThat(summary.getTestsSucceededCount()).isGreaterThan(50);
    assertThat(summary.getTotalFailureCount()).isZero();
  }

  @Test
  void aTestOfAnotherNameFails() {
    TestExecutionSummary summary =
        run("nothing", "20000", selectCase(Misnamed.class, "isNamedAsAContractTest"));
    assertThat(summary.getTestsFailedCount()).isEqualTo(1);
  }

  private static DiscoverySelector selectCase(Class<?> suite, String name) {
    return ReflectionSupport.streamMethods(
            suite, method -> method.getName().equals(name), HierarchyTraversalMode.BOTTOM_UP)
        .map(method -> selectMethod(suite, method))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Wrong> wrongs() {
    return Stream.of(events(), links(), commands(), alone()).flatMap(some -> some);
  }

  private static Stream<Wrong> events() {
    AtomicReference<SwitchSignal> late = new AtomicReference<>();
    return Stream.of(
        forgets("aCallerMayGiveUpBeforeTheAnswer", event(LegEnded.class)),
        forgets("aClosedBridgeLeavesItsLegsAlive", event(LegLeft.class)),
        forgets("aCallerAndADeviceMeetInABridge", event(LegJoined.class)),
        forgets("aDeviceRingsOnOurChannelAndIsAnswered", event(LegRinging.class)),
        forgets("theHoldKeyIsTold", event(LegHeld.class)),
        forgets("theKeysThatACallerPressesAreToldInOrder", event(DigitPressed.class)),
        forgets("aHangUpCompletesTheRecording", event(RecordingEnded.class)),
        forgets("aDevicesStateFollowsItsCall", SwitchContractNoticesTest::isBusy),
        tells(
            "the join after the leave",
            "commandsOfOneLegAreCarriedOutInOrder",
            (signal, real) -> swap(signal, real, late)),
        tells(
            "the answer twice, with two times",
            "ringAnswerAndHangUpMayBeRepeated",
            (signal, real) -> again(signal, real)),
        changes(
            "milliseconds",
            "timesArePlausibleAndDoNotRunBack",
            LegAnswered.class,
            told -> new LegAnswered(told.leg(), told.at() / 1000)),
        forgets("aNumberOutsideRingsOnOurChannelAndIsAnswered", event(LegRinging.class)),
        forgets("anOutsideLegMayBeInABridgeBeforeItIsDialled", event(LegJoined.class)),
        forgets("aNumberThatNobodyAnswersRingsOut", event(LegEnded.class)),
        changes(
            "every end as a busy number",
            "busyWrongRefusedAndCongestedNumbersAreToldApart",
            LegEnded.class,
            told -> new LegEnded(told.leg(), told.at(), new EndCause(Side.FAR, 17, 0, ""))),
        changes(
            "the far end's refusal of what we gave up",
            "aNumberThatRingsMayBeGivenUp",
            LegEnded.class,
            told -> new LegEnded(told.leg(), told.at(), new EndCause(Side.FAR, 21, 0, ""))),
        changes(
            "another run's legs",
            "aLegIsNamedAfterItsSwitchAndRun",
            LegArrived.class,
            told -> arrival(told, told.leg().epoch() + 1, told.control(), told.claims())),
        changes(
            "an observed call",
            "aCallTellsItsNumbersAndWhoRoutesIt",
            LegArrived.class,
            told -> arrival(told, told.leg().epoch(), Control.OBSERVED, told.claims())),
        changes(
            "no caller's number",
            "aTestCallCarriesItsNumbers",
            LegArrived.class,
            told -> numbered(told, null)),
        changes(
            "a number that is cleaned",
            "oddNumbersArriveAsTheyAre",
            LegArrived.class,
            told -> numbered(told, digits(told.claims().from()))),
        changes(
            "no announcement to its end",
            "anAnnouncementIsPlayedOnceToItsEnd",
            AnnouncementEnded.class,
            told -> new AnnouncementEnded(told.leg(), told.at(), told.playId(), false)));
  }

  private static Stream<Wrong> links() {
    LiveLeg ghost = new LiveLeg(new LegKey("demo", 1, "ghost"), true, null, null);
    Set<String> downs = new HashSet<>();
    return Stream.of(
        tells(
            "an empty snapshot",
            "afterALinkLossTheSnapshotTellsWhatLivesAndWhatDoesNot",
            (signal, real) -> real.accept(withLegs(signal, legs -> List.of()))),
        tells(
            "a snapshot without arrivals",
            "theSnapshotTellsArrivalBridgeDevicesAndRecordings",
            (signal, real) -> real.accept(withLegs(signal, legs -> bare(legs)))),
        tells(
            "a snapshot with the dead",
            "aRestartOfTheSwitchIsALaterRunWithoutTheOldLegs",
            (signal, real) -> real.accept(withLegs(signal, legs -> List.of(ghost)))),
        tells(
            "no second link",
            "withoutALinkACommandFailsAtOnceAsUnreachable",
            (signal, real) -> unlessBack(signal, real, downs)),
        forgets("aCallThatArrivedMeanwhileIsToldWithItsNumbers", LinkDown.class::isInstance));
  }

  private static Stream<Wrong> commands() {
    AtomicInteger made = new AtomicInteger();
    Set<Object> hungUp = new HashSet<>();
    Object busy = new Object();
    return Stream.of(
        does(
            "dials a second leg",
            "theSameOrderTwiceMakesOneLeg",
            on("dial", (args, real) -> real.with(renamed((DialOrder) args[0], made)))),
        does(
            "dials for ever",
            "anAddressThatIsNoDeviceEndsOrIsRefused",
            on("dial", (args, real) -> new CompletableFuture<>())),
        does(
            "hangs up only once",
            "aLegThatHasEndedIsGoneForEveryCommandButHangUp",
            on("hangUp", (args, real) -> hungUp.add(args[0]) ? real.with(args) : gone())),
        does(
            "pretends success",
            "aChannelThatNeverWasIsGoneForEveryCommandButHangUp",
            on("musicOn", (args, real) -> done())),
        does(
            "swallows keys",
            "theCallerHearsTheKeysThatWeSendInTheirOrder",
            on("sendKeys", (args, real) -> done())),
        does(
            "sends anything as keys",
            "keysOfALegThatIsNotAnsweredAndKeysThatAreNoneAreRefused",
            on("sendKeys", (args, real) -> done())),
        does(
            "dials twice",
            "theSameNumberOrderedTwiceIsDialledOnce",
            on("dialOutside", (args, real) -> real.with(renamed((OutsideOrder) args[0], made)))),
        does(
            "dials anything",
            "whatIsNoNumberIsNotDialled",
            on("dialOutside", (args, real) -> real.with(valid((OutsideOrder) args[0])))),
        does("forgets the run", "theSameChannelOfAnEarlierRunIsAnotherLeg", anyRun()),
        does(
            "takes any name",
            "namesThatAreNoNamesAreRefused",
            on("delete", (args, real) -> done())),
        does(
            "keeps what was deleted",
            "aRecordingIsDeletedOnceAndMayBeDeletedAgain",
            on("delete", (args, real) -> done())),
        does(
            "cuts one track",
            "aRecordingIsStartedPausedResumedStoppedAndFetched",
            on("fetch", (args, real) -> shortened(real.with(args)))),
        does(
            "ignores leave", "joinLeaveAndCloseMayBeRepeated", on("leave", (args, real) -> done())),
        new Wrong(
            "waits for the listener",
            "aSlowListenerDelaysEventsAndNothingElse",
            (signal, real) -> locked(busy, () -> tell(signal, real)),
            (command, args, real) -> locked(busy, () -> real.with(args))));
  }

  private static Stream<Wrong> alone() {
    AtomicInteger plans = new AtomicInteger();
    return Stream.of(
        does(
            "forgets the plan",
            "whoCallsASwitchThatNobodyCommandsIsServedByADeviceOfThePlan",
            on("prepare", (args, real) -> done())),
        does(
            "keeps the first plan",
            "aLaterPlanTakesThePlaceOfTheOneBefore",
            on("prepare", (args, real) -> plans.incrementAndGet() == 1 ? real.with(args) : done())),
        does(
            "takes any plan",
            "aPlanThatCannotBeKeptIsRefusedAndTheOneBeforeHolds",
            on("prepare", (args, real) -> valid((StandbyPlan) args[0]) ? real.with(args) : done())),
        does(
            "tells all at first",
            "theFirstReadTellsNothingAndTheRecordsBeginThere",
            told((page, first) -> first ? with(page, List.of(call("1"))) : page)),
        does(
            "tells no device",
            "anAnsweredCallIsToldWithItsNumbersTimesAndDevice",
            told((page, first) -> with(page, page.calls().stream().map(one -> without(one)).toList()))),
        does(
            "tells anew what was read",
            "whatWasReadIsToldAgainFromTheSamePositionAndNotFromTheNext",
            on("read", (args, real) -> real.with(args[0] == null ? null : "0"))),
        does(
            "tells what goes on",
            "aCallThatGoesOnIsToldWhenItIsOver",
            told((page, first) -> page.goesOn() > 0 ? with(page, List.of(call("2"))) : page)),
        does(
            "tells everybody as one who gave up",
            "whoGaveUpWhomNobodyServedAndWhoDialledNoLineAreToldApart",
            told((page, first) -> with(page, page.calls().stream().map(one -> call(one.channel())).toList()))));
  }

  private static boolean valid(StandbyPlan plan) {
    return plan.lines().stream().allMatch(line -> line.did().matches("[0-9]+"));
  }

  private static OwnCall call(String from) {
    return new OwnCall(
        from, null, null, NumberClaims.of("demo", from, "1"), 1, 0, null, 2,
        EndCause.switchRestart(), null, true, Outcome.ABANDONED);
  }

  private static OwnCall without(OwnCall told) {
    return new OwnCall(
        told.channel(), null, null, told.claims(), told.arrivedAt(), told.answeredAt(), null,
        told.endedAt(), told.cause(), null, told.queued(), told.outcome());
  }

  private static Page with(Page told, List<OwnCall> calls) {
    return new Page(calls, told.next(), told.goesOn(), told.unreadable());
  }

  /** What is told of the records, and whether they are read for the first time. */
  private static Hand told(BiFunction<Page, Boolean, Page> change) {
    return on(
        "read",
        (args, real) ->
            ((CompletionStage<?>) real.with(args))
                .thenApply(page -> change.apply((Page) page, args[0] == null)));
  }

  // ---- how wrongs are made

  private static Wrong forgets(String noticedBy, Predicate<SwitchSignal> forgotten) {
    Ear ear = (signal, real) -> unless(forgotten, signal, real);
    return new Wrong("forgets what " + noticedBy + " needs", noticedBy, ear, DOES);
  }

  private static Wrong tells(String what, String noticedBy, Ear ear) {
    return new Wrong("tells " + what, noticedBy, ear, DOES);
  }

  private static <E extends CallEvent> Wrong changes(
      String what, String noticedBy, Class<E> type, Function<E, CallEvent> change) {
    return tells(
        what,
        noticedBy,
        (signal, real) ->
            real.accept(
                event(type).test(signal)
                    ? new Happened(change.apply(type.cast(((Happened) signal).event())))
                    : signal));
  }

  private static Wrong does(String what, String noticedBy, Hand hand) {
    return new Wrong(what, noticedBy, TELLS, hand);
  }

  private interface Deed {
    Object on(Object[] arguments, WrongSwitch.Doing real);
  }

  private static Hand on(String wanted, Deed deed) {
    return (command, arguments, real) ->
        command.equals(wanted) ? deed.on(arguments, real) : real.with(arguments);
  }

  private static Predicate<SwitchSignal> event(Class<? extends CallEvent> type) {
    return signal -> signal instanceof Happened(CallEvent event) && type.isInstance(event);
  }

  private static boolean isBusy(SwitchSignal signal) {
    return signal instanceof DeviceChanged changed && changed.state() == DeviceState.BUSY;
  }

  private static void unless(
      Predicate<SwitchSignal> forgotten, SwitchSignal signal, Consumer<SwitchSignal> real) {
    if (!forgotten.test(signal)) {
      real.accept(signal);
    }
  }

  private static void swap(
      SwitchSignal signal, Consumer<SwitchSignal> real, AtomicReference<SwitchSignal> late) {
    if (event(LegJoined.class).test(signal)) {
      late.set(signal);
      return;
    }
    real.accept(signal);
    if (event(LegLeft.class).test(signal)) {
      real.accept(late.get());
    }
  }

  private static void again(SwitchSignal signal, Consumer<SwitchSignal> real) {
    if (signal instanceof Happened(LegAnswered(LegKey leg, long at))) {
      real.accept(new Happened(new LegAnswered(leg, at - 1)));
    }
    real.accept(signal);
  }

  private static void unlessBack(
      SwitchSignal signal, Consumer<SwitchSignal> real, Set<String> downs) {
    if (signal instanceof LinkDown down) {
      downs.add(down.switchId());
    }
    if (downs.isEmpty() || !(signal instanceof LinkUp)) {
      real.accept(signal);
    }
  }

  private static SwitchSignal withLegs(
      SwitchSignal signal, Function<List<LiveLeg>, List<LiveLeg>> change) {
    if (!(signal instanceof LinkUp up)) {
      return signal;
    }
    SwitchSnapshot was = up.snapshot();
    SwitchSnapshot now =
        new SwitchSnapshot(was.at(), change.apply(was.legs()), was.devices(), was.recordings());
    return new LinkUp(up.switchId(), up.epoch(), now, 0);
  }

  private static List<LiveLeg> bare(List<LiveLeg> legs) {
    return legs.stream()
        .map(leg -> new LiveLeg(leg.leg(), leg.answered(), leg.bridge(), null))
        .toList();
  }

  private static LegArrived arrival(
      LegArrived told, long epoch, Control control, NumberClaims claims) {
    LegKey leg = new LegKey(told.leg().switchId(), epoch, told.leg().channel());
    return new LegArrived(leg, told.at(), control, claims, null, null);
  }

  private static LegArrived numbered(LegArrived told, String from) {
    NumberClaims claims = NumberClaims.of("demo", from, told.claims().requestLine());
    return arrival(told, told.leg().epoch(), told.control(), claims);
  }

  private static String digits(String number) {
    return number.replaceAll("[^+0-9]", "");
  }

  private static DialOrder renamed(DialOrder order, AtomicInteger made) {
    String channel = order.channel() + "-" + made.incrementAndGet();
    return new DialOrder(
        channel, order.callId(), order.address(), null, null, order.ringSeconds(), false);
  }

  private static OutsideOrder renamed(OutsideOrder order, AtomicInteger made) {
    String channel = order.channel() + "-" + made.incrementAndGet();
    return new OutsideOrder(
        channel, order.callId(), order.number(), null, order.ringSeconds(), null);
  }

  private static OutsideOrder valid(OutsideOrder order) {
    return new OutsideOrder(
        order.channel(), order.callId(), "112", null, order.ringSeconds(), null);
  }

  /** The case asks with the epoch before, so the next one is always right. */
  private static Hand anyRun() {
    return (command, arguments, real) -> {
      if (arguments[0] instanceof LegKey leg) {
        arguments[0] = new LegKey(leg.switchId(), leg.epoch() + 1, leg.channel());
      }
      return real.with(arguments);
    };
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  private static CompletionStage<Void> gone() {
    return CompletableFuture.failedFuture(new Fault.NotFound("It is gone."));
  }

  private static Object shortened(Object fetched) {
    return ((CompletionStage<?>) fetched)
        .thenApply(
            tracks -> {
              Wav.tone(8000, 400, 0.5).write(((Tracks) tracks).says());
              return tracks;
            });
  }

  private static Object tell(SwitchSignal signal, Consumer<SwitchSignal> real) {
    real.accept(signal);
    return null;
  }

  private static Object locked(Object lock, Supplier<Object> body) {
    synchronized (lock) {
      return body.get();
    }
  }

  // ---- the suite, run with a wrong

  private static TestExecutionSummary run(
      String planted, String awaitMillis, DiscoverySelector what) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    System.setProperty(PLANTED, planted);
    System.setProperty(Await.PROPERTY, awaitMillis);
    try {
      LauncherFactory.create()
          .execute(LauncherDiscoveryRequestBuilder.request().selectors(what).build(), summary);
    } finally {
      System.clearProperty(PLANTED);
      System.clearProperty(Await.PROPERTY);
    }
    return summary.getSummary();
  }

  static class WrongSwitchContractTest extends SwitchContract {
    @TempDir Path recordings;

    @Override
    protected SwitchHarness harness() {
      DemoHarness harness = new DemoHarness(recordings);
      Wrong wrong =
          wrongs()
              .filter(some -> some.name().equals(System.getProperty(PLANTED)))
              .findFirst()
              .orElse(new Wrong("nothing", "", TELLS, DOES));
      PhoneSwitch phone = WrongSwitch.of(harness.demo, harness.alone, wrong.ear(), wrong.hand());
      return harness.with(phone);
    }
  }

  static class Misnamed extends WrongSwitchContractTest {}
}
