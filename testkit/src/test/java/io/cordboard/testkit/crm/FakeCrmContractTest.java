package io.cordboard.testkit.crm;

import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.RecordKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

class FakeCrmContractTest extends CrmContract {
  @Override
  protected CrmHarness harness() {
    return new Harness();
  }

  static final class Harness extends OurNames {
    private static final byte[] HOOK_SECRET = "a secret of hooks".getBytes(StandardCharsets.UTF_8);
    private final FakeCrm fake = FakeCrm.start();
    private final FaultProxy proxy = FaultProxy.http(fake.port());
    private int hooks;

    @Override
    protected CrmStore store() {
      return fake.store();
    }

    @Override
    public Crm crm() {
      return new LeanCrm(proxy.uri(), fake.secret(), HOOK_SECRET);
    }

    @Override
    public Crm another() {
      return crm();
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
      String body = "{\"kind\":\"%s\",\"id\":\"%s\"}".formatted(kind.word(), id);
      return signed(body.getBytes(StandardCharsets.UTF_8), ago);
    }

    @Override
    public Hook signed(byte[] body) {
      return signed(body, Duration.ZERO);
    }

    private Hook signed(byte[] body, Duration ago) {
      long now = new MachineClock().micros();
      CrmHooks.Sent sent = CrmHooks.signed("hook-" + ++hooks, now - ago.toNanos() / 1000, body, HOOK_SECRET);
      return new Hook("http://127.0.0.1/hooks/lean", sent.headers(), sent.body(), now);
    }

    @Override
    public Set<String> signature() {
      return Set.of("webhook-id", "webhook-timestamp", "webhook-signature");
    }

    @Override
    public Set<String> secrets() {
      return Set.of(fake.secret());
    }

    @Override
    public void close() {
      proxy.close();
      fake.close();
    }
  }
}
