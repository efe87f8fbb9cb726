package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.FindByEmail;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomersTest extends TulipTest {
  private static final PhoneNumber NUMBER = new PhoneNumber("+8613800138000");
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final String WANG =
      "{\"id\": 9007199254740993, \"ext_ref\": \"c-1\", \"rev\": 7, \"updated\": 1767574800000, \"name\": \"王伟\","
          + " \"phones\": [{\"value\": \"138 0013 8000\"}], \"mobile\": null, \"email\": \"wang@example.com\","
          + " \"level\": 3, \"vip\": true, \"worth\": 12.50, \"since\": \"2026-01-05 09:00:00\", \"tags\": [\"a\", \"b\"]}";

  private List<CrmRecord> find() {
    return crm.as(FindByNumber.class, RecordKind.CUSTOMER).findByNumber(NUMBER, TIME);
  }

  @Test
  void theShippedExampleHasNoMistakes() {
    assertThat(Files.mistakes(Files.text("tulip.yaml"))).isEmpty();
  }

  @Test
  void whatTheFileDeclaresIsWhatTheSystemCan() {
    assertThat(crm.abilities().get(RecordKind.CUSTOMER)).contains(
        Ability.FIND_BY_NUMBER, Ability.FIND_BY_EMAIL, Ability.READ, Ability.CHANGES, Ability.SCAN, Ability.WRITE,
        Ability.REMOVE, Ability.HOOKS, Ability.FIELDS);
    assertThat(crm.can(RecordKind.INTERACTION, Ability.READ)).isFalse();
    assertThat(crm.can(RecordKind.ORDER, Ability.FIELDS)).isFalse();
  }

  @Test
  void aRowBecomesARecordWithExactValues() {
    answers(asked -> rows(WANG));
    CrmRecord record = find().getFirst();
    assertThat(record.id()).isEqualTo("9007199254740993");
    assertThat(record.ref()).isEqualTo("c-1");
    assertThat(record.version()).isEqualTo("7");
    assertThat(record.changedAt()).isEqualTo(1_767_574_800_000_000L);
    assertThat(record.fields())
        .containsEntry("name", new Value.Text("王伟"))
        .containsEntry("phones", new Value.Many(List.of("138 0013 8000")))
        .containsEntry("mobile", Value.EMPTY)
        .containsEntry("level", new Value.Text("GOLD"))
        .containsEntry("vip", new Value.Flag(true))
        .containsEntry("worth", new Value.Number(new BigDecimal("12.50")))
        .containsEntry("since", new Value.Text("2026-01-05T01:00:00Z"))
        .containsEntry("tags", new Value.Many(List.of("a", "b")))
        .doesNotContainKey("notes");
  }

  @Test
  void aNumberIsLookedForInEveryWritingAndFieldUntilOneHits() {
    answers(asked -> asked.body().contains("ENDS") && asked.body().contains("mobile") ? rows(WANG) : rows(""));
    assertThat(find()).extracting(CrmRecord::ref).containsExactly("c-1");
    assertThat(shop.asked.stream().map(Shop.Asked::body).filter(body -> body.contains("filters")))
        .hasSize(5)
        .last().asString().contains("\"value\":\"800138000\"");
  }

  @Test
  void aRecordWithAnotherNumberIsNotTheCallersWhateverTheFilterSays() {
    answers(asked -> rows(WANG.replace("138 0013 8000", "138 0013 8001")));
    assertThat(find()).isEmpty();
  }

  @Test
  void aFilterThatIsLeftAsideIsNoticedAndNobodyIsShown() {
    String others = WANG.replace("138 0013 8000", "138 0013 8001");
    answers(asked -> rows(String.join(",", java.util.Collections.nCopies(10, others))));
    assertThatThrownBy(this::find).isInstanceOf(Fault.Refused.class).hasMessageContaining("filter");
  }

  @Test
  void emptinessIsBelievedOnlyWhereTheSystemSaysIt() {
    answers(asked -> Shop.Told.json(200, "{\"code\": \"NONE\"}"));
    assertThat(find()).isEmpty();
    answers(asked -> Shop.Told.json(200, "{\"code\": 0}"));
    assertThatThrownBy(this::find).isInstanceOf(Fault.Refused.class).hasMessageContaining("no list of records");
    answers(asked -> Shop.Told.json(200, "{\"code\": 0, \"rows\": {}}"));
    assertThatThrownBy(this::find).isInstanceOf(Fault.Refused.class);
    answers(asked -> Shop.Told.of(200, "text/html", "<html>maintenance</html>"));
    assertThatThrownBy(this::find).isInstanceOf(Fault.Unreachable.class);
    answers(asked -> Shop.Told.json(404, "{\"message\": \"no route\"}"));
    assertThatThrownBy(this::find).isInstanceOf(Fault.Refused.class).hasMessageContaining("no route");
  }

  @Test
  void anAddressIsFoundWhateverItsCapitals() {
    answers(asked -> rows(WANG));
    assertThat(crm.as(FindByEmail.class, RecordKind.CUSTOMER).findByEmail("Wang@Example.com", TIME)).hasSize(1);
  }

  @Test
  void aRecordIsReadByItsIdAndOneThatIsNotThereIsLeftOut() {
    answers(asked -> asked.path().equals("/customers/9007199254740993")
        ? Shop.Told.json(200, "{\"code\": 0, \"data\": " + WANG + "}")
        : Shop.Told.json(404, "{\"code\": \"NO_SUCH\"}"));
    ReadRecords read = crm.as(ReadRecords.class, RecordKind.CUSTOMER);
    assertThat(read.read(RecordKind.CUSTOMER, List.of("9007199254740993", "5/../6")))
        .extracting(CrmRecord::id).containsExactly("9007199254740993");
    assertThat(shop.asked).extracting(Shop.Asked::uri).contains("/customers/5%2F..%2F6");
  }

  @Test
  void aRecordThatWasDeletedOrMergedThereIsToldSo() {
    ReadRecords read = crm.as(ReadRecords.class, RecordKind.CUSTOMER);
    answers(asked -> Shop.Told.json(200, "{\"code\": 0, \"data\": {\"id\": 5, \"gone\": true}}"));
    assertThat(read.read(RecordKind.CUSTOMER, List.of("5"))).singleElement()
        .extracting(CrmRecord::state).isEqualTo(CrmRecord.State.DELETED);
    answers(asked -> Shop.Told.json(200, "{\"code\": 0, \"data\": {\"id\": 5, \"merged\": 6}}"));
    assertThat(read.read(RecordKind.CUSTOMER, List.of("5"))).singleElement()
        .extracting(CrmRecord::mergedInto).isEqualTo("6");
  }

  @Test
  void aRecordIsFoundByOurIdAndTwoOfThemAreTold() {
    ReadRecords read = crm.as(ReadRecords.class, RecordKind.CUSTOMER);
    answers(asked -> rows(WANG));
    assertThat(read.findByRef(RecordKind.CUSTOMER, "c-1")).isPresent();
    answers(asked -> rows(WANG + "," + WANG.replace("9007199254740993", "8")));
    assertThatThrownBy(() -> read.findByRef(RecordKind.CUSTOMER, "c-1"))
        .isInstanceOf(Fault.Refused.class).hasMessageContaining("2 records");
  }

  @Test
  void aFieldThatMayNotBeSeenIsHiddenAndSoIsOneOfAnotherShape() {
    answers(asked -> rows(WANG.replace("wang@example.com", "***").replace("\"王伟\"", "{\"a\": 1}")));
    assertThat(find().getFirst().fields())
        .containsEntry("email", new Value.Hidden())
        .containsEntry("name", new Value.Hidden());
    answers(asked -> rows(WANG.replace("\"wang@example.com\"", "false")));
    assertThat(find().getFirst().fields()).containsEntry("email", Value.EMPTY);
  }
}
