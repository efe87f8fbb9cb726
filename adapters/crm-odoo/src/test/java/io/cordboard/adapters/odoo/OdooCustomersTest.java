package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Customers and the notes at them. On a real Odoo: docs/crm-odoo.md says how it is run. */
@Tag("real-odoo")
class OdooCustomersTest extends OdooStory {
  @Test
  void aNumberChangedByAPersonIsFoundAndIsAmongTheChanges() {
    String id = customer("Moves");
    String cursor = crm.changes(RecordKind.CUSTOMER, null, 100).cursor();
    PhoneNumber number = number();
    odoo.write(
        "res.partner",
        id,
        Map.of("phone", "(" + number.e164().substring(2, 5) + ") " + number.e164().substring(5)));
    assertThat(crm.findByNumber(number, SOON)).extracting(CrmRecord::id).containsExactly(id);
    assertThat(crm.changes(RecordKind.CUSTOMER, cursor, 100).records())
        .extracting(CrmRecord::id)
        .contains(id);
  }

  @Test
  void tagsAndLevelStandInOneFieldThereAndDoNotDisturbEachOther() {
    String ref = ref();
    String id =
        done(
                RecordKind.CUSTOMER,
                ref,
                null,
                fields(
                    "name",
                    "Tagged",
                    "tags",
                    Value.of(List.of("喜欢电话", "late payer")),
                    "level",
                    "GOLD"))
            .id();
    assertThat(read(RecordKind.CUSTOMER, id).fields())
        .containsEntry("tags", Value.of(List.of("late payer", "喜欢电话")))
        .containsEntry("level", Value.of("GOLD"));
    done(RecordKind.CUSTOMER, ref, id, fields("level", "PLATINUM"));
    done(RecordKind.CUSTOMER, ref, id, fields("tags", Value.of(List.of("new"))));
    assertThat(read(RecordKind.CUSTOMER, id).fields())
        .containsEntry("tags", Value.of(List.of("new")))
        .containsEntry("level", Value.of("PLATINUM"));
    done(RecordKind.CUSTOMER, ref, id, fields("tags", Value.EMPTY, "level", Value.EMPTY));
    assertThat(read(RecordKind.CUSTOMER, id).fields())
        .containsEntry("tags", Value.EMPTY)
        .containsEntry("level", Value.of("STANDARD"));
  }

  @Test
  void kindAndLanguageAreKeptAsOdooNamesThemAndReadAsWeDo() {
    String id =
        done(
                RecordKind.CUSTOMER,
                ref(),
                null,
                fields("name", "Firm", "kind", "COMPANY", "language", "zh"))
            .id();
    assertThat(
            odoo.call(
                    "res.partner",
                    "read",
                    Map.of(
                        "ids", List.of(Long.valueOf(id)), "fields", List.of("lang", "is_company")))
                .toString())
        .contains("\"zh_CN\"")
        .contains("\"is_company\":true");
    assertThat(read(RecordKind.CUSTOMER, id).fields())
        .containsEntry("kind", Value.of("COMPANY"))
        .containsEntry("language", Value.of("zh-CN"))
        .containsEntry("level", Value.of("STANDARD"));
    Write unknown = new Write(ref(), null, null, "op", fields("name", "X", "language", "fr-CA"));
    Written refused = crm.write(RecordKind.CUSTOMER, List.of(unknown)).getFirst();
    assertThat(refused).isInstanceOf(Written.Failed.class);
    assertThat(((Written.Failed) refused).fault())
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("fr-CA");
  }

  @Test
  void aLevelThatIsNoneOfOursSaysNothingAndTheLowestNeedsNoTag() {
    String tag = odoo.create("res.partner.category", Map.of("name", "Level: Diamond"));
    String id =
        odoo.create(
            "res.partner",
            Map.of("name", "Shiny", "category_id", List.of(List.of(4, Integer.valueOf(tag), 0))));
    assertThat(read(RecordKind.CUSTOMER, id).fields()).containsEntry("level", new Value.Hidden());
    String ref = ref();
    done(RecordKind.CUSTOMER, ref, id, fields("level", "GOLD"));
    assertThat(read(RecordKind.CUSTOMER, id).fields()).containsEntry("level", Value.of("GOLD"));
    done(RecordKind.CUSTOMER, ref, id, fields("level", "STANDARD"));
    assertThat(read(RecordKind.CUSTOMER, id).fields()).containsEntry("level", Value.of("STANDARD"));
    assertThat(
            odoo.call(
                    "res.partner",
                    "read",
                    Map.of("ids", List.of(Long.valueOf(id)), "fields", List.of("category_id")))
                .path(0)
                .path("category_id")
                .size())
        .isZero();
    odoo.unlink("res.partner.category", tag);
  }

