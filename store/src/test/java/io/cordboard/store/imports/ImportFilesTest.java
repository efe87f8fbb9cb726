package io.cordboard.store.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.journey.EditCustomer;
import io.cordboard.core.journey.ImportFiles;
import io.cordboard.core.journey.ImportMapping;
import io.cordboard.core.journey.LiveCustomers;
import io.cordboard.core.journey.OwnNumbers;
import io.cordboard.core.profile.ImportJob;
import io.cordboard.core.profile.ImportJob.State;
import io.cordboard.core.profile.ImportKind;
import io.cordboard.core.profile.ImportStore;
import io.cordboard.core.profile.SearchQuery;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Role;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.store.Database;
import io.cordboard.store.Flushes;
import io.cordboard.store.People;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.store.customer.JdbcCustomerSearch;
import io.cordboard.testkit.HandClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way into a real database. */
class ImportFilesTest {
  private static final Principal ADMIN =
      new Principal(Principal.Kind.USER, new UUID(1, 1), "admin", Role.ADMINISTRATOR, Set.of());

  @TempDir private Path folder;
  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final People people = new People(rows);
  private final HikariDataSource pool = database.pool("test", 3);
  private final HandClock clock = new HandClock();
  private final JdbcImports store = new JdbcImports(pool);
  private final List<AuditEntry> audited = new ArrayList<>();
  private final Set<CustomerId> told = new HashSet<>();
  private @Nullable ImportFiles files;

  @AfterEach
  void close() {
    pool.close();
  }

  private ImportFiles imports() {
    ImportFiles known = files == null ? make() : files;
    files = known;
    return known;
  }

  private ImportFiles make() {
    return make(store);
  }

