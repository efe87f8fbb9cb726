package io.cordboard.store.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Comfort;
import io.cordboard.core.routing.Directory.DropOut;
import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.Hours;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.OutcomeForm.OutcomeField;
import io.cordboard.core.routing.OutcomeForm.Kind;
import io.cordboard.core.routing.OutcomeForm.NoteTemplate;
import io.cordboard.core.setup.Setup;
import io.cordboard.core.setup.Setup.Group;
import io.cordboard.core.setup.Setup.Person;
import io.cordboard.core.setup.SetupStore.Fresh;
import io.cordboard.core.setup.SetupStore.Order;
import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.JdbcSettings;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.trust.JdbcSparePhones;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcSetupTest {
  private static final Stamp HOW = new Stamp(7, "user:boss");
  private static final AgentId ANN = new AgentId(new UUID(1, 1));
  private static final AgentId BOB = new AgentId(new UUID(1, 2));

  private final HikariDataSource pool = PostgresForTests.migrated().pool("test", 2);
  private final JdbcSetup store = new JdbcSetup(pool);

  @AfterEach
  void close() {
    pool.close();
  }

  private static Phone phone(String extension) {
    return new Phone("asterisk", extension, Phone.Kind.BROWSER);
  }

  private static Person person(@Nullable Phone phone, @Nullable String team) {
    return new Person(new DisplayName("Somebody"), Role.AGENT, Set.of(), true, phone, team);
  }

  private static Fresh fresh(AgentId id, String name, Person person) {
    return new Fresh(
        new User(
            id, new Username(name), person.shown(), person.role(), person.grants(), true,
            person.phone(), true, 5),
        "hash");
  }

  private static Setup whole(Person ann, Person bob) {
    Line.Notice words = new Line.Notice("1", "zh-CN", "现在休息。");
    Hours office =
        new Hours(
            "office", "Office", ZoneId.of("Asia/Shanghai"),
            List.of(new Hours.Span(DayOfWeek.MONDAY, new Hours.Time(540, 1080))),
            List.of(
                new Hours.Day(LocalDate.of(2026, 10, 1), "国庆节", null),
                new Hours.Day(LocalDate.of(2026, 10, 10), "", new Hours.Time(600, 720))));
    Line line =
        new Line(
            "+861085551234", "Direct", "care", Line.Waiting.MUSIC, words, true, 20, 60, 60, 300,
            null, new Line.Access("office", words, 30, words, 3));
    Map<String, Person> users = new LinkedHashMap<>();
    users.put("ann", ann);
    users.put("bob", bob);
    Map<String, Disposition> dispositions = new LinkedHashMap<>();
    dispositions.put("solved", new Disposition("solved", "已解决", "Solved"));
    dispositions.put("order", new Disposition("order", "下单", "Order"));
    dispositions.put("online", new Disposition("online", "网上", "Online", "order"));
    Map<String, OutcomeField> fields = new LinkedHashMap<>();
    fields.put(
        "why", new OutcomeField("why", "原因", "Reason", Kind.CHOICE, true, List.of("价格", "a,\"b\""), List.of(line.did())));
    fields.put("day", new OutcomeField("day", "日期", "Day", Kind.DATE, false, List.of(), List.of()));
    Map<String, NoteTemplate> templates =
        Map.of("promise", new NoteTemplate("promise", "回访", "已承诺\n{date}", List.of(line.did())));
    return new Setup(
        users, Map.of("day", "Day shift"),
        Map.of(
            "care",
            new Group(
                "Care", List.of("ann"), List.of("day"),
                new Comfort(45, "1", 5, 20, 60, DropOut.BACK), true)),
        Map.of("office", office), Map.of(line.did(), line), dispositions, fields, templates,
        Map.of("acme", TrunkRules.of(Place.of("CN"))));
  }

  private Setup applied() {
    Setup all = whole(person(phone("2001"), null), person(phone("2002"), "day"));
    store.apply(
        new Order(
            store.load(), all,
            List.of(
                fresh(ANN, "ann", all.users().get("ann")),
                fresh(BOB, "bob", all.users().get("bob"))),
            HOW));
    return all;
  }

  @Test
  void everythingComesBackAsItWasAppliedAndQueuesAreServedByTheirTeamsToo() {
    Setup all = applied();
    assertThat(store.load()).isEqualTo(all);
    assertThat(new ArrayList<>(store.load().dispositions().keySet()))
        .containsExactly("solved", "order", "online");
    assertThat(new ArrayList<>(store.load().fields().keySet())).containsExactly("why", "day");
    Directory directory = new JdbcSettings(pool).load();
    assertThat(directory.queues().get("care").members()).containsExactlyInAnyOrder(ANN, BOB);
    assertThat(directory.hours()).isEqualTo(all.hours());
  }

  @Test
  void twoUsersCanSwapTheirPhones() {
    Setup all = applied();
    Setup swapped = whole(person(phone("2002"), null), person(phone("2001"), "day"));
    store.apply(new Order(all, swapped, List.of(), HOW));
    assertThat(store.load()).isEqualTo(swapped);
  }

  @Test
  void secondPhonesComeBackAndMayChangePlacesWithTheFirstAndBetweenUsers() {
    Setup all = applied();
    Phone one = new Phone("asterisk", "1001", Phone.Kind.SIP);
    Phone other = new Phone("asterisk", "1002", Phone.Kind.SIP);
    Setup given = with(all, two(phone("2001"), one), two(phone("2002"), other));
    store.apply(new Order(all, given, List.of(), HOW));
    assertThat(store.load()).isEqualTo(given);
    assertThat(new JdbcSparePhones(pool).all()).isEqualTo(Map.of(ANN, one, BOB, other));
    Setup swapped = with(all, two(one, phone("2002")), two(other, phone("2001")));
    store.apply(new Order(given, swapped, List.of(), HOW));
    assertThat(store.load()).isEqualTo(swapped);
    store.apply(new Order(swapped, all, List.of(), HOW));
    assertThat(store.load()).isEqualTo(all);
    assertThat(new JdbcSparePhones(pool).all()).isEmpty();
  }

  private static Person two(Phone rings, Phone spare) {
    return new Person(new DisplayName("Somebody"), Role.AGENT, Set.of(), true, rings, null, spare);
  }

  private static Setup with(Setup all, Person ann, Person bob) {
    Map<String, Person> users = new LinkedHashMap<>();
    users.put("ann", ann);
    users.put("bob", bob);
    return new Setup(
        users, all.teams(), all.queues(), all.hours(), all.lines(), all.dispositions(),
        all.fields(), all.templates(), all.trunks());
  }

  @Test
  void whatIsLeftOutOfASectionIsGone() {
    Setup all = applied();
    Setup bare =
        new Setup(all.users(), all.teams(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(),
            Map.of(), Map.of());
    store.apply(new Order(all, bare, List.of(), HOW));
    assertThat(store.load()).isEqualTo(bare);
  }

  @Test
  void aFailureInTheMiddleLeavesEverythingAsItWas() {
    Setup all = applied();
    Setup broken =
        new Setup(
            all.users(), all.teams(), Map.of(), all.hours(), all.lines(), Map.of(), Map.of(), Map.of(),
            Map.of());
    assertThatThrownBy(() -> store.apply(new Order(all, broken, List.of(), HOW)))
        .isInstanceOf(Fault.class);
    assertThat(store.load()).isEqualTo(all);
  }

  @Test
  void aSetUpThatChangedSinceItWasShownIsNotOverwritten() {
    Setup all = applied();
    assertThatThrownBy(() -> store.apply(new Order(Setup.NONE, all, List.of(), HOW)))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("meanwhile");
    assertThat(store.load()).isEqualTo(all);
  }
}
