package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Made;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real systems do that nobody would think of. */
class NastyTest extends TulipTest {
  private static final String FILE = """
      crm: {name: Nasty, adapter: rest, format: 1, hosts: ["=cfg.address"], region: CN}
      settings: {address: text, key: secret, hook_secret: secret}
      auth: {}
      request: {base: "=cfg.address", timeout: 3s}
      answers:
      %s
        - {is: refused, message: "=body.message"}
      check: {get: /me}
      records:
        customer:
          row: {id: "=$string(id)", version: "=$string(rev)", changed: "=$time(changed, 'iso')", deleted: "=gone = true", merged_into: "=into"}
          fields:
            name: {suits: name, hidden: "=name = ''"}
            phones: {type: texts, suits: phones}
            address: {blank: [[], {}]}
            born: {type: date, blank: [{}]}
      %s
      """;

  private Crm with(String answers, String more) {
    crm.close();
    crm = opened(FILE.formatted(answers.indent(2).stripTrailing(), more.indent(4).stripTrailing()));
    return crm;
  }

  private static final String OK = "- {status: 200, is: ok}";

  private List<CrmRecord> find() {
    return crm.as(FindByNumber.class, RecordKind.CUSTOMER)
        .findByNumber(new PhoneNumber("+8613800138000"), Duration.ofSeconds(2));
  }

  private Written write(Map<String, Value> fields) {
    return crm.as(WriteRecords.class, RecordKind.CUSTOMER).write(RecordKind.CUSTOMER,
        List.of(new Write("r-1", null, null, "op", new TreeMap<>(fields)))).getFirst();
  }

  private ReadChanges.Page changes(String cursor) {
    return crm.as(ReadChanges.class, RecordKind.CUSTOMER).changes(RecordKind.CUSTOMER, cursor, 10);
  }

  // 1
  @Test
  void aSearchByTwoFieldsAtOnceThatAnswersWithTheWholeTableShowsNobody() {
    with(OK, "find: {phone: {each: {field: [mobile, work]}, get: /find, query: {field: \"=field\", number: \"=q\"}, rows: \"=body\", most: 3}}");
    shop.answers(asked -> Shop.Told.json(200,
        "[{\"id\": 1, \"phones\": [\"13900000001\"]}, {\"id\": 2, \"phones\": []}, {\"id\": 3, \"phones\": [\"13900000003\"]}]"));
    assertThatThrownBy(this::find).isInstanceOf(Fault.Refused.class).hasMessageContaining("filter");
    assertThat(shop.asked).singleElement().extracting(Shop.Asked::uri).isEqualTo("/find?field=mobile&number=%2B8613800138000");
  }

