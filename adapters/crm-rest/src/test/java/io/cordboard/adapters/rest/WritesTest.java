package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.RemoveRecords;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Made;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritesTest extends TulipTest {
  private static Write write(String ref, @Nullable String id, @Nullable String version, Map<String, Value> fields) {
    return new Write(ref, id, version, "op-" + ref, new TreeMap<>(fields));
  }

  private List<Written> write(RecordKind kind, Write... writes) {
    return crm.as(WriteRecords.class, kind).write(kind, List.of(writes));
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  private Fault failed(RecordKind kind, Write write) {
    try {
      return write(kind, write).getFirst() instanceof Written.Failed failed ? failed.fault() : null;
    } catch (Fault fault) {
      return fault;
    }
  }

  @Test
  void aRecordIsMadeWithOurIdTheFixedFieldsAndOnlyWhatIsToBeWritten() {
    answers(asked -> asked.is("GET", "/customers") ? rows("") : Shop.Told.json(201, "{\"code\": 0, \"data\": {\"id\": 12, \"rev\": 1}}"));
    assertThat(write(RecordKind.CUSTOMER, write("c-9", null, null, Map.of(
            "name", text("Li"), "email", Value.EMPTY, "tags", Value.EMPTY, "level", text("GOLD"),
            "since", text("2026-01-05T01:00:00Z"), "worth", new Value.Number(new BigDecimal("0.10"))))))
        .containsExactly(new Written.Done("12", "1", Made.YES));
    assertThat(shop.asked.getLast().body()).isEqualTo(
        "{\"ext_ref\":\"c-9\",\"source\":\"cordboard\",\"email\":null,\"level\":3,\"name\":\"Li\","
            + "\"since\":\"2026-01-05 09:00:00\",\"tags\":[],\"worth\":0.10}");
  }

  @Test
  void aRecordThatIsThereAlreadyIsChangedInsteadOfMadeTwice() {
    answers(asked -> asked.method().equals("GET")
        ? rows("{\"id\": 12, \"ext_ref\": \"c-9\", \"rev\": 3}")
        : Shop.Told.json(200, "{\"code\": 0, \"data\": {\"rev\": 4}}"));
    assertThat(write(RecordKind.CUSTOMER, write("c-9", null, null, Map.of("name", text("Li")))))
        .containsExactly(new Written.Done("12", "4", Made.NO));
    assertThat(shop.times("POST", "/customers")).isZero();
  }

  @Test
  void anUpdateIsBoundToTheVersionThatItWasMadeFrom() {
    answers(asked -> "6".equals(asked.header("If-Match"))
        ? Shop.Told.json(412, "{\"code\": \"OLD\"}") : Shop.Told.json(200, "{\"code\": 0, \"data\": {\"rev\": 8}}"));
    assertThat(crm.as(WriteRecords.class, RecordKind.CUSTOMER).conditional(RecordKind.CUSTOMER)).isTrue();
    assertThat(write(RecordKind.CUSTOMER, write("c-1", "12", "6", Map.of("name", text("Li")))))
        .containsExactly(new Written.Stale());
    assertThat(write(RecordKind.CUSTOMER, write("c-1", "12", "7", Map.of("name", text("Li")))))
        .containsExactly(new Written.Done("12", "8", Made.NO));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      200 | text/html        | <html>ok</html>                     | OutcomeUnknown
      200 | application/json | {"code": 0, "da                     | OutcomeUnknown
      200 | application/json | {"code": "77", "message": "odd"}    | OutcomeUnknown
      200 | text/plain       | {"code": 0}                         | OutcomeUnknown
      200 | application/json | null                                | OutcomeUnknown
      200 | application/json | {"code": 0, "code": 1}              | OutcomeUnknown
      204 |                  |                                     | OutcomeUnknown
      302 |                  |                                     | OutcomeUnknown
      500 | application/json | {"message": "stack"}                | OutcomeUnknown
      503 | application/json | {"message": "later"}                | Unreachable
      429 | application/json | {"wait": 7}                         | Busy
      200 | application/json | {"code": "LIMIT"}                   | Busy
      300 | application/json | {"message": "two fit"}              | Refused
      400 | application/json | {"message": "bad name"}             | Refused
      400 | text/html        | <html>bad request</html>            | Refused
      403 | application/json | {"message": "no right"}             | Refused
      404 | application/json | {"code": "NO_SUCH"}                 | NotFound
      404 | text/html        | <html>no such page</html>           | Refused
      """)
  void whatIsNoSuccessIsTheFaultThatItMeans(int status, @Nullable String type, @Nullable String body, String fault) {
    answers(asked -> Shop.Told.of(status, type == null ? "" : type, body == null ? "" : body));
    assertThat(failed(RecordKind.CUSTOMER, write("c-1", "12", "7", Map.of("name", text("Li")))))
        .extracting(thrown -> thrown.getClass().getSimpleName()).isEqualTo(fault);
  }

  @Test
  void anAnswerThatBreaksOffOrIsTooLongLeavesTheOutcomeUnknown() {
    answers(asked -> Shop.Told.broken());
    assertThat(failed(RecordKind.CUSTOMER, write("c-1", "12", "7", Map.of("name", text("Li")))))
        .isInstanceOf(Fault.OutcomeUnknown.class);
    answers(asked -> Shop.Told.json(200, "{\"code\": 0, \"x\": \"" + "y".repeat(1_100_000) + "\"}"));
    assertThat(failed(RecordKind.CUSTOMER, write("c-1", "12", "7", Map.of("name", text("Li")))))
        .isInstanceOf(Fault.OutcomeUnknown.class);
  }

  @Test
  void aRefusalNamesTheFieldAndNeverASecret() {
    answers(asked -> Shop.Told.json(400,
        "{\"message\": \"bad value with very-secret and t1-token\", \"errors\": [{\"field\": \"phone\"}]}"));
    assertThat(failed(RecordKind.CUSTOMER, write("c-1", "12", "7", Map.of("name", text("Li")))))
        .hasMessageContaining("field 'phone'").hasMessageContaining("bad value")
        .message().doesNotContain("very-secret");
  }

  @Test
  void aFieldThatIsNotThereOrOnlyReadIsRefusedBeforeAnythingIsSent() {
    answers(asked -> rows(""));
    assertThat(failed(RecordKind.CUSTOMER, write("c-1", "12", null, Map.of("nose", text("x")))))
        .isInstanceOf(Fault.BadRequest.class).hasMessageContaining("nose");
    assertThat(failed(RecordKind.CUSTOMER, write("c-1", "12", null, Map.of("notes", text("x")))))
        .isInstanceOf(Fault.BadRequest.class).hasMessageContaining("only be read");
    assertThat(failed(RecordKind.CUSTOMER, write("c-1", "12", null, Map.of("level", text("TIN")))))
        .isInstanceOf(Fault.BadRequest.class).hasMessageContaining("TIN");
    assertThat(shop.asked).isEmpty();
  }

  @Test
  void aCallIsLoggedInTwoStepsOfWhichTheSecondUsesTheFirst() {
    answers(asked -> Shop.Told.json(200, "{\"code\": 0, \"call\": \"k-3\"}"));
    assertThat(write(RecordKind.INTERACTION, write("i-1", null, null, Map.of(
            "owner", text("12"), "direction", text("in"), "result", text("elsewhere"),
            "start", text("2026-01-05T01:00:00Z"), "seconds", new Value.Number(BigDecimal.valueOf(95))))))
        .containsExactly(new Written.Done("k-3", "", Made.YES));
    assertThat(shop.asked.get(1).body()).isEqualTo(
        "{\"EXTERNAL_ID\":\"i-1\",\"TYPE\":\"2\",\"START\":\"2026-01-05 09:00:00\",\"OWNER\":\"12\"}");
    assertThat(shop.asked.get(2).body()).isEqualTo("{\"CALL_ID\":\"k-3\",\"DURATION\":95000,\"STATUS\":\"OTHER\"}");
  }

  @Test
  void agentsAreNamedAsTheSystemNamesThemAndItsListIsKeptForAWhile() {
    crm.close();
    crm = opened(Files.text("tulip.yaml")
        .replace("tables:\n", "tables:\n  owner: {from: {get: /users, rows: \"=body.rows\", ours: \"=ext\", theirs: \"=id\"}, keep: 1h, otherwise: 7}\n")
        .replace("      due: {label: Due", "      who: {label: Who, table: owner, suits: owner}\n      due: {label: Due"));
    answers(asked -> asked.is("GET", "/users")
        ? rows("{\"ext\": \"801\", \"id\": 51}") : Shop.Told.json(200, "{\"code\": 0, \"id\": 3}"));
    write(RecordKind.TASK, write("t-1", null, null, Map.of("who", text("801"))));
    assertThat(shop.asked.getLast().body()).isEqualTo("{\"ext\":\"t-1\",\"who\":51}");
    write(RecordKind.TASK, write("t-2", null, null, Map.of("who", text("999"))));
    assertThat(shop.asked.getLast().body()).isEqualTo("{\"ext\":\"t-2\",\"who\":7}");
    assertThat(shop.times("GET", "/users")).isEqualTo(1);
  }

  @Test
  void whereARepetitionDoesNoHarmALostAnswerIsNoDoubt() {
    answers(asked -> asked.path().equals("/calls/finish") ? Shop.Told.broken() : Shop.Told.json(200, "{\"code\": 0, \"call\": \"k-3\"}"));
    assertThat(failed(RecordKind.INTERACTION, write("i-1", null, null, Map.of("direction", text("in")))))
        .isInstanceOf(Fault.Unreachable.class);
  }

  @Test
  void whetherARecordWasMadeIsToldAsFarAsTheSystemTellsIt() {
    answers(asked -> Shop.Told.json(200, "{\"code\": 0, \"id\": 3, \"action\": \"update\"}"));
    assertThat(write(RecordKind.TASK, write("t-1", null, null, Map.of("title", text("Call back")))))
        .containsExactly(new Written.Done("3", "", Made.NO));
  }

  @Test
  void manyRecordsGoWithOneRequestAndEachGetsItsOwnVerdict() {
    answers(asked -> Shop.Told.json(207, """
        {"code": 0, "results": [
          {"ext": "t-3", "status": 412}, {"ext": "t-1", "status": 201, "id": 31, "rev": 1}]}"""));
    List<Written> written = write(RecordKind.TASK,
        write("t-1", null, null, Map.of("title", text("a"))),
        write("t-2", null, null, Map.of("title", text("b"))),
        write("t-3", "33", "2", Map.of("title", text("c"))));
    assertThat(written.get(0)).isEqualTo(new Written.Done("31", "1", Made.YES));
    assertThat(written.get(1)).isInstanceOfSatisfying(Written.Failed.class,
        failed -> assertThat(failed.fault()).isInstanceOf(Fault.Unreachable.class));
    assertThat(written.get(2)).isEqualTo(new Written.Stale());
    assertThat(shop.times("POST", "/tasks/batch")).isEqualTo(1);
    assertThat(crm.as(WriteRecords.class, RecordKind.TASK).mostWritten()).isEqualTo(3);
  }

  @Test
  void aRecordOfABatchThatCannotBeSentDoesNotHoldUpTheOthers() {
    answers(asked -> Shop.Told.json(200, "{\"code\": 0, \"results\": [{\"ext\": \"t-2\", \"status\": 200, \"id\": 32}]}"));
    List<Written> written = write(RecordKind.TASK,
        write("t-1", null, null, Map.of("nose", text("a"))), write("t-2", null, null, Map.of("title", text("b"))));
    assertThat(written.get(0)).isInstanceOf(Written.Failed.class);
    assertThat(written.get(1)).isEqualTo(new Written.Done("32", "", Made.NO));
  }

  @Test
  void aBatchThatIsRefusedAsAWholeIsThrown() {
    answers(asked -> Shop.Told.json(429, "{\"wait\": 3}"));
    assertThatThrownBy(() -> write(RecordKind.TASK,
            write("t-1", null, null, Map.of("title", text("a"))), write("t-2", null, null, Map.of("title", text("b")))))
        .isInstanceOfSatisfying(Fault.Busy.class, busy -> assertThat(busy.retryAfter()).hasSeconds(3));
  }

  @Test
  void aRecordThatIsGoneAlreadyIsRemovedWithoutAFuss() {
    answers(asked -> Shop.Told.json(404, "{\"code\": \"NO_SUCH\"}"));
    crm.as(RemoveRecords.class, RecordKind.CUSTOMER).remove(RecordKind.CUSTOMER, "5", "asked for");
    assertThat(shop.asked.getLast().uri()).isEqualTo("/customers/5?why=asked%20for");
  }

  @Test
  void theFirstOfSeveralSingleWritesThatMeetsAClosedDoorStopsTheRest() {
    List<String> sent = new ArrayList<>();
    answers(asked -> {
      sent.add(asked.path());
      return sent.size() == 1 ? Shop.Told.json(200, "{\"code\": 0, \"data\": {}}") : Shop.Told.json(429, "{}");
    });
    List<Written> written = write(RecordKind.CUSTOMER,
        write("a", "1", null, Map.of("name", text("x"))), write("b", "2", null, Map.of("name", text("x"))),
        write("c", "3", null, Map.of("name", text("x"))));
    assertThat(written.get(0)).isInstanceOf(Written.Done.class);
    assertThat(written.subList(1, 3)).allSatisfy(each -> assertThat(each).isInstanceOf(Written.Failed.class));
    assertThat(sent).hasSize(2);
  }
}
