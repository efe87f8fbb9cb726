package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.FindByEmail;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmHarness.Able;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Whose a number or an address is. */
interface CrmFindCases {
  CrmRig rig();

  private String has(String words, List<String> phones, List<String> emails) {
    return rig().harness().make(RecordKind.CUSTOMER, rig().harness().customer(words, phones, emails));
  }

  private List<String> idsOf(PhoneNumber number) {
    return rig().byNumber().findByNumber(number, CrmRig.SOON).stream().map(CrmRecord::id).toList();
  }

  @Test
  default void aCustomerIsFoundHoweverTheNumberIsWrittenThere() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              assertThat(rig().harness().writings()).hasSizeGreaterThanOrEqualTo(3);
              for (Writing writing : rig().harness().writings()) {
                for (PhoneNumber number : List.of(rig().chinese(), rig().american())) {
                  String written = writing.of(number);
                  String id = has(rig().fresh("Caller"), List.of(written), List.of());
                  assertThat(idsOf(number)).as("written as '%s'", written).containsExactly(id);
                }
              }
            },
            Ability.FIND_BY_NUMBER);
  }

  @Test
  default void whatIsFoundIsTheRecordAsItStands() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              PhoneNumber number = rig().chinese();
              String words = rig().fresh("李小龙");
              has(words, List.of(number.e164()), List.of());
              CrmRecord found = rig().byNumber().findByNumber(number, CrmRig.SOON).getFirst();
              assertThat(rig().words(found)).isEqualTo(Value.of(words));
              assertThat(found.state()).isEqualTo(CrmRecord.State.LIVE);
            },
            Ability.FIND_BY_NUMBER);
  }

  @Test
  default void theNumberOfNobodyFindsNone() {
    rig().each(kind -> assertThat(idsOf(rig().chinese())).isEmpty(), Ability.FIND_BY_NUMBER);
  }

  @Test
  default void aNumberOfAnotherCountryThatEndsAlikeIsAnotherNumber() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              PhoneNumber asked = rig().american();
              String tail = asked.e164().substring(2);
              has(rig().fresh("Stranger"), List.of("+44" + tail), List.of());
              has(rig().fresh("Stranger"), List.of("+49 " + tail), List.of());
              assertThat(idsOf(asked)).isEmpty();
            },
            Ability.FIND_BY_NUMBER);
  }

  @Test
  default void allWhoShareANumberAreFound() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              PhoneNumber number = rig().chinese();
              String first = has(rig().fresh("Mother"), List.of(Writing.PLAIN.of(number)), List.of());
              String second = has(rig().fresh("Son"), List.of(Writing.SPACES.of(number)), List.of());
              assertThat(idsOf(number)).containsExactlyInAnyOrder(first, second);
            },
            Ability.FIND_BY_NUMBER);
  }

  @Test
  default void whoWasDeletedThereIsNotFound() {
    rig().needs(Able.HANDS, Able.DELETES);
    rig()
        .each(
            kind -> {
              PhoneNumber number = rig().chinese();
              String id = has(rig().fresh("Gone"), List.of(number.e164()), List.of());
              assertThat(idsOf(number)).containsExactly(id);
              rig().harness().delete(kind, id);
              assertThat(idsOf(number)).isEmpty();
            },
            Ability.FIND_BY_NUMBER);
  }

  @Test
  default void anAddressIsFoundWhateverItsCapitals() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              FindByEmail finder = rig().crm().as(FindByEmail.class, kind);
              String address = rig().fresh("Some.Body").replace(" ", ".") + "@Example.com";
              String id = has(rig().fresh("Writer"), List.of(), List.of(address));
              for (String asked : List.of(address, address.toLowerCase(Locale.ROOT), address.toUpperCase(Locale.ROOT))) {
                assertThat(finder.findByEmail(asked, CrmRig.SOON)).extracting(CrmRecord::id).containsExactly(id);
              }
              assertThat(finder.findByEmail("x" + address, CrmRig.SOON)).isEmpty();
            },
            Ability.FIND_BY_EMAIL);
  }
}
