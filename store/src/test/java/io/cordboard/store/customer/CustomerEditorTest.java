package io.cordboard.store.customer;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.identity.IdentityLedger.Claim;
import io.cordboard.core.identity.IdentityLink;
import io.cordboard.core.identity.IdentityLink.Source;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.CustomerEditor.Change;
import io.cordboard.core.profile.CustomerEditor.Changes;
import io.cordboard.core.profile.CustomerEditor.Fields;
import io.cordboard.core.profile.CustomerEditor.Position;
import io.cordboard.core.trust.Incidents.Incident;
import io.cordboard.core.trust.Incidents.Which;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Database;
import io.cordboard.store.JdbcCardStore;
import io.cordboard.store.People;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomerEditorTest {
  private static final CustomerId ANN = customer(1);
  private static final String MOBILE = "+447700900001";
  private static final Changes NOTHING = new Changes(null, null, null, null, null, Map.of());

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final People people = new People(rows);
  private final HikariDataSource pool = database.pool("test", 2);
  private final JdbcCustomerEditor editor = new JdbcCustomerEditor(pool);
  private final JdbcIdentityStore identities = new JdbcIdentityStore(pool);
  private final JdbcCardStore cards = new JdbcCardStore(pool);
  private long now = AT;

  @AfterEach
  void close() {
    pool.close();
  }

  private Author author() {
    return new Author(now++, "user:" + agent(1));
  }

  private Card card(CustomerId id) {
    return cards.byId(id).orElseThrow();
  }

  private Optional<IdentityLink> say(CustomerId id, String value, Source source) {
    Claim claim = new Claim(IdentityKind.MOBILE, value);
    return identities.say(
        id, value,
        ledger -> ledger.link(UUID.randomUUID(), id, claim, source, new Stamp(now++, "user:x")));
  }

  @Test
  void aNewCustomerHasWhatWasGivenAndAHistoryThatBegins() {
    people.user(1, "Li");
    String name = "王\"小\"明 😀 محمد";
    editor.create(
        ANN, new Fields(Card.Kind.PERSON, name, "zh-CN", Card.ValueLevel.STANDARD), author());
    assertThat(card(ANN).name()).isEqualTo(name);
    assertThat(card(ANN).since()).isEqualTo("2026-01-05");
    assertThat(editor.history(ANN, null, 10))
        .singleElement()
        .extracting(Change::field, Change::by, Change::after)
        .containsExactly("created", "Li", name);
  }

  @Test
  void aChangeTellsWhoWhenBeforeAndAfterAndNothingWhereNothingDiffers() {
    people.customer(1, "Ann").user(1, "Li").tag(1, "old").tag(1, "both").sensitive(1, "birth-date", "1980");
    Changes changes =
        new Changes(
            null, "Anna", null, Card.ValueLevel.PLATINUM, new TreeSet<>(List.of("both", "new")),
            Map.of("birth-date", "1981", "address", "Main St"));
    long at = now;
    assertThat(editor.change(ANN, card(ANN).version(), changes, author())).isTrue();
    Card after = card(ANN);
    assertThat(after.name()).isEqualTo("Anna");
    assertThat(after.version()).isEqualTo(2);
    assertThat(after.tags()).containsExactly("both", "new");
    assertThat(after.sensitive()).hasSize(2);
    assertThat(editor.history(ANN, null, 20))
        .allMatch(change -> change.at().equals(Clock.instant(at)) && "Li".equals(change.by()))
        .extracting(c -> c.field() + " " + c.before() + " " + c.after() + " " + c.isProtected())
        .containsExactlyInAnyOrder(
            "name Ann Anna false", "level GOLD PLATINUM false", "tag old null false",
            "tag null new false", "protected:birth-date 1980 1981 true",
            "protected:address null Main St true");
    assertThat(editor.change(ANN, 2, changes, author())).isFalse();
    assertThat(card(ANN).version()).isEqualTo(2);
  }

  @Test
  void aChangeMadeFromAnOldVersionIsRefused() {
    people.customer(1, "Ann");
    Changes rename = new Changes(null, "B", null, null, null, Map.of());
    editor.change(ANN, 1, rename, author());
    assertThatThrownBy(() -> editor.change(ANN, 1, rename, author()))
        .isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> editor.change(customer(9), 1, NOTHING, author()))
        .isInstanceOf(Fault.NotFound.class);
  }

  @Test
  void theHistoryIsPagedAndHasThatOfMergedCustomers() {
    people.customer(1, "Ann").customer(2, "Anne").merge(1, 2);
    for (int i = 0; i < 5; i++) {
      editor.change(ANN, card(ANN).version(), new Changes(null, "A" + i, null, null, null, Map.of()), author());
    }
    List<Change> first = editor.history(customer(2), null, 3);
    Change last = first.getLast();
    List<Change> rest = editor.history(ANN, new Position(last.micros(), last.id()), 3);
    assertThat(first).extracting(Change::after).containsExactly("A4", "A3", "A2");
    assertThat(rest).extracting(Change::after).containsExactly("A1", "A0");
  }

  @Test
  void aNumberIsAddedTakenAwayAndAddedAgain() {
    people.customer(1, "Ann");
    assertThat(say(ANN, MOBILE, Source.ENTERED)).isPresent();
    assertThat(say(ANN, MOBILE, Source.ENTERED)).isEmpty();
    assertThat(cards.byNumbers(List.of(MOBILE))).hasSize(1);
    identities.say(
        ANN, MOBILE,
        ledger -> Optional.of(ledger.correct(UUID.randomUUID(), ANN, MOBILE, new Stamp(now++, "x"))));
    assertThat(cards.byNumbers(List.of(MOBILE))).isEmpty();
    assertThat(say(ANN, MOBILE, Source.IMPORTED)).isEmpty();
    assertThat(say(ANN, MOBILE, Source.ENTERED)).isPresent();
    assertThat(cards.byNumbers(List.of(MOBILE))).hasSize(1);
    assertThat(rows.count("identity where until = 0")).isEqualTo(1);
    assertThat(identities.history(ANN, 10))
        .extracting(IdentityLink::source)
        .containsExactly(Source.ENTERED, Source.CORRECTED, Source.ENTERED);
  }

  @Test
  void aConfirmationOfAnImportedNumberIsKeptAndCountsForTheMatch() {
    people.customer(1, "Ann").customer(2, "Bob").link(1, "home", MOBILE).link(2, "home", MOBILE);
    now = AT + 50;
    identities.say(
        ANN, MOBILE,
        ledger ->
            Optional.of(
                ledger.confirm(
                    UUID.randomUUID(), ANN, new Claim(IdentityKind.HOME, MOBILE),
                    new Stamp(now, "user:x"))));
    var first = cards.byNumbers(List.of(MOBILE)).getFirst();
    assertThat(first.card().id()).isEqualTo(ANN);
    assertThat(first.confirmedAt()).isEqualTo(Clock.instant(AT + 50));
    assertThat(first.owners()).isEqualTo(2);
  }

  @Test
  void aValueSaidOfNobodyWeKnowIsNotKept() {
    assertThatThrownBy(() -> say(customer(9), MOBILE, Source.ENTERED))
        .isInstanceOf(Fault.NotFound.class);
    assertThat(rows.count("identity_link")).isZero();
  }

  @Test
  void incidentsAreListedNewestFirstAndClosedOnce() {
    JdbcIncidents incidents = new JdbcIncidents(pool);
    for (int i = 0; i < 3; i++) {
      incidents.report(
          new Incident(
              new UUID(0, i), AT + i, "call-corrected", ANN, customer(2), "call", "c" + i, AT,
              "user:x", null, null, null));
    }
    assertThat(incidents.list(Which.ALL, null, 2)).extracting(Incident::factId).containsExactly("c2", "c1");
    assertThat(incidents.open()).isEqualTo(3);
    incidents.close(new UUID(0, 1), "user:boss", "told the customer", AT + 9);
    assertThat(incidents.open()).isEqualTo(2);
    assertThat(incidents.list(Which.OPEN, null, 9)).extracting(Incident::factId).containsExactly("c2", "c0");
    assertThat(incidents.list(Which.CLOSED, null, 9)).extracting(Incident::measure).containsExactly("told the customer");
    assertThatThrownBy(() -> incidents.close(new UUID(0, 1), "user:boss", "x", AT))
        .isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> incidents.close(new UUID(0, 9), "user:boss", "x", AT))
        .isInstanceOf(Fault.NotFound.class);
  }
}
