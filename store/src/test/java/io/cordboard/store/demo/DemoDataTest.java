package io.cordboard.store.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Database;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.testkit.HandClock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoDataTest {
  private static final List<AgentId> AGENTS =
      List.of(new AgentId(new UUID(1, 1)), new AgentId(new UUID(1, 2)));

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final HikariDataSource pool = database.pool("test", 2);
  private final DemoData demo = new DemoData(pool, new HandClock());

  @AfterEach
  void close() {
    pool.close();
  }

  private static DemoData.Plan plan(int customers) {
    return new DemoData.Plan(1, customers, AGENTS, false);
  }

  @Test
  void aNewcomerFindsAThousandCustomersOfBothLanguagesAndKinds() {
    assertThat(demo.load(DemoData.Plan.newcomer(AGENTS), made -> {})).isEqualTo(1_000);
    assertThat(rows.count("customer where demo")).isEqualTo(1_000);
    assertThat(rows.count("customer where not demo")).isZero();
    for (String some :
        List.of(
            "customer where language = 'zh-CN'", "customer where language = 'en'",
            "customer where kind = 'COMPANY'", "sales_order", "service_record where closed_at = 0",
            "service_record where closed_at <> 0", "tag", "segment_note", "call_record")) {
      assertThat(rows.count(some)).as(some).isGreaterThan(50);
    }
    assertThat(rows.all("select distinct level from customer")).hasSize(4);
    assertThat(rows.all("select did from phone_line"))
        .containsExactlyInAnyOrder("4008001234", "+861085551234", "+443069990123");
    assertThat(rows.count("queue_member")).isEqualTo(4);
  }

  @Test
  void everyCustomerHasTwoToFourNumbersAndSomeAreShared() {
    demo.load(plan(1_000), made -> {});
    assertThat(
            rows.all(
                """
                select distinct count(*) from identity where kind <> 'email'
                group by customer_id order by 1
                """))
        .containsExactly("2", "3", "4");
    String shared =
        "(select value from identity where kind = '%s' group by value having count(*) > 1)";
    assertThat(rows.count(shared.formatted("home") + " s")).isGreaterThan(50);
    assertThat(rows.count(shared.formatted("work") + " s")).isGreaterThan(20);
  }

  @Test
  void theNumberOfTheReadmeIsOneCustomers() {
    demo.load(plan(1), made -> {});
    assertThat(
            rows.one(
                "select name, demo from customer join identity on customer.id = customer_id"
                    + " where value = '+8613800138000'"))
        .isEqualTo("李明|t");
  }

  @Test
  void everyOtherNumberIsInARangeThatRingsNobody() {
    demo.load(plan(5_000), made -> {});
    assertThat(
            rows.all(
                """
                select value from identity where kind <> 'email' and value !~
                '^(\\+86154[0-9]{8}|\\+86(10|2[0-9]|755|571)0[0-9]{7}|\\+1[2-9][0-9]{2}55501[0-9]{2}|\\+447700900[0-9]{3}|\\+44(20|11[3-8]|121|131|141|151|161)(7946|496)0[0-9]{3}|\\+441914980[0-9]{3}|\\+442896496[0-9]{3}|\\+442920180[0-9]{3}|\\+441632960[0-9]{3})$'
                """))
        .containsExactly("+8613800138000");
  }

  @Test
  void theSameSeedGivesTheSameCustomers() {
    Database other = PostgresForTests.migrated();
    try (HikariDataSource second = other.pool("test", 1)) {
      demo.load(plan(300), made -> {});
      new DemoData(second, new HandClock()).load(plan(300), made -> {});
    }
    String all = "select md5(string_agg(t::text, '' order by t::text)) from %s t";
    for (String table : DemoTables.names()) {
      assertThat(rows.one(all.formatted(table)))
          .as(table)
          .isEqualTo(new Rows(other).one(all.formatted(table)));
    }
  }

  @Test
  void loadingTwiceAddsNothing() {
    demo.load(plan(100), made -> {});
    assertThat(demo.load(plan(100), made -> {})).isZero();
    assertThat(rows.count("customer")).isEqualTo(100);
  }

  @Test
  void aLargeLoadTellsItsProgressAndLeavesAllKeysInPlace() {
    String keys =
        """
        select string_agg(conname, ',' order by conname) ||
          (select string_agg(indexdef, ',' order by indexname) from pg_indexes
           where schemaname = 'public' and indexname !~ 'journal') from pg_constraint
        """;
    String before = rows.one(keys);
    List<Long> told = new ArrayList<>();
    demo.load(plan(20_000), told::add);
    assertThat(told).isSorted().hasSizeGreaterThan(5).endsWith(20_000L);
    assertThat(rows.one(keys)).isEqualTo(before);
    assertThat(rows.count("customer")).isEqualTo(20_000);
  }

  @Test
  void aLoadThatFailsLeavesNothing() {
    rows.execute("alter table tag add constraint none check (name = '')");
    assertThatThrownBy(() -> demo.load(plan(500), made -> {}))
        .isInstanceOf(Fault.Unreachable.class)
        .hasMessageContaining("Nothing was added");
    assertThat(rows.count("customer")).isZero();
    assertThat(rows.count("phone_line")).isZero();
  }
}
