package io.cordboard.store.customer;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.profile.Leads.Lead;
import io.cordboard.core.profile.Leads.Words;
import io.cordboard.kernel.CustomerId;
import io.cordboard.store.Database;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcLeadsTest {
  private static final CustomerId NOBODY = new CustomerId(new UUID(0, 9));

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final HikariDataSource pool = database.pool("test", 2);
  private final JdbcLeads leads = new JdbcLeads(pool);

  @AfterEach
  void close() {
    pool.close();
  }

  private CustomerId customer(int n) {
    UUID id = new UUID(0, n);
    rows.execute(
        "insert into customer (id, kind, name, spelled, language, level, since) values ('%s', 'PERSON', 'Ann', '', 'en', 'GOLD', '2026-01-01')"
            .formatted(id));
    return new CustomerId(id);
  }

  @Test
  void theNewestComesFirstAndThoseOfMergedCustomersAreIncluded() {
    CustomerId ann = customer(1);
    CustomerId twin = customer(2);
    leads.make(new UUID(1, 1), ann, new Words("A kettle", ""), 1_000_000, "user:test");
    leads.make(new UUID(1, 2), twin, new Words("Two kettles", "in January"), 2_000_000, "user:test");
    assertThat(leads.of(ann, 10).orElseThrow()).extracting(Lead::title).containsExactly("A kettle");
    rows.execute("update customer set merged_into = '%s' where id = '%s'".formatted(ann, twin));
    rows.execute("update customer set absorbed = array['%s'::uuid] where id = '%s'".formatted(twin, ann));
    assertThat(leads.of(twin, 10).orElseThrow()).extracting(Lead::title).containsExactly("Two kettles", "A kettle");
    assertThat(leads.of(ann, 1).orElseThrow().getFirst().notes()).isEqualTo("in January");
    leads.make(new UUID(1, 3), twin, new Words("Three", ""), 3_000_000, "user:test");
    assertThat(leads.of(ann, 1).orElseThrow().getFirst().customer()).as("it is the survivor's").isEqualTo(ann);
  }

  @Test
  void nobodyHasNoLeads() {
    assertThat(leads.of(NOBODY, 10)).isEmpty();
    assertThat(leads.make(new UUID(1, 1), NOBODY, new Words("A kettle", ""), 1, "user:test")).isFalse();
  }
}