  // 2
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"Result": {"IsSuccess": true},    "rows": []}   | none
      {"Result": {"IsSuccess": "true"},  "rows": []}   | none
      {"Result": {"IsSuccess": false},   "rows": []}   | Refused
      {"Result": {"IsSuccess": "false"}, "rows": []}   | Refused
      {"Result": {},                     "rows": []}   | Refused
      {"code": "310036"}                               | AuthLapsed
      {"code": 310036}                                 | AuthLapsed
      """)
  void successAndEvenARefusedTokenStandInsideOfAGoodAnswer(String body, String outcome) {
    with("""
        - {status: 200, when: "=$string(body.code) = '310036'", is: reauth}
        - {status: 200, when: "=$string(body.Result.IsSuccess) = 'true'", is: ok}""",
        "find: {phone: {get: /find, rows: \"=body.rows\"}}");
    shop.answers(asked -> Shop.Told.json(200, body));
    if (outcome.equals("none")) {
      assertThat(find()).isEmpty();
    } else {
      assertThatThrownBy(this::find).extracting(thrown -> thrown.getClass().getSimpleName()).isEqualTo(outcome);
    }
  }

  // 3
  @Test
  void equalsThatMeansContainsShowsOnlyWhomItIs() {
    with(OK, "find: {phone: {get: /find, rows: \"=body\"}}");
    shop.answers(asked -> Shop.Told.json(200,
        "[{\"id\": 1, \"phones\": [\"+86 10 8613800138000\"]}, {\"id\": 2, \"phones\": [\"(0086) 138-0013-8000\"]}]"));
    assertThat(find()).extracting(CrmRecord::id).containsExactly("2");
  }

  // 4
  @Test
  void oneLengthIsWrittenInFiveWays() {
    with(OK, """
        write:
          way: create_only
          unsure: park
          create:
            post: /calls
            body: {a: "=$duration(ours.fields.name, 'ms')", b: "=$duration(ours.fields.name, 'hh:mm')", c: "=$duration(ours.fields.name, 'minutes')", d: "=$duration(ours.fields.name, 'hours')", e: "=$duration(ours.fields.name, 'minutes_rest')", f: "=$duration(ours.fields.name, 's_text')"}
            give: {id: "=body.id"}""");
    shop.answers(asked -> Shop.Told.json(200, "{\"id\": \"1\"}"));
    write(Map.of("name", new Value.Number(BigDecimal.valueOf(95))));
    assertThat(shop.asked.getLast().body())
        .isEqualTo("{\"a\":95000,\"b\":\"00:02\",\"c\":2,\"d\":0,\"e\":1,\"f\":\"95\"}");
  }

  // 5
  @Test
  void aBusySystemAndAnExhaustedOneAskForDifferentPauses() {
    with("""
        - {status: 503, when: "=body.error = 'QUERY_LIMIT_EXCEEDED'", is: slow_down, wait: 2}
        - {status: 429, is: slow_down, wait: "=body.time.operating_reset_at - call.seconds"}
        - {status: 200, is: ok}""", "find: {phone: {get: /find, rows: \"=body\"}}");
    shop.answers(asked -> Shop.Told.json(503, "{\"error\": \"QUERY_LIMIT_EXCEEDED\"}"));
    assertThatThrownBy(this::find).isInstanceOfSatisfying(Fault.Busy.class, busy -> assertThat(busy.retryAfter()).hasSeconds(2));
    long reset = clock.micros() / 1_000_000 + 300;
    shop.answers(asked -> Shop.Told.json(429, "{\"time\": {\"operating_reset_at\": %d}}".formatted(reset)));
    assertThatThrownBy(this::find).isInstanceOfSatisfying(Fault.Busy.class, busy -> assertThat(busy.retryAfter()).hasSeconds(300));
  }

  // 6
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"id": "7", "created": true}  | YES
      {"id": "7", "created": false} | NO
      {"id": "7"}                   | UNKNOWN
      """)
  void whetherARecordWasMadeHasThreeAnswers(String body, Made made) {
    with(OK, "write: {way: native, unsure: repeat, native: {put: /up, body: {a: 1}, give: {id: \"=body.id\", made: \"=body.created\"}}}");
    shop.answers(asked -> Shop.Told.json(200, body));
    assertThat(write(Map.of())).isEqualTo(new Written.Done("7", "", made));
  }

  // 7
  @Test
  void aFeedThatKnowsWholeMinutesOnlyIsAskedFromTheMinuteOn() {
    with(OK, """
        changes:
          get: /changes
          query: {since: "=cursor.time"}
          rows: "=body"
          cursor: {kind: time, resolution: 1m, overlap: 0s}""");
    List<String> rows = new ArrayList<>();
    shop.answers(asked -> Shop.Told.json(200, rows.toString()));
    String cursor = changes(null).cursor();
    rows.add("{\"id\": 1, \"changed\": \"2026-01-05T01:07:41Z\"}");
    ReadChanges.Page page = changes(cursor);
    assertThat(page.records()).extracting(CrmRecord::id).containsExactly("1");
    changes(page.cursor());
    assertThat(shop.asked.getLast().uri()).isEqualTo("/changes?since=2026-01-05T01%3A07%3A00Z");
  }

  @Test
  void deletedRecordsOfAnotherFeedAreToldAfterTheOthers() {
    with(OK, """
        changes:
          get: /changes
          rows: "=body"
          cursor: {kind: time, overlap: 10s}
          gone:
            get: /gone
            query: {since: "=cursor.time"}
            rows: "=body"
            id: "=$string(key)"
            changed: "=$time(at, 'iso')"
            cursor: {kind: time, overlap: 10s}""");
    List<String> gone = new ArrayList<>();
    shop.answers(asked -> Shop.Told.json(200, asked.path().equals("/gone") ? gone.toString() : "[]"));
    String cursor = changes(null).cursor();
    gone.add("{\"key\": 5, \"at\": \"2026-01-05T01:00:01Z\"}");
    ReadChanges.Page page = changes(cursor);
    assertThat(page.records()).singleElement().satisfies(record -> {
      assertThat(record.id()).isEqualTo("5");
      assertThat(record.state()).isEqualTo(CrmRecord.State.DELETED);
    });
    assertThat(changes(page.cursor()).records()).isEmpty();
  }

  @Test
  void aFeedByTokensGoesOnWhereItEndedAndALinkThatExpiredIsAGap() {
    with("- {status: 410, is: gap}\n" + OK, """
        changes:
          get: /delta
          query: {token: "=cursor.token"}
          rows: "=body.value"
          page: {last: "=body.end = true"}
          cursor: {kind: token, next: "=body.delta"}""");
    shop.answers(asked -> asked.uri().contains("token=d2") ? Shop.Told.json(410, "{}")
        : asked.uri().contains("token=d1") ? Shop.Told.json(200, "{\"value\": [{\"id\": 3}], \"end\": true, \"delta\": \"d2\"}")
            : Shop.Told.json(200, "{\"value\": [], \"end\": true, \"delta\": \"d1\"}"));
    ReadChanges.Page page = changes(changes(null).cursor());
    assertThat(page.records()).extracting(CrmRecord::id).containsExactly("3");
    ReadChanges.Page gap = changes(page.cursor());
    assertThat(gap.gap()).isTrue();
    assertThat(changes(gap.cursor()).records()).extracting(CrmRecord::id).containsExactly("3");
  }

  @Test
  void aNextPageOnAForeignHostIsNotAsked() {
    with(OK, "scan: {get: /all, rows: \"=body.rows\", page: {kind: link, next: \"=body.next\"}}");
    shop.answers(asked -> Shop.Told.json(200, "{\"rows\": [{\"id\": 1}], \"next\": \"http://localhost:9/all?page=2\"}"));
    ScanRecords scan = crm.as(ScanRecords.class, RecordKind.CUSTOMER);
    String next = scan.scan(RecordKind.CUSTOMER, null, 10).next();
    assertThatThrownBy(() -> scan.scan(RecordKind.CUSTOMER, next, 10)).isInstanceOf(Fault.Refused.class);
    shop.answers(asked -> Shop.Told.json(200, "{\"rows\": [{\"id\": 1}], \"next\": \"/all?page=2\"}"));
    assertThat(scan.scan(RecordKind.CUSTOMER, scan.scan(RecordKind.CUSTOMER, null, 10).next().replace("page=2", "page=3"), 10).next())
        .isNotNull();
    assertThat(shop.asked.getLast().uri()).isEqualTo("/all?page=3");
  }

  // 10
  @Test
  void rowsWithoutNamesGetThemAndNumbersStayExact() {
    with(OK, "find: {id: {get: [one, \"=id\"], rows: \"=body\", columns: [id, name, phones, rev]}}");
    shop.answers(asked -> Shop.Told.json(200, "[[9007199254740993, \"Wang\", \"138 0013 8000\", 18446744073709551617]]"));
    assertThat(crm.as(ReadRecords.class, RecordKind.CUSTOMER).read(RecordKind.CUSTOMER, List.of("9007199254740993")))
        .singleElement().satisfies(record -> {
          assertThat(record.version()).isEqualTo("18446744073709551617");
          assertThat(record.fields()).containsEntry("phones", new Value.Many(List.of("138 0013 8000")));
        });
    shop.answers(asked -> Shop.Told.json(200, "[[1, \"Wang\"]]"));
    assertThatThrownBy(() -> crm.as(ReadRecords.class, RecordKind.CUSTOMER).read(RecordKind.CUSTOMER, List.of("1")))
        .isInstanceOf(Fault.Refused.class).hasMessageContaining("shape");
  }

  @Test
  void emptyHiddenAndAbsentStayApart() {
    with(OK, "find: {id: {get: [one, \"=id\"], row: \"=body\"}}");
    shop.answers(asked -> Shop.Told.json(200, "{\"id\": 1, \"name\": \"\", \"address\": [], \"born\": {}}"));
    assertThat(crm.as(ReadRecords.class, RecordKind.CUSTOMER).read(RecordKind.CUSTOMER, List.of("1")).getFirst().fields())
        .containsEntry("name", new Value.Hidden())
        .containsEntry("address", Value.EMPTY)
        .containsEntry("born", Value.EMPTY)
        .doesNotContainKey("phones");
  }
}
