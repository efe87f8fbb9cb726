package io.cordboard.store.sync;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.identity.IdentityLedger.Claim;
import io.cordboard.core.identity.IdentityLink.Source;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.CustomerEditor.Changes;
import io.cordboard.core.profile.CustomerEditor.Fields;
import io.cordboard.core.sync.ChangeReader;
import io.cordboard.core.sync.CrmGate;
import io.cordboard.core.sync.FieldRule;
import io.cordboard.core.sync.Joined;
import io.cordboard.core.sync.Link;
import io.cordboard.core.sync.Mapping;
import io.cordboard.core.sync.MappingForm;
import io.cordboard.core.sync.Ours;
import io.cordboard.core.sync.ReceiveRecords;
import io.cordboard.core.sync.SendRecords;
import io.cordboard.core.sync.TakeHooks;
import io.cordboard.core.work.RetrySchedule;
import io.cordboard.core.work.WorkRunner;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Ids;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.store.Database;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.store.customer.JdbcCustomerEditor;
import io.cordboard.store.customer.JdbcIdentityStore;
import io.cordboard.store.work.JdbcDeadLetters;
import io.cordboard.store.work.JdbcWorkStore;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.crm.MachineClock;
import io.cordboard.testkit.crm.MemoryCrm;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The sync engine over a real database, with one system joined. */
final class SyncRig implements AutoCloseable {
  static final String CRM = "shop";
  /** How often desks were told that a task changed. */
  final AtomicInteger told = new AtomicInteger();

  /** Kinds of what could not be taken over. */
  final List<String> parked = new CopyOnWriteArrayList<>();

  final Database database = PostgresForTests.migrated();
  final HikariDataSource pool = database.pool("sync", 6);
  final Rows rows = new Rows(database);
  final Clock clock = new MachineClock();
  final JdbcSyncStore store = new JdbcSyncStore(pool, clock, "https://cordboard.example", told::incrementAndGet);
  final JdbcCustomerEditor editor = new JdbcCustomerEditor(pool);
  final JdbcIdentityStore identities = new JdbcIdentityStore(pool);
  final Ids ids = new Ids(clock, new SplittableRandom(1));
  final Joined joined;
  final ReceiveRecords receive;
  final WorkRunner runner;
  final ChangeReader reader;
  final JdbcDeadLetters dead;

  /** Over a system in memory. */
  static SyncRig over(MemoryCrm crm, RecordKind... kinds) {
    return new SyncRig(crm, List.of(kinds), true, rule -> rule);
  }

  /**
   * Over a system.
   *
   * @param makeCustomers whether a customer whom only they know is made here
   * @param rules makes another rule of a usual one
   */
  SyncRig(Crm crm, List<RecordKind> kinds, boolean makeCustomers, UnaryOperator<FieldRule> rules) {
    Map<RecordKind, Mapping> mappings = new EnumMap<>(RecordKind.class);
    for (RecordKind kind : kinds) {
      mappings.put(
          kind,
          new Mapping(
              MappingForm.usual(kind, crm.as(DescribeFields.class, kind).fields(kind)).stream().map(rules).toList(),
              written -> Optional.of(written.replaceAll("[^+0-9]", "")).filter(number -> number.length() > 4 && !number.equals("+864008001234"))));
    }
    joined = new Joined(crm, new CrmGate(crm.pace(), clock), mappings, makeCustomers);
    receive = new ReceiveRecords(joined, store, ids);
    SendRecords send = new SendRecords(joined, store, receive, clock, quick());
    JdbcWorkStore work = new JdbcWorkStore(pool, clock);
    runner =
        new WorkRunner(
            work, List.of(send, new TakeHooks(joined, receive)), List.of(store::handIn),
            new WorkRunner.Settings(
                4, 200, Duration.ofSeconds(30), Duration.ofMillis(20), Duration.ofDays(8), Duration.ofSeconds(5)),
            joined.gate()::isOpen, clock, new SplittableRandom(2));
    reader =
        new ChangeReader(
            joined, store, receive, Duration.ofMillis(20), clock, (record, why) -> parked.add(record.kind().name()), kind -> {});
    dead = new JdbcDeadLetters(pool, clock, runner::wake);
    rows.execute(
        "insert into crm values ('%s', 'memory', '', '', false, 'ON', '{%s}', 1, 0, 'test')"
            .formatted(CRM, String.join(",", kinds.stream().map(RecordKind::word).toList())));
  }

