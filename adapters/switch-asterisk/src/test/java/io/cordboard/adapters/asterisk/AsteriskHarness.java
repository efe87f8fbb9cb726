package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.SwitchHarness;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The adapter before a real Asterisk, with SIP phones as callers and as agents' devices. */
final class AsteriskHarness implements SwitchHarness {
  static final Clock CLOCK =
      new Clock() {
        @Override
        public long micros() {
          return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  final RealAsterisk real = RealAsterisk.shared();
  final CutProxy ari;
  final CutProxy ami;
  final SipPhone callers;
  final SipPhone phones;
  final AsteriskSwitch phone;
  private final Map<String, String> emergencies = new HashMap<>();
  private @Nullable SipPhone outside;
  private boolean impatient;

  /** Of the call that came last while the switch was alone. */
  private String lonely = "";

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  AsteriskHarness() throws IOException {
    AsteriskConfig config = real.config;
    ari = new CutProxy(config.ari().url().getHost(), config.ari().url().getPort());
    ami = new CutProxy(config.ami().host(), config.ami().port());
    callers = new SipPhone(real.provider, 0, config.sip().port());
    phones = new SipPhone(real.phones, 0, config.sip().port());
    phone = new AsteriskSwitch(through(config), CLOCK);
  }

  /** The same switch, reached through the proxies. */
  AsteriskConfig through(AsteriskConfig config) {
    AsteriskConfig.Ari a = config.ari();
    AsteriskConfig.Ami m = config.ami();
    return new AsteriskConfig(
        config.switchId(),
        new AsteriskConfig.Ari(
            URI.create("http://127.0.0.1:" + ari.port() + "/ari"), a.user(), a.password(), a.app()),
        new AsteriskConfig.Ami("127.0.0.1", ami.port(), m.user(), m.password()),
        config.sip(),
        config.media(),
        config.agents(),
        config.outside(),
        config.alone());
  }

  @Override
  public PhoneSwitch phone() {
    return phone;
  }

  @Override
  public Clock clock() {
    return CLOCK;
  }

  /** SIP does not carry every text as a number; 100 digits and emoji have a test of their own. */
  @Override
  public Set<Able> able() {
    return EnumSet.complementOf(EnumSet.of(Able.ODD_NUMBERS));
  }

  @Override
  public List<String> devices() {
    return List.of("1001", "1002");
  }

  @Override
  public String nobody() {
    return "1999";
  }

  @Override
  public void call(String from, String to) {
    callers.call(from, to, "");
  }

  @Override
  public void callerHangsUp(LegKey leg) {
    callers.putDown(real.callId(leg.channel()));
  }

  @Override
  public void press(LegKey leg, String digits) {
    callers.press(real.callId(leg.channel()), digits);
  }

  @Override
  public String heardKeys(LegKey leg) {
    return callers.heardKeys(real.callId(leg.channel()));
  }

  @Override
  public void dialEmergency(String address) {
    outside = outside == null ? trunk() : outside;
    String callId = dials(address, "9112");
    outside.lift(outside.rings());
    phones.awaitAnswer(callId);
    emergencies.put(address, callId);
  }

  @Override
  public void endEmergency(String address) {
    phones.putDown(emergencies.remove(address));
  }

  @Override
  public void dial(String address, String number) {
    dials(address, number);
  }

  @Override
  public void refer(LegKey leg, String address, String target) {
    phones.refer(real.callId(leg.channel()), target);
  }

  /** The phone begins its numbers anew, as it may after a hold of its own. */
  @Override
  public void loseSound(LegKey leg, String address) {
    phones.soundNumber -= 20_000;
  }

  @Override
  public String outside(Fate fate) {
    outside = outside == null ? trunk() : outside;
    String number = "+86139%08d".formatted(NUMBERS.incrementAndGet());
    outside.fates.put(
        number,
        switch (fate) {
          case ANSWERS -> 200;
          case RINGS -> 180;
          case BUSY -> 486;
          case UNKNOWN -> 404;
          case REJECTS -> 603;
          case CONGESTED -> 503;
        });
    return number;
  }

  /** The provider's end of the trunk, where calls go out. */
  SipPhone trunk() {
    return new SipPhone(real.provider, 15_070, real.config.sip().port());
  }

  /** An agent's phone dials; returns the SIP Call-ID. */
  String dials(String address, String number) {
    return phones.dial(address, real.config.agent(address).orElseThrow().password(), number);
  }

  @Override
  public void register(String address, boolean registered) {
    String password = real.config.agent(address).orElseThrow().password();
    phones.register(address, password, registered);
  }

  @Override
  public void lift(LegKey leg, String address) {
    phones.lift(real.callId(leg.channel()));
  }

  @Override
  public void putDown(LegKey leg, String address) {
    phones.putDown(real.callId(leg.channel()));
  }

  @Override
  public void hold(LegKey leg, String address, boolean held) {
    phones.hold(real.callId(leg.channel()), held);
  }

  @Override
  public void breakLink() {
    ari.cut();
    ami.cut();
  }

  @Override
  public void mendLink() {
    ari.mend();
    ami.mend();
  }

  @Override
  public void leaveAlone() {
    // what a reload of the dialplan takes back
    real.cli("dialplan", "set", "global", "FALLBACK_AFTER", "1");
    impatient = true;
    breakLink();
  }

  @Override
  public void callAlone(String from, String to) {
    lonely = callers.call(from, to, "");
  }

  @Override
  public String rungAlone() {
    return phones.invite(phones.rings()).user();
  }

  @Override
  public void liftAlone() {
    phones.lift(phones.rings());
  }

  @Override
  public void hangUpAlone() {
    callers.putDown(lonely);
  }

  @Override
  public void endsAlone() {
    Await.until("the switch ends the call", () -> callers.over(lonely));
  }

  @Override
  public void restart() {
    real.kill();
  }

  /** Really waits: the switch's time is its own. */
  @Override
  public void pass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    Await.until(
        "time has gone by",
        () -> {
          LockSupport.parkNanos(1_000_000);
          return System.nanoTime() >= until;
        });
  }

  @Override
  public void close() {
    phones.close();
    callers.close();
    if (outside != null) {
      outside.close();
    }
    ari.close();
    ami.close();
    if (impatient) {
      real.cli("dialplan", "reload");
    }
    real.sweep();
  }
}
