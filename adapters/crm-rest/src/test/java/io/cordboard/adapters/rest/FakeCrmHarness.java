package io.cordboard.adapters.rest;

import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.testkit.crm.CrmHooks;
import io.cordboard.testkit.crm.CrmStore;
import io.cordboard.testkit.crm.FakeCrm;
import io.cordboard.testkit.crm.FaultProxy;
import io.cordboard.testkit.crm.MachineClock;
import io.cordboard.testkit.crm.OurNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The fake CRM, seen through its file. */
class FakeCrmHarness extends OurNames {
  private static final String HOOK_SECRET = "a secret of hooks";

  static final Clock CLOCK = new MachineClock();

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
  protected CrmStore store() {
    return fake.store();
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
