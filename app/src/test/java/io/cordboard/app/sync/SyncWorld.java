package io.cordboard.app.sync;

import io.cordboard.core.sync.CrmStore.Row;
import io.cordboard.core.sync.Ours;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.store.Database;
import io.cordboard.store.PostgresForTests;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.crm.CrmLedger.Deed;
import io.cordboard.testkit.crm.CrmLedger.Effect;
import io.cordboard.testkit.crm.FakeCrm;
import io.cordboard.testkit.crm.SyncCheck;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A database, a CRM behind HTTP that keeps its own ledger, and servers between them. */
final class SyncWorld implements AutoCloseable {
  static final String CRM = "shop";
  static final String SECRET = "whsec-of-the-test";
  private static final RecordKind CUSTOMER = RecordKind.CUSTOMER;

  final Database database = PostgresForTests.migrated();
  final FakeCrm crm = FakeCrm.start();
  final SyncNode node = new SyncNode(database);

  /** Joins the CRM and begins to follow it. */
  SyncWorld join() {
    return join(crm.uri(), CRM);
  }

  SyncWorld join(URI address, String name) {
    save(address, name);
    node.connections.follow();
    return this;
  }

  /** Joins it for whoever follows. */
  void save(URI address, String name) {
    String file =
        FakeCrm.file().replaceFirst("name: [^,]*,", "name: " + name + ",")
            + "\nsync: {kinds: [customer], poll-seconds: 0.1}\n";
    Map<String, String> settings =
        Map.of("address", address.toString(), "secret", crm.secret(), "hook_secret", SECRET);
    node.crms.save(
        new Row(name, "rest", file, settings, true, true, Set.of(CUSTOMER), 0), node.clock.micros(), "test");
  }

  List<String> customers(int count) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = node.ids.next().toString();
      made.add(id);
      sql(
          "insert into customer (id, kind, name, language, level, since) values (?::uuid, 'PERSON', ?, 'en', 'GOLD', '2026-01-01')",
          id, "first " + i);
    }
    return made;
  }

  void rename(String customer, String name) {
    sql("update customer set name = ?, version = version + 1 where id = ?::uuid", name, customer);
    node.connections.wake();
  }

  void sql(String text, Object... parameters) {
    try (Connection connection = node.pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(text)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  long number(String text) {
    return Long.parseLong(text(text));
  }

  private String text(String text) {
    try (Connection connection = node.pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(text);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  String name(String customer) {
    Ours ours = node.store.ours(CUSTOMER, List.of(customer)).get(customer);
    return ours.fields().get("name") instanceof Value.Text text ? text.text() : "";
  }

  CrmRecord theirs(String customer) {
    return crm.store().byRef(CUSTOMER, customer).orElseThrow();
  }

  String nameThere(String customer) {
    return crm.store().byRef(CUSTOMER, customer)
        .map(record -> record.fields().get("name") instanceof Value.Text text ? text.text() : "")
        .orElse("");
  }

  static SortedMap<String, Value> fields(String name, String value) {
    return new TreeMap<>(Map.of(name, Value.of(value)));
  }

  /** Nothing is left to be sent or taken over. */
  void settled() {
    Await.until(
        "all is done",
        () -> {
          node.connections.wake();
          return open();
        },
        "nothing is open"::equals);
  }

  /** How many are open, and why the first of them is. */
  private String open() {
    return text(
        """
        select case when count(*) filter (where w.state = 'OPEN') = 0 and not exists (select 1 from sync_outbox) then 'nothing is open' else
          count(*) filter (where w.state = 'OPEN') || ' open, ' || count(*) filter (where w.state = 'DEAD') || ' dead, such as '
          || coalesce(min(w.key || ': ' || w.reason) filter (where w.state = 'DEAD'), '') || '; '
          || coalesce(min(w.key || ', attempt ' || w.attempt || ': ' || w.reason) filter (where w.state = 'OPEN'), '') end
          from work_item w where w.state in ('OPEN', 'DEAD')
        """);
  }

  long dead() {
    return number("select count(*) from work_item where state = 'DEAD'");
  }

  /** Both sides by our ids, fields that both have. */
  SyncCheck.Equality equality() {
    Map<String, Object> ours = new HashMap<>();
    Map<String, Object> theirs = new HashMap<>();
    List<String> all = new ArrayList<>();
    try (Connection connection = node.pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select c.id::text from customer c where c.merged_into is null and not exists (select 1 from sync_link l where l.ours = c.id::text and l.state = 'GONE_THERE')");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    node.store.ours(CUSTOMER, all).forEach((id, record) -> ours.put(id, told(record.fields())));
    Map<String, String> links = new HashMap<>();
    node.store.links(CRM, CUSTOMER, all).values().forEach(link -> links.put(link.theirs(), link.ours()));
    for (CrmRecord record : crm.store().live(CUSTOMER)) {
      theirs.put(links.getOrDefault(record.id(), "theirs " + record.id()), told(record.fields()));
    }
    return SyncCheck.compare(ours, theirs);
  }

  private static Map<String, Value> told(SortedMap<String, Value> fields) {
    Map<String, Value> told = new TreeMap<>(fields);
    told.values().removeIf(value -> value instanceof Value.Empty);
    return told;
  }

  /** Records that were made twice for one of ours, and operations that had an effect twice. */
  List<String> doubles() {
    Set<String> made = new HashSet<>();
    Set<String> operations = new HashSet<>();
    List<String> doubles = new ArrayList<>();
    for (Effect effect : crm.ledger().effects()) {
      if (effect.ours() && effect.deed() == Deed.MADE && !made.add(effect.ref())) {
        doubles.add("made again: " + effect);
      }
      boolean changed = effect.deed() == Deed.MADE || effect.deed() == Deed.CHANGED;
      if (effect.ours() && changed && !operations.add(effect.operation() + "/" + effect.hash())) {
        doubles.add("done again: " + effect);
      }
    }
    return doubles;
  }

  @Override
  public void close() {
    node.close();
    crm.close();
  }
}