  private ImportFiles make(ImportStore over) {
    OwnNumbers numbers =
        new OwnNumbers(
            new NumberReader(), () -> TrunkRules.of(Place.of("CN")).owning("+861085550000"),
            () -> new Directory(Map.of(), Map.of(), Map.of(), List.of()));
    LiveCustomers live =
        new LiveCustomers() {
          @Override
          public CompletionStage<Void> changed(Set<CustomerId> customers) {
            told.addAll(customers);
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public CompletionStage<Boolean> verified(AgentId agent, CustomerId customer) {
            return CompletableFuture.completedFuture(false);
          }
        };
    Audit audit =
        new Audit() {
          @Override
          public void record(AuditEntry entry) {
            audited.add(entry);
          }

          @Override
          public void recordNow(AuditEntry entry) {
            audited.add(entry);
          }
        };
    return new ImportFiles(
        over, new ImportFiles.Room(folder.resolve("imports"), Runnable::run), numbers, live, audit,
        new EditCustomer.Making(clock, new Ids(clock, new SplittableRandom(1))));
  }

  private ImportJob bring(ImportKind kind, byte[] bytes) {
    return imports().bring(ADMIN, kind, "x.csv", new ByteArrayInputStream(bytes), 1 << 30);
  }

  private ImportJob bring(ImportKind kind, String text) {
    return bring(kind, text.getBytes(StandardCharsets.UTF_8));
  }

  private ImportMapping guessed(ImportJob job) {
    List<String> guesses = imports().preview(ADMIN, job.id()).guesses();
    List<ImportMapping.Column> columns = new ArrayList<>();
    for (int i = 0; i < guesses.size(); i++) {
      if (!guesses.get(i).isEmpty()) {
        columns.add(new ImportMapping.Column(i, guesses.get(i)));
      }
    }
    return new ImportMapping(columns, "Asia/Shanghai", "CNY");
  }

  private ImportJob load(ImportKind kind, String text, boolean goodRows) {
    ImportJob job = bring(kind, text);
    imports().load(ADMIN, job.id(), guessed(job), goodRows);
    return store.byId(job.id()).orElseThrow();
  }

  private String wrongRows(ImportJob job) throws IOException {
    return Files.readString(imports().wrongRows(ADMIN, job.id()).orElseThrow());
  }

  @Test
  void customersComeWithTheirNumbersTagsAndHistoryAndAreFoundInPinyin() {
    ImportJob job =
        load(
            ImportKind.CUSTOMERS,
            "客户编号,姓名,手机,邮箱,等级,标签,注册日期,备注\nC-1,王小明,138 0013 8000,A@Example.com,gold,VIP、老客户,2020/3/1,\"多\n行\"\nC-2,Ann,,,,,,\n",
            false);
    assertThat(job.state()).as(job.why()).isEqualTo(State.LOADED);
    assertThat(job.good()).isEqualTo(2);
    assertThat(rows.all("select name, level, since, spelled from customer order by name desc"))
        .containsExactly("王小明|GOLD|2020-03-01| wangxiaoming wxm xm wangxm", "Ann|STANDARD|" + rows.one("select since from customer where name = 'Ann'") + "| ann");
    assertThat(rows.all("select kind, value, linked_by from identity order by kind, value"))
        .containsExactly(
            "email|a@example.com|" + ADMIN.auditName(), "foreign-id|C-1|" + ADMIN.auditName(),
            "foreign-id|C-2|" + ADMIN.auditName(), "mobile|+8613800138000|" + ADMIN.auditName());
    assertThat(rows.all("select name from tag order by name")).containsExactlyInAnyOrder("VIP", "老客户");
    assertThat(rows.count("customer_change")).isEqualTo(2);
    var query = SearchQuery.of("wxm", Optional.empty(), "86");
    assertThat(new JdbcCustomerSearch(pool).find(query, null, 5).hits()).hasSize(1);
    assertThat(audited).extracting(AuditEntry::what)
        .contains("import-brought", "import-loading", "import-loaded");
    assertThat(folder.resolve("imports").resolve(job.id() + ".csv")).doesNotExist();
  }

  @Test
  void ordersServiceRecordsAndNumbersFindTheirCustomerByIdNumberOrMail() {
    load(ImportKind.CUSTOMERS, "id,name,mobile,email\n10001,王,13800138000,w@x.example\nC-2,Ann,,\n", false);
    String uuid = rows.one("select id from customer where name = 'Ann'");
    String heading = "customer,number,date,title,amount,status\n";
    ImportJob orders =
        load(
            ImportKind.ORDERS,
            heading + "10001,SO-1,2026-03-09 14:05,Kettle,\"1,280.50\",Shipped\n13800138000,SO-2,2026-03-10,Pan,9,paid\nW@x.example,SO-3,2026-03-11,Pot,9,paid\n"
                + uuid + ",SO-4,2026-03-12,Cup,9,paid\n",
            false);
    assertThat(orders.state()).as(orders.why()).isEqualTo(State.LOADED);
    assertThat(rows.all("select o.number, c.name, amount_minor, state from sales_order o join customer c on c.id = o.customer_id order by 1"))
        .containsExactly("SO-1|王|128050|shipped", "SO-2|王|900|paid", "SO-3|王|900|paid", "SO-4|Ann|900|paid");
    assertThat(told).hasSize(2);
    ImportJob service =
        load(ImportKind.SERVICE, "customer,ticket no,opened,closed,title,status\nC-2,T-1,2026-03-09,,Leaks,open\nC-2,T-2,2026-03-01,2026-03-02,Fixed,closed\n", false);
    assertThat(service.good()).as(service.why()).isEqualTo(2);
    assertThat(rows.count("service_record where closed_at = 0")).isEqualTo(1);
    ImportJob links = load(ImportKind.IDENTITIES, "customer id,mobile,home\nC-2,13900001111,010 62345678\n", false);
    assertThat(links.state()).as(links.why()).isEqualTo(State.LOADED);
    assertThat(rows.count("identity")).isEqualTo(6);
  }

  @Test
  void oneBrokenRowLoadsNothingAndIsNamedWithItsColumn() throws IOException {
    StringBuilder text = new StringBuilder("id,name,mobile\n");
    for (int i = 1; i <= 5_000; i++) {
      text.append("C-%d,客户%d,%s\n".formatted(i, i, i == 2_500 ? "=cmd()" : "138%08d".formatted(i)));
    }
    ImportJob job = load(ImportKind.CUSTOMERS, text.toString(), false);
    assertThat(job.state()).isEqualTo(State.REFUSED);
    assertThat(job.why()).startsWith("Row 2501, column 'mobile': '=cmd()' is no telephone number").contains("Nothing was changed");
    assertThat(rows.count("customer")).isZero();
    assertThat(wrongRows(job)).startsWith("\ufeffrow,line,column").contains("2501,2501,mobile,\"'=cmd()\",");
    imports().load(ADMIN, job.id(), guessed(job), true);
    assertThat(store.byId(job.id()).orElseThrow()).extracting(ImportJob::state, ImportJob::good, ImportJob::wrong)
        .containsExactly(State.LOADED, 4_999L, 1L);
    assertThat(rows.count("customer")).isEqualTo(4_999);
  }

  @Test
  void everythingThatIsWrongWithARowIsToldAndWithTheFileAsAWhole() throws IOException {
    people.customer(1, "A").link(1, "home", "+861062345678").customer(2, "B").link(2, "home", "+861062345678");
    ImportJob job =
        load(
            ImportKind.ORDERS,
            "customer,number,date,title,amount,status\nnobody,1,2026-03-09,x,1,open\n010 62345678,2,2026-03-09,x,1,open\n,3,,x,1.234,open,extra\n"
                + Flushes.customer(1) + ",4,2026-03-09,x,1,open\n" + Flushes.customer(1) + ",4,2026-03-10,x,1,open\n",
            false);
    assertThat(job).extracting(ImportJob::state, ImportJob::read, ImportJob::good, ImportJob::wrong)
        .containsExactly(State.REFUSED, 5L, 1L, 4L);
    assertThat(wrongRows(job))
        .contains("2,2,customer,nobody,", "2 customers have it", "4,4,,,", "6,6,number,4,Row 5 has the same number");
  }

  @Test
  void aDryRunChangesNothingAndASecondLoadFindsWhatIsThere() {
    String text = "id,name\nC-1,王\nC-2,李\n";
    ImportJob job = bring(ImportKind.CUSTOMERS, text);
    imports().check(ADMIN, job.id(), guessed(job));
    assertThat(store.byId(job.id()).orElseThrow()).extracting(ImportJob::state, ImportJob::good)
        .containsExactly(State.CHECKED, 2L);
    assertThat(rows.count("customer")).isZero();
    load(ImportKind.CUSTOMERS, text, false);
    ImportJob again = load(ImportKind.CUSTOMERS, text + "C-3,新\n", false);
    assertThat(again).extracting(ImportJob::good, ImportJob::known).containsExactly(1L, 2L);
    assertThat(rows.count("customer")).isEqualTo(3);
    assertThatThrownBy(() -> imports().load(ADMIN, again.id(), new ImportMapping(List.of(), "UTC", "CNY"), false))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("loaded already");
  }

  @Test
  void aFileInGb18030IsReadAndOneWithAnOpenQuoteIsRefusedAsAWhole() {
    ImportJob job = bring(ImportKind.CUSTOMERS, "姓名,手机\n王小明,13800138000\n".getBytes(Charset.forName("GB18030")));
    imports().load(ADMIN, job.id(), guessed(job), false);
    assertThat(rows.all("select name from customer")).containsExactly("王小明");
    ImportJob open = bring(ImportKind.CUSTOMERS, "name\nA\n" + "B\n".repeat(20) + "\"C\n" + "D\n".repeat(50_000));
    imports().load(ADMIN, open.id(), guessed(open), true);
    ImportJob end = store.byId(open.id()).orElseThrow();
    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(end.why()).contains("Row 23 (line 23)").contains("Nothing was changed");
    assertThat(rows.count("customer")).isEqualTo(1);
  }

  @Test
  void aNumberThatSomebodyTookAwayDoesNotComeBackWithTheSameFile() {
    load(ImportKind.CUSTOMERS, "id,name\nC-1,王\n", false);
    String numbers = "customer,mobile\nC-1,13800138000\n";
    load(ImportKind.IDENTITIES, numbers, false);
    String open = "identity where until = 0 and kind = 'mobile'";
    assertThat(rows.count(open)).isEqualTo(1);
    rows.execute("update identity set until = since + 1, closed_by = 'x' where kind = 'mobile'");
    assertThat(load(ImportKind.IDENTITIES, numbers, false).state()).isEqualTo(State.LOADED);
    assertThat(rows.count(open)).isZero();
  }

  @Test
  void aLongCellIsToldWithoutHalfACharacter() throws IOException {
    String cell = "a".repeat(199) + "\ud83d\ude00a";
    ImportJob job = load(ImportKind.CUSTOMERS, "name\n" + cell + "\nB\n", true);
    assertThat(job.state()).as(job.why()).isEqualTo(State.LOADED);
    assertThat(wrongRows(job)).contains("2,2,name," + "a".repeat(199) + ",\"It has 202 characters");
  }

  @Test
  void whatIsStoppedAfterItsLastRowWasReadChangesNothing() {
    ImportJob job = bring(ImportKind.CUSTOMERS, "name\nA\n");
    ImportMapping mapping = guessed(job);
    ImportFiles own = make(new Halting(store, () -> imports().forget(ADMIN, job.id()), () -> {}, () -> {}));
    files = own;
    own.load(ADMIN, job.id(), mapping, false);
    assertThat(store.byId(job.id()).orElseThrow().state()).isEqualTo(State.FAILED);
    assertThat(store.byId(job.id()).orElseThrow().why()).startsWith("It was stopped.");
    assertThat(rows.count("customer")).isZero();
    assertThat(audited).extracting(AuditEntry::what).contains("import-stopped");
  }

  @Test
  void whatIsBeingWrittenCannotBeStoppedAnyMore() {
    ImportJob job = bring(ImportKind.CUSTOMERS, "name\nA\n");
    ImportMapping mapping = guessed(job);
    List<Fault> answers = new ArrayList<>();
    Runnable stop =
        () -> {
          try {
            imports().forget(ADMIN, job.id());
          } catch (Fault.Refused no) {
            answers.add(no);
          }
        };
    ImportFiles own = make(new Halting(store, () -> {}, stop, () -> {}));
    files = own;
    own.load(ADMIN, job.id(), mapping, false);
    assertThat(store.byId(job.id()).orElseThrow().state()).isEqualTo(State.LOADED);
    assertThat(answers).singleElement().extracting(Fault::getMessage).asString().contains("cannot be stopped");
  }

  @Test
  void itRunsForWhoeverLooksUntilItsTableOfWrongRowsIsWhole() {
    ImportJob job = bring(ImportKind.CUSTOMERS, "name,mobile\nA,oops\n");
    ImportMapping mapping = guessed(job);
    List<State> seen = new ArrayList<>();
    ImportFiles own =
        make(
            new Halting(
                store, () -> {}, () -> {},
                () -> seen.add(imports().show(ADMIN, job.id()).job().state())));
    files = own;
    own.load(ADMIN, job.id(), mapping, false);
    assertThat(seen).containsExactly(State.LOADING);
    assertThat(own.show(ADMIN, job.id()).job().state()).isEqualTo(State.REFUSED);
  }

  @Test
  void aMappingThatCannotBeReadIsRefusedBeforeAnythingBegins() {
    ImportJob job = bring(ImportKind.ORDERS, "a,b\n1,2\n");
    for (List<ImportMapping.Column> columns :
        List.of(
            List.<ImportMapping.Column>of(), List.of(new ImportMapping.Column(0, "salary")),
            List.of(new ImportMapping.Column(7, "title")),
            List.of(new ImportMapping.Column(0, "title"), new ImportMapping.Column(1, "title")))) {
      assertThatThrownBy(() -> imports().check(ADMIN, job.id(), new ImportMapping(columns, "UTC", "CNY")))
          .isInstanceOf(Fault.BadRequest.class);
    }
    assertThatThrownBy(() -> bring(ImportKind.ORDERS, "")).isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void anImportThatRanWhenTheServerEndedHasFailedAndOldFilesGo() {
    ImportJob job = bring(ImportKind.CUSTOMERS, "name\nA\n");
    store.save(job.in(State.LOADING, ""));
    imports().tidy();
    assertThat(store.byId(job.id()).orElseThrow()).extracting(ImportJob::state).isEqualTo(State.FAILED);
    clock.advance(java.time.Duration.ofDays(8));
    imports().tidy();
    assertThat(store.byId(job.id())).isEmpty();
    assertThat(folder.resolve("imports").resolve(job.id() + ".csv")).doesNotExist();
  }

  @Test
  void filesThatNobodyKnowsGoAndTheOthersStay() throws IOException {
    ImportJob job = bring(ImportKind.CUSTOMERS, "name\nA\n");
    Path kept = folder.resolve("imports");
    Path left = Files.writeString(kept.resolve(new UUID(7, 7) + ".csv"), "name\nB\n");
    Files.writeString(kept.resolve("notes.csv"), "x");
    imports().tidy();
    assertThat(left).doesNotExist();
    assertThat(kept.resolve("notes.csv")).exists();
    assertThat(kept.resolve(job.id() + ".csv")).exists();
  }

  @Test
  void anOldFileThatCannotBeDeletedHoldsNothingUp() throws IOException {
    ImportJob job = bring(ImportKind.CUSTOMERS, "name\nA\n");
    ImportJob other = bring(ImportKind.CUSTOMERS, "name\nB\n");
    Path file = folder.resolve("imports").resolve(job.id() + ".csv");
    Files.delete(file);
    Files.writeString(Files.createDirectory(file).resolve("x"), "a folder with something in it");
    clock.advance(java.time.Duration.ofDays(8));
    imports().dropOld();
    assertThat(store.byId(job.id())).isPresent();
    assertThat(store.byId(other.id())).isEmpty();
  }

  @Test
  void longHeadingsAreRefusedLongCellsShownShortAndSoManyFilesAreKept() {
    assertThatThrownBy(() -> bring(ImportKind.CUSTOMERS, "x".repeat(201) + ",b\n1,2\n"))
        .isInstanceOf(Fault.BadRequest.class);
    ImportJob job = bring(ImportKind.CUSTOMERS, "name\n" + "y".repeat(300) + "\n");
    assertThat(imports().preview(ADMIN, job.id()).rows().getFirst()).containsExactly("y".repeat(200));
    assertThat(audited).extracting(AuditEntry::what).contains("import-previewed");
    for (int i = 1; i < 20; i++) {
      bring(ImportKind.CUSTOMERS, "name\nA\n");
    }
    assertThatThrownBy(() -> bring(ImportKind.CUSTOMERS, "name\nA\n"))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("forget one");
  }

  @Test
  void whoMayNotImportLearnsNothing() {
    Principal agent = new Principal(Principal.Kind.USER, new UUID(1, 2), "a", Role.AGENT, Set.of());
    assertThatThrownBy(() -> imports().list(agent)).isInstanceOf(Fault.Refused.class);
  }

  /** Nightly: takes minutes. Prints the rates for whoever compares. */
  @Test
  @Tag("nightly")
  void aBrokenRowInTheMiddleOfTwoMillionChangesNothingAndTheOthersCanBeLoaded() throws IOException {
    int all = Integer.getInteger("cordboard.import.rows", 2_000_000);
    Path file = folder.resolve("large.csv");
    try (var out = Files.newBufferedWriter(file)) {
      out.write("id,name,mobile,email\n");
      for (int i = 1; i <= all; i++) {
        out.write("C-%d,客户小%d,%s,c%d@x.example\n".formatted(i, i, i == all / 2 ? "oops" : "136%08d".formatted(i), i));
      }
    }
    ImportJob job;
    try (var in = Files.newInputStream(file)) {
      job = imports().bring(ADMIN, ImportKind.CUSTOMERS, "large.csv", in, 1L << 32);
    }
    long begin = System.nanoTime();
    imports().load(ADMIN, job.id(), guessed(job), false);
    long refused = System.nanoTime();
    assertThat(store.byId(job.id()).orElseThrow().why()).startsWith("Row %d, column 'mobile'".formatted(all / 2 + 1));
    assertThat(rows.count("customer")).isZero();
    imports().load(ADMIN, job.id(), guessed(job), true);
    long loaded = System.nanoTime();
    assertThat(rows.count("customer")).isEqualTo(all - 1);
    System.out.printf(
        "%,d rows: refused after %.1f s, the good ones loaded in %.1f s (%,.0f rows/s)%n", all,
        (refused - begin) / 1e9, (loaded - refused) / 1e9, all / ((loaded - refused) / 1e9));
  }
}
