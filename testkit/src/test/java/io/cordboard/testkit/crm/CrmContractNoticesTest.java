package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.FindByEmail;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.ReceiveHooks;
import io.cordboard.spi.crm.RemoveRecords;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import io.cordboard.testkit.Await;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The contract suite notices an adapter that is wrong: each wrong is planted and its case fails. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class CrmContractNoticesTest {
  /** What a method answers instead; may ask the real one. */
  private interface Hand {
    Object on(String method, Object[] arguments, Real real) throws Throwable;
  }

  private interface Real {
    Object with(Object... arguments) throws Throwable;
  }

  private record Wrong(String name, Consumer<CrmContract> noticedBy, Hand hand) {}

  @TestFactory
  Stream<DynamicTest> aWrongAdapterIsNoticed() {
    return Stream.of(reading(), writing(), following(), failing())
        .flatMap(some -> some)
        .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> assertNoticed(wrong)));
  }

  @TestFactory
  Stream<DynamicTest> theSameCasesPassWhereNothingIsPlanted() {
    return Stream.of(reading(), writing(), following(), failing())
        .flatMap(some -> some)
        .map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> run(wrong, (name, given, real) -> real.with(given))));
  }

  private static void assertNoticed(Wrong wrong) {
    System.setProperty(Await.PROPERTY, "300");
    try {
      assertThatThrownBy(() -> run(wrong, wrong.hand())).isInstanceOf(AssertionError.class);
    } finally {
      System.clearProperty(Await.PROPERTY);
    }
  }

  private static void run(Wrong wrong, Hand hand) throws Exception {
    WrongCrmContractTest suite = new WrongCrmContractTest(hand);
    suite.openTheConnection();
    try {
      wrong.noticedBy().accept(suite);
    } finally {
      suite.closeTheConnection();
    }
  }

  // ---- wrongs

  private static Stream<Wrong> reading() {
    return Stream.of(
        changes(
            "finds by the last digits alone",
            CrmContract::aNumberOfAnotherCountryThatEndsAlikeIsAnotherNumber,
            "findByNumber",
            found -> found,
            true),
        changes(
            "finds only one",
            CrmContract::allWhoShareANumberAreFound,
            "findByNumber",
            CrmContractNoticesTest::first,
            false),
        answers(
            "never finds",
            CrmContract::aCustomerIsFoundHoweverTheNumberIsWrittenThere,
            "findByNumber",
            List.of()),
        answers(
            "never finds an address",
            CrmContract::anAddressIsFoundWhateverItsCapitals,
            "findByEmail",
            List.of()),
        changes(
            "loses what is beyond ASCII",
            CrmContract::namesInAnyScriptSurvive,
            "read",
            CrmContractNoticesTest::ascii,
            false),
        changes(
            "reads one of many",
            CrmContract::asManyAsDeclaredAreReadAtOnceAndThoseThatAreNotThereAreLeftOut,
            "read",
            CrmContractNoticesTest::first,
            false),
        answers(
            "knows no id of ours",
            CrmContract::whatIsWrittenIsReadByItsIdAndByOurs,
            "findByRef",
            Optional.empty()));
  }

  private static Stream<Wrong> writing() {
    return Stream.of(
        does(
            "makes it again",
            CrmContract::aRecordIsMadeOnceHoweverOftenItIsWritten,
            "write",
            (arguments, real) -> real.with(arguments[0], each(arguments[1], CrmContractNoticesTest::renamed))),
        does(
            "ignores the version",
            CrmContract::aWriteFromAVersionThatIsGoneIsStaleAndWritesNothing,
            "write",
            (arguments, real) -> real.with(arguments[0], each(arguments[1], CrmContractNoticesTest::unbound))),
        does(
            "leaves out what is empty",
            CrmContract::anEmptyValueClearsAndAnAbsentOneDoesNot,
            "write",
            (arguments, real) -> real.with(arguments[0], each(arguments[1], CrmContractNoticesTest::withoutEmpty))),
        does(
            "mixes the verdicts up",
            CrmContract::eachOfABatchHasAVerdictOfItsOwn,
            "write",
            (arguments, real) -> reversed((List<?>) real.with(arguments))),
        does(
            "says that all went well",
            CrmContract::aRecordThatIsNoLongerThereIsNotMadeAnewByItsId,
            "write",
            (arguments, real) -> fine((List<?>) arguments[1])),
        does(
            "fails where it is gone",
            CrmContract::aRecordIsRemovedOnceAndMayBeRemovedAgain,
            "remove",
            twiceFails()));
  }

  private static Stream<Wrong> following() {
    return Stream.of(
        does(
            "tells fewer than there are",
            CrmContract::nothingIsLostWhereManyChangeAtTheSameTime,
            "changes",
            (arguments, real) -> page((ReadChanges.Page) real.with(arguments), CrmContractNoticesTest::half)),
        does(
            "tells pages that are too large",
            CrmContract::nothingIsLostWhereManyChangeAtTheSameTime,
            "changes",
            (arguments, real) -> real.with(arguments[0], arguments[1], 100)),
        does(
            "tells no deletes",
            CrmContract::whatWasDeletedIsTold,
            "changes",
            (arguments, real) -> page((ReadChanges.Page) real.with(arguments), CrmContractNoticesTest::live)),
        does(
            "hides a gap",
            CrmContract::aCursorThatIsTooOldIsAGapAndTellsWhereToGoOn,
            "changes",
            (arguments, real) -> withoutGap((ReadChanges.Page) real.with(arguments))),
        does(
            "scans the first page only",
            CrmContract::allRecordsAreToldOnce,
            "scan",
            (arguments, real) -> new ScanRecords.Page(((ScanRecords.Page) real.with(arguments)).records(), null)),
        does(
            "takes unsigned hooks",
            CrmContract::anUnsignedHookIsRefused,
            "read",
            (arguments, real) -> arguments.length == 1 ? List.of() : real.with(arguments)));
  }

  private static Stream<Wrong> failing() {
    return Stream.of(
        does(
            "takes a fault for none",
            CrmContract::whatCannotBeUnderstoodIsNeverTakenAsNone,
            "findByRef",
            (arguments, real) -> orElse(real, arguments, Optional.empty())),
        does(
            "takes a fault for nobody",
            CrmContract::aNumberIsNeverOfNobodyBecauseTheAnswerWasNonsense,
            "findByNumber",
            (arguments, real) -> orElse(real, arguments, List.of())),
        does(
            "takes a fault for the end",
            CrmContract::aScanNeverEndsBecauseTheAnswerWasNonsense,
            "scan",
            (arguments, real) -> orElse(real, arguments, new ScanRecords.Page(List.of(), null))),
        does("tries writes again", CrmContract::aWriteIsTriedOnce, "write", CrmContractNoticesTest::twice),
        does(
            "says unreachable of what was sent",
            CrmContract::aWriteThatWasDoneAndNotAnsweredIsOfUnknownOutcomeAndFoundByOurId,
            "write",
            CrmContractNoticesTest::softened),
        does(
            "takes its time",
            CrmContract::aLookUpEndsWhenItsTimeIsOver,
            "findByNumber",
            (arguments, real) -> real.with(arguments[0], Duration.ofSeconds(4))));
  }

  // ---- how wrongs are made

  private interface Deed {
    Object on(Object[] arguments, Real real) throws Throwable;
  }

  private static Wrong does(String name, Consumer<CrmContract> noticedBy, String method, Deed deed) {
    return new Wrong(
        name,
        noticedBy,
        (called, arguments, real) -> called.equals(method) ? deed.on(arguments, real) : real.with(arguments));
  }

  private static Wrong answers(String name, Consumer<CrmContract> noticedBy, String method, Object answer) {
    return does(name, noticedBy, method, (arguments, real) -> answer);
  }

  private static Wrong changes(
      String name,
      Consumer<CrmContract> noticedBy,
      String method,
      Function<List<CrmRecord>, List<CrmRecord>> change,
      boolean all) {
    return does(
        name,
        noticedBy,
        method,
        (arguments, real) -> {
          List<CrmRecord> found = records(real.with(arguments));
          return all && found.isEmpty() ? List.of(someRecord()) : change.apply(found);
        });
  }

  private static CrmRecord someRecord() {
    return CrmRecord.live(io.cordboard.spi.crm.RecordKind.CUSTOMER, "1", "1", 0, null, new TreeMap<>());
  }

  @SuppressWarnings("unchecked")
  private static List<CrmRecord> records(Object answer) {
    return (List<CrmRecord>) answer;
  }

  private static List<CrmRecord> first(List<CrmRecord> records) {
    return records.stream().limit(1).toList();
  }

  private static List<CrmRecord> half(List<CrmRecord> records) {
    return records.subList(0, records.size() / 2);
  }

  private static List<CrmRecord> live(List<CrmRecord> records) {
    return records.stream().filter(record -> record.state() == CrmRecord.State.LIVE).toList();
  }

  private static List<CrmRecord> ascii(List<CrmRecord> records) {
    return records.stream()
        .map(
            record -> {
              TreeMap<String, io.cordboard.spi.crm.Value> fields = new TreeMap<>(record.fields());
              fields.replaceAll(
                  (name, value) ->
                      value instanceof io.cordboard.spi.crm.Value.Text(String text)
                          ? io.cordboard.spi.crm.Value.of(text.replaceAll("[^ -~]", "?"))
                          : value);
              return CrmRecord.live(record.kind(), record.id(), record.version(), record.changedAt(), record.ref(), fields);
            })
        .toList();
  }

  private static List<Write> each(Object writes, Function<Write, Write> change) {
    return ((List<?>) writes).stream().map(Write.class::cast).map(change).toList();
  }

  private static Write renamed(Write write) {
    return new Write(UUID.randomUUID().toString(), write.id(), write.version(), write.operation(), write.fields());
  }

  private static Write unbound(Write write) {
    return new Write(write.ref(), write.id(), null, write.operation(), write.fields());
  }

  private static Write withoutEmpty(Write write) {
    TreeMap<String, io.cordboard.spi.crm.Value> fields = new TreeMap<>(write.fields());
    fields.values().removeIf(io.cordboard.spi.crm.Value.EMPTY::equals);
    return new Write(write.ref(), write.id(), write.version(), write.operation(), fields);
  }

  private static List<Object> reversed(List<?> verdicts) {
    List<Object> made = new ArrayList<>(verdicts.subList(1, verdicts.size()));
    made.add(verdicts.getFirst());
    return made;
  }

  private static List<Written> fine(List<?> writes) {
    List<Written> made = new ArrayList<>();
    writes.forEach(write -> made.add(new Written.Done("1", "1", WriteRecords.Made.UNKNOWN)));
    return made;
  }

  private static Deed twiceFails() {
    java.util.Set<Object> gone = new java.util.HashSet<>();
    return (arguments, real) -> {
      if (!gone.add(arguments[1])) {
        throw new Fault.NotFound("It is gone.");
      }
      return real.with(arguments);
    };
  }

  private static ReadChanges.Page page(ReadChanges.Page told, Function<List<CrmRecord>, List<CrmRecord>> change) {
    return new ReadChanges.Page(change.apply(told.records()), told.cursor(), told.more(), told.gap());
  }

  private static ReadChanges.Page withoutGap(ReadChanges.Page told) {
    return new ReadChanges.Page(told.records(), told.cursor(), told.more(), false);
  }

  private static Object orElse(Real real, Object[] arguments, Object otherwise) throws Throwable {
    try {
      return real.with(arguments);
    } catch (Fault fault) {
      return otherwise;
    }
  }

  private static Object twice(Object[] arguments, Real real) throws Throwable {
    try {
      return real.with(arguments);
    } catch (Fault fault) {
      return real.with(arguments);
    }
  }

  private static Object softened(Object[] arguments, Real real) throws Throwable {
    try {
      return real.with(arguments);
    } catch (Fault.OutcomeUnknown unknown) {
      throw new Fault.Unreachable("It is not there.", unknown);
    }
  }

  /** The suite over the fake CRM, through a client that does what the hand does. */
  private static final class WrongCrmContractTest extends CrmContract {
    private final Hand hand;

    WrongCrmContractTest(Hand hand) {
      this.hand = hand;
    }

    @Override
    protected CrmHarness harness() {
      return (CrmHarness)
          Proxy.newProxyInstance(
              CrmHarness.class.getClassLoader(),
              new Class<?>[] {CrmHarness.class},
              harnessOf(new FakeCrmContractTest.Harness()));
    }

    private java.lang.reflect.InvocationHandler harnessOf(CrmHarness real) {
      return (self, method, arguments) -> {
        Object answer = called(method, real, arguments);
        return answer instanceof Crm crm ? wrong(crm) : answer;
      };
    }

    private Crm wrong(Crm real) {
      Class<?>[] types = {
        Crm.class, FindByNumber.class, FindByEmail.class, ReadRecords.class, ReadChanges.class, ScanRecords.class,
        WriteRecords.class, RemoveRecords.class, ReceiveHooks.class
      };
      return (Crm)
          Proxy.newProxyInstance(
              Crm.class.getClassLoader(),
              types,
              (self, method, arguments) ->
                  method.isDefault()
                      ? java.lang.reflect.InvocationHandler.invokeDefault(self, method, arguments)
                      : hand.on(
                          method.getName(),
                          arguments == null ? new Object[0] : arguments,
                          with -> called(method, real, with)));
    }

    private static Object called(java.lang.reflect.Method method, Object real, Object[] arguments) throws Throwable {
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException failed) {
        throw failed.getCause();
      }
    }
  }
}