  @Test
  void anArchivedCustomerIsGoneAndComesBackWhenUnarchived() {
    String id = customer("Archived");
    String cursor = crm.changes(RecordKind.CUSTOMER, null, 100).cursor();
    odoo.write("res.partner", id, Map.of("active", false));
    assertThat(read(RecordKind.CUSTOMER, id).state()).isEqualTo(State.DELETED);
    assertThat(crm.changes(RecordKind.CUSTOMER, cursor, 100).records())
        .anyMatch(told -> told.id().equals(id) && told.state() == State.DELETED);
    odoo.write("res.partner", id, Map.of("active", true));
    assertThat(read(RecordKind.CUSTOMER, id).state()).isEqualTo(State.LIVE);
  }

  @Test
  void ofMergedCustomersWhoCarryOurIdsTheLoserSaysWhereItWent() {
    String loserRef = ref();
    String winnerRef = ref();
    // the second was made there by a person, and linked when it was first written by us
    String winner = odoo.create("res.partner", Map.of("name", "Winner"));
    String loser = done(RecordKind.CUSTOMER, loserRef, null, fields("name", "Loser")).id();
    done(RecordKind.CUSTOMER, winnerRef, winner, fields("email", "winner@example.com"));
    new OdooHarness().merge(RecordKind.CUSTOMER, loser, winner);
    CrmRecord gone = read(RecordKind.CUSTOMER, loser);
    assertThat(gone.state()).isEqualTo(State.MERGED);
    assertThat(gone.mergedInto()).isEqualTo(winner);
    assertThat(read(RecordKind.CUSTOMER, winner).ref()).isEqualTo(winnerRef);
    assertThat(crm.findByRef(RecordKind.CUSTOMER, loserRef)).map(CrmRecord::id).contains(winner);
  }

  @Test
  void whoWorksThereAndADeliveryAddressAreNoCustomers() {
    PhoneNumber number = number();
    String firm = customer("Firm");
    String address =
        odoo.create(
            "res.partner",
            Map.of(
                "name",
                "Door 3",
                "parent_id",
                Long.valueOf(firm),
                "type",
                "delivery",
                "phone",
                number.e164()));
    assertThat(crm.findByNumber(number, SOON)).isEmpty();
    assertThat(crm.read(RecordKind.CUSTOMER, List.of(address, "3"))).isEmpty();
  }

  @Test
  void twentyOneWithOneNumberAreTooManyToChooseFrom() {
    PhoneNumber number = number();
    for (int i = 0; i < 21; i++) {
      odoo.create("res.partner", Map.of("name", "Switchboard " + i, "phone", number.e164()));
    }
    assertThatThrownBy(() -> crm.findByNumber(number, SOON)).isInstanceOf(Fault.Refused.class);
  }

  @Test
  void aCallIsANoteAtTheCustomerAndItsTextIsNoHtml() {
    String evil = "<script>alert(1)</script> & \"x\"\nsecond line";
    String id =
        done(
                RecordKind.INTERACTION,
                ref(),
                null,
                fields(
                    "customer",
                    customer("Called"),
                    "subject",
                    "Call from +12125550143",
                    "at",
                    "2026-11-28T01:02:03Z",
                    "direction",
                    "in",
                    "notes",
                    evil,
                    "seconds",
                    new Value.Number(new BigDecimal("192")),
                    "recording",
                    "https://cordboard.example/recordings/1?a=1&b=2"))
            .id();
    assertThat(body(id))
        .doesNotContain("<script")
        .contains("&lt;script&gt;")
        .contains("href=\"https://cordboard.example/recordings/1?a=1&amp;b=2\"");
    assertThat(read(RecordKind.INTERACTION, id).fields())
        .containsEntry("at", Value.of("2026-11-28T01:02:03Z"))
        .containsEntry("direction", Value.of("in"))
        .containsEntry("notes", Value.of(evil))
        .containsEntry("seconds", new Value.Number(new BigDecimal("192")))
        .containsEntry("recording", Value.of("https://cordboard.example/recordings/1?a=1&b=2"))
        .containsEntry("disposition", Value.EMPTY);
  }

  @Test
  void lateDataChangesItsOwnLineAndNothingThatAPersonWroteIntoTheNote() {
    String ref = ref();
    String id =
        done(
                RecordKind.INTERACTION,
                ref,
                null,
                fields("customer", customer("Called"), "subject", "Call", "notes", "ours"))
            .id();
    odoo.write(
        "mail.message",
        id,
        Map.of("body", body(id).replace("ours", "theirs") + "<p>And he likes <b>tea</b>.</p>"));
    CrmRecord edited = read(RecordKind.INTERACTION, id);
    assertThat(edited.fields()).containsEntry("notes", Value.of("theirs"));
    done(RecordKind.INTERACTION, ref, id, fields("recording", "https://cordboard.example/r/2"));
    assertThat(body(id))
        .contains("theirs")
        .contains("<p>And he likes <b>tea</b>.</p>")
        .contains("https://cordboard.example/r/2");
    done(RecordKind.INTERACTION, ref, id, fields("recording", "https://cordboard.example/r/3"));
    assertThat(body(id)).contains("tea").contains("r/3").doesNotContain("r/2");
  }