  /** Failures are tried again at once, some times. */
  private static RetrySchedule quick() {
    return new RetrySchedule(java.util.Collections.nCopies(200, Duration.ofMillis(40)));
  }

  long number(String sql) {
    return Long.parseLong(rows.one(sql));
  }

  SyncRig start() {
    runner.start();
    reader.start();
    return this;
  }

  /** Waits until nothing is left to be sent. */
  void settled() {
    Await.until(
        "all sent",
        () -> {
          runner.wake();
          return open();
        },
        "nothing"::equals);
  }

  /** What is still to be done, and why it is. */
  private String open() {
    return rows.one(
        """
        select coalesce((select string_agg(concat_ws(' ', w.kind, w.key, w.state, w.attempt, l.token, l.parked, l.due_at - (extract(epoch from clock_timestamp()) * 1000000)::bigint, w.reason), '; ')
            from work_item w left join work_lane l on l.id = w.lane
            where w.state = 'OPEN' or (w.state = 'DEAD' and exists (select 1 from work_item o where o.state = 'OPEN'))),
          (select 'marks' from sync_outbox limit 1), 'nothing')
        """);
  }

  CustomerId customer(String name, String... numbers) {
    CustomerId id = new CustomerId(ids.next());
    editor.create(id, new Fields(Card.Kind.PERSON, name, "en", Card.ValueLevel.GOLD), author());
    for (String number : numbers) {
      say(id, number);
    }
    return id;
  }

  void say(CustomerId customer, String number) {
    identities.say(
        customer, number,
        ledger ->
            ledger.link(
                ids.next(), customer, new Claim(IdentityKind.MOBILE, number), Source.ENTERED,
                new Stamp(clock.micros(), "user:test")));
  }

  void rename(CustomerId customer, String name) {
    change(customer, new Changes(null, name, null, null, null, Map.of()));
  }

  void tag(CustomerId customer, String... tags) {
    change(customer, new Changes(null, null, null, null, new TreeSet<>(List.of(tags)), Map.of()));
  }

  void change(CustomerId customer, Changes changes) {
    editor.change(customer, version(customer), changes, author());
  }

  private long version(CustomerId customer) {
    return number("select version from customer where id = '%s'".formatted(customer));
  }

  Author author() {
    return new Author(clock.micros(), "user:test");
  }

  Ours ours(CustomerId customer) {
    return store.ours(RecordKind.CUSTOMER, List.of(customer.toString())).get(customer.toString());
  }

  Optional<Link> link(RecordKind kind, Object ours) {
    return Optional.ofNullable(store.links(CRM, kind, List.of(ours.toString())).get(ours.toString()));
  }

  /** A call that has ended. */
  UUID call(CustomerId customer, String outcome) {
    UUID id = ids.next();
    rows.execute(
        """
        insert into call_record (call_id, customer_id, match_state, number, withheld, line, switch_id, channel, trunk,
          controlled, arrived_at, answered_at, ended_at, outcome, cause_side, cause_q850, cause_sip, cause_text,
          wait_millis, talk_millis, approximate_from, approximate_to, verified_at, announced_at)
        values ('%s', '%s', 'CONFIRMED', '+8613800138000', false, '+864008001234', 'demo', 'c', 't', true, %d, 1, %d, '%s',
          'CUSTOMER', 16, 0, '', 0, 61000, 0, 0, 0, 0)
        """
            .formatted(id, customer, clock.micros(), clock.micros(), outcome));
    return id;
  }

  void note(UUID call, String text) {
    rows.execute(
        """
        insert into segment_note values ('%s', '00000000-0000-7000-8000-00000000000a', '%s', 1, %d)
        on conflict (call_id, agent_id) do update set text = excluded.text, updated_at = excluded.updated_at
        """
            .formatted(call, text, clock.micros()));
  }

  static SortedMap<String, Value> fields(Object... pairs) {
    SortedMap<String, Value> fields = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], pairs[i + 1] instanceof Value value ? value : Value.of((String) pairs[i + 1]));
    }
    return fields;
  }

  static Value many(String... texts) {
    return Value.of(List.of(texts));
  }

  static String text(CrmRecord record, String field) {
    return record.fields().get(field) instanceof Value.Text text ? text.text() : "";
  }

  @Override
  public void close() {
    reader.close();
    runner.close();
    pool.close();
  }
}
