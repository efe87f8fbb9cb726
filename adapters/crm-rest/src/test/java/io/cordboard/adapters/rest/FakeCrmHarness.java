package io.cordboard.adapters.rest;

import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmHarness;
import io.cordboard.testkit.crm.CrmHooks;
import io.cordboard.testkit.crm.FakeCrm;
import io.cordboard.testkit.crm.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fake CRM, seen through its file. */
class FakeCrmHarness implements CrmHarness {
  private static final String HOOK_SECRET = "a secret of hooks";

  static final Clock CLOCK = new Clock() {
    @Override
    public long micros() {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  };

  private FakeCrm fake = FakeCrm.start();
  private FaultProxy proxy = FaultProxy.http(fake.port());
  private final Map<String, Object> tree;
  private int hooks;

  FakeCrmHarness(Map<String, Object> tree) {
    this.tree = tree;
  }

  @Override
  public Crm crm() {
    return new RestAdapter().open(new CrmConfig(
        "fake", tree,
        Map.of("address", proxy.uri().toString(), "secret", fake.secret(), "hook_secret", HOOK_SECRET), true, CLOCK));
  }

  @Override
  public Crm another() {
    return crm();
  }

  /** Goes on with another system, of which nobody has heard. */
  void startAnew() {
    close();
    fake = FakeCrm.start();
    proxy = FaultProxy.http(fake.port());
  }

  @Override
  public Crm skewed(Duration by) {
    fake.store().skew(by);
    return crm();
  }

  @Override
  public Set<Able> able() {
    return EnumSet.allOf(Able.class);
  }

  @Override
  public SortedMap<String, Value> fresh(RecordKind kind, String words) {
    SortedMap<String, Value> made = new TreeMap<>();
    made.put(words(kind), Value.of(words));
    if (kind != RecordKind.CUSTOMER) {
      made.put("customer", Value.of("1"));
    }
    return made;
  }

  @Override
  public SortedMap<String, Value> customer(String words, List<String> phones, List<String> emails) {
    SortedMap<String, Value> made = fresh(RecordKind.CUSTOMER, words);
    made.put("phones", Value.of(phones));
    made.put("emails", Value.of(emails));
    return made;
  }

  @Override
  public String words(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER -> "name";
      case INTERACTION -> "subject";
      default -> "title";
    };
  }

  @Override
  public String other(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER -> "language";
      case INTERACTION, LEAD -> "notes";
      case TASK -> "owner";
      default -> "number";
    };
  }

  @Override
  public String make(RecordKind kind, SortedMap<String, Value> fields) {
    return fake.store().make(kind, fields);
  }

  @Override
  public void change(RecordKind kind, String id, SortedMap<String, Value> fields) {
    fake.store().change(kind, id, fields);
  }

  @Override
  public void delete(RecordKind kind, String id) {
    fake.store().delete(kind, id);
  }

  @Override
  public void merge(RecordKind kind, String from, String into) {
    fake.store().merge(kind, from, into);
  }

  @Override
  public int count(RecordKind kind, String ref) {
    return (int) fake.store().live(kind).stream().filter(record -> ref.equals(record.ref())).count();
  }

  @Override
  public void forgetChanges(RecordKind kind) {
    fake.store().remember(kind, 0);
  }

  @Override
  public void expireLogin() {
    fake.expireLogins();
  }

  @Override
  public FaultProxy proxy() {
    return proxy;
  }

  @Override
  public Hook hook(RecordKind kind, String id) {
    return oldHook(kind, id, Duration.ZERO);
  }

  @Override
  public Hook oldHook(RecordKind kind, String id, Duration ago) {
    return signed("{\"kind\":\"%s\",\"id\":\"%s\"}".formatted(kind.word(), id).getBytes(StandardCharsets.UTF_8), ago);
  }

  @Override
  public Hook signed(byte[] body) {
    return signed(body, Duration.ZERO);
  }

  private Hook signed(byte[] body, Duration ago) {
    long now = CLOCK.micros();
    CrmHooks.Sent sent = CrmHooks.signed(
        "hook-" + ++hooks, now - ago.toNanos() / 1000, body, HOOK_SECRET.getBytes(StandardCharsets.UTF_8));
    return new Hook("http://127.0.0.1/hooks/fake", sent.headers(), sent.body(), now);
  }

  @Override
  public Set<String> signature() {
    return Set.of("webhook-id", "webhook-timestamp", "webhook-signature");
  }

  @Override
  public Set<String> secrets() {
    return Set.of(fake.secret(), HOOK_SECRET);
  }

  @Override
  public void close() {
    proxy.close();
    fake.close();
  }
}