  @Test
  void aNoteEditedInOdoosOwnWindowIsSeenAndLateDataStillFindsItsLine() {
    String ref = ref();
    String id =
        done(
                RecordKind.INTERACTION,
                ref,
                null,
                fields("customer", customer("Called"), "subject", "Call", "notes", "ours"))
            .id();
    CrmRecord before = read(RecordKind.INTERACTION, id);
    String cursor = crm.changes(RecordKind.INTERACTION, null, 100).cursor();
    odoo.edits(id, body(id).replace("ours", "theirs"));
    CrmRecord edited = read(RecordKind.INTERACTION, id);
    assertThat(edited.version()).isNotEqualTo(before.version());
    assertThat(edited.fields()).containsEntry("notes", Value.of("theirs"));
    assertThat(crm.changes(RecordKind.INTERACTION, cursor, 100).records())
        .extracting(CrmRecord::id)
        .contains(id);
    done(RecordKind.INTERACTION, ref, id, fields("seconds", new Value.Number(new BigDecimal("9"))));
    assertThat(body(id)).contains("theirs").contains("o-mail-Message-edited");
    assertThat(read(RecordKind.INTERACTION, id).fields())
        .containsEntry("notes", Value.of("theirs"))
        .containsEntry("seconds", new Value.Number(new BigDecimal("9")));
  }

  @Test
  void aNoteThatAPersonWroteAnewSaysNothingOfOursAndKeepsTheirWords() {
    String ref = ref();
    String id =
        done(
                RecordKind.INTERACTION,
                ref,
                null,
                fields("customer", customer("Called"), "subject", "Call", "notes", "ours"))
            .id();
    String version = read(RecordKind.INTERACTION, id).version();
    odoo.write(
        "mail.message",
        id,
        Map.of("body", "<p>All mine <span class=\"o-mail-Message-edited\"></span></p>"));
    CrmRecord edited = read(RecordKind.INTERACTION, id);
    assertThat(edited.version()).isNotEqualTo(version);
    assertThat(edited.fields()).doesNotContainKeys("notes", "recording");
    done(RecordKind.INTERACTION, ref, id, fields("recording", "https://cordboard.example/r/4"));
    assertThat(body(id)).contains("All mine").contains("r/4");
  }

  @Test
  void aNoteThatAPersonDeletedIsGoneAndIsNotWrittenAnewAndOneThatWeRemoveToo() {
    String ref = ref();
    String id =
        done(
                RecordKind.INTERACTION,
                ref,
                null,
                fields("customer", customer("Called"), "subject", "Call"))
            .id();
    assertThat(read(RecordKind.INTERACTION, id).state()).isEqualTo(State.LIVE);
    odoo.edits(id, "");
    assertThat(read(RecordKind.INTERACTION, id).state()).isEqualTo(State.DELETED);
    for (String known : new String[] {id, null}) {
      Write late = new Write(ref, known, null, "op", fields("notes", "late"));
      Written written = crm.write(RecordKind.INTERACTION, List.of(late)).getFirst();
      assertThat(written).isInstanceOf(Written.Failed.class);
      assertThat(((Written.Failed) written).fault()).isInstanceOf(Fault.Refused.class);
    }
    crm.remove(RecordKind.INTERACTION, id, "the wrong person");
    assertThat(crm.read(RecordKind.INTERACTION, List.of(id))).isEmpty();
  }

  @Test
  void whatIsNoIdOfOdoosIsRefusedAlone() {
    Write odd = new Write(ref(), "seventeen", null, "op", fields("name", "x"));
    Write good = new Write(ref(), null, null, "op", fields("name", "Good"));
    List<Written> written = crm.write(RecordKind.CUSTOMER, List.of(odd, good));
    assertThat(written.get(0)).isInstanceOf(Written.Failed.class);
    assertThat(written.get(1)).isInstanceOf(Written.Done.class);
  }

  @Test
  void aNoteDoesNotGoToAnotherCustomer() {
    String ref = ref();
    String id =
        done(
                RecordKind.INTERACTION,
                ref,
                null,
                fields("customer", customer("One"), "subject", "Call"))
            .id();
    Written moved =
        crm.write(
                RecordKind.INTERACTION,
                List.of(new Write(ref, id, null, "op", fields("customer", customer("Two")))))
            .getFirst();
    assertThat(moved).isInstanceOf(Written.Failed.class);
    assertThat(((Written.Failed) moved).fault())
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("remove it");
  }

  @Test
  void notesOfOtherPeopleAreNoneOfOurs() {
    String id = customer("Called");
    String theirs =
        odoo.call(
                "res.partner",
                "message_post",
                Map.of(
                    "ids",
                    List.of(Long.valueOf(id)),
                    "body",
                    "A note of my own",
                    "message_type",
                    "comment"))
            .path(0)
            .asString();
    assertThat(crm.read(RecordKind.INTERACTION, List.of(theirs))).isEmpty();
  }
}
