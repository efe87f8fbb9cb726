package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.CallEvent.RecordingPaused;
import io.cordboard.kernel.CallEvent.RecordingResumed;
import io.cordboard.kernel.CallEvent.RecordingStarted;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.LinkDown;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSignal.TakenOver;
import io.cordboard.spi.telephony.SwitchSignal.Unknown;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.SignalLog;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The link with a real Asterisk, beyond what every switch must do. */
class AsteriskLinkTest {
  private AsteriskHarness harness;
  private AsteriskSwitch phone;
  private final SignalLog log = new SignalLog();

  @BeforeEach
  void makeTheSwitch() throws IOException {
    harness = new AsteriskHarness();
    phone = harness.phone;
  }

  @AfterEach
  void closeIt() {
    phone.close();
    harness.close();
  }

  @Test
  void aSecondClientTakesOverAndTheFirstStandsBy() {
    phone.start(log);
    log.await(LinkUp.class);
    LegKey leg = arrives(log, "+8613800990001");

    SignalLog second = new SignalLog();
    try (AsteriskSwitch other = other(harness.through(harness.real.config))) {
      other.start(second);
      LinkUp up = second.await(LinkUp.class);
      log.await(TakenOver.class);

      assertThat(up.snapshot().legs()).extracting(live -> live.leg()).contains(leg);
      assertThat(Await.failed(phone.answer(leg), Fault.Unreachable.class))
          .hasMessageContaining("taken");
      int mark = log.mark();
      Await.done(other.answer(leg));
      Await.done(other.hangUp(leg, HangUp.NORMAL));
      second.event(leg, LegEnded.class);
      assertThat(second.signals(TakenOver.class)).isEmpty();
      assertThat(log.mark()).isEqualTo(mark);
    }
  }

  @Test
  void wrongCredentialsAreToldWithWhatToDo() {
    AsteriskConfig good = harness.through(harness.real.config);
    AsteriskConfig.Ari ari = good.ari();
    AsteriskConfig.Ami ami = good.ami();
    var badAri = new AsteriskConfig.Ari(ari.url(), ari.user(), "wrong", ari.app());
    var badAmi = new AsteriskConfig.Ami(ami.host(), ami.port(), ami.user(), "wrong");
    assertRefused(
        new AsteriskConfig("asterisk", badAri, ami, good.sip(), good.media(), good.agents(), good.outside()),
        "ariPassword");
    assertRefused(
        new AsteriskConfig("asterisk", ari, badAmi, good.sip(), good.media(), good.agents(), good.outside()),
        "amiPassword");
  }

  @Test
  void anAsteriskThatIsNotThereIsToldOnceAndAsSuch() {
    AsteriskConfig good = harness.through(harness.real.config);
    var away =
        new AsteriskConfig.Ari(
            URI.create("http://127.0.0.1:1/ari"), "cordboard", "x", good.ari().app());
    SignalLog told = new SignalLog();
    try (AsteriskSwitch one =
        other(
            new AsteriskConfig(
                "asterisk", away, good.ami(), good.sip(), good.media(), good.agents(), good.outside()))) {
      one.start(told);
      assertThat(told.await(LinkDown.class).reason())
          .contains("127.0.0.1:1")
          .contains("pbx status");
      Await.failed(one.close("any"), Fault.Unreachable.class);
    }
    assertThat(told.all()).hasSize(1);
  }

  @Test
  void aListenerThatStopsForAWhileLosesNothing() {
    CountDownLatch release = new CountDownLatch(1);
    SignalLog told = new SignalLog();
    phone.start(
        signal -> {
          told.on(signal);
          if (signal instanceof Unknown) {
            await(release);
          }
        });
    told.await(LinkUp.class);
    int many = 5_000;
    for (int i = 0; i < many; i++) {
      harness.real.ask("POST", "/events/user/Tick" + i + "?application=cordboard");
    }
    release.countDown();
    told.await(Unknown.class, unknown -> unknown.raw().contains("\"Tick" + (many - 1) + "\""));
    assertThat(told.signals(Unknown.class)).hasSize(many);
    assertThat(told.signals(LinkDown.class)).isEmpty();
  }

  @Test
  void aPausedRecordingIsResumedByTheNextRunOfOurs() {
    phone.start(log);
    log.await(LinkUp.class);
    LegKey leg = arrives(log, "+8613800990002");
    Await.done(phone.answer(leg));
    Await.done(phone.musicOn(leg));
    String name = "rec-" + System.nanoTime();
    Await.done(phone.startRecording(leg, name));
    log.event(leg, RecordingStarted.class);
    Await.done(phone.pauseRecording(leg, name));
    log.event(leg, RecordingPaused.class);
    phone.close();

    SignalLog next = new SignalLog();
    try (AsteriskSwitch later = other(harness.through(harness.real.config))) {
      later.start(next);
      assertThat(next.await(LinkUp.class).snapshot().recordings()).contains(name);
      Await.done(later.resumeRecording(leg, name));
      next.event(leg, RecordingResumed.class);
      Await.done(later.stopRecording(leg, name));
      next.event(leg, RecordingEnded.class);
      Await.done(later.delete(name));
      Await.done(later.hangUp(leg, HangUp.NORMAL));
    }
  }

  @Test
  void anEmptyBridgeThatAKilledRunLeftIsRemovedAndNobodyElses() {
    String ours = "b-01890a5d-ac96-774b-bcce-b302099a8057";
    harness.real.ask("POST", "/bridges/" + ours + "?type=mixing");
    harness.real.ask("POST", "/bridges/conference?type=mixing");
    phone.start(log);
    log.await(LinkUp.class);
    Await.until("the empty bridge is gone", () -> !bridges().contains(ours));
    assertThat(bridges()).contains("conference");
  }

  private List<String> bridges() {
    return harness.real.get("/bridges").items().stream().map(one -> one.text("id")).toList();
  }

  @Test
  void aRestartThatAsteriskAnnouncesEndsItsLegsAsTheSwitchs() {
    phone.start(log);
    LinkUp before = log.await(LinkUp.class);
    LegKey leg = arrives(log, "+8613800990003");
    Await.done(phone.answer(leg));
    int mark = log.mark();
    harness.real.cli("core", "restart", "now");

    LinkUp up = log.awaitFrom(mark, LinkUp.class, any -> true);
    assertThat(up.epoch()).isGreaterThan(before.epoch());
    assertThat(log.events(leg, LegEnded.class))
        .extracting(ended -> ended.cause().side())
        .doesNotContain(EndCause.Side.US, EndCause.Side.FAR);
  }

  private void assertRefused(AsteriskConfig config, String key) {
    SignalLog told = new SignalLog();
    try (AsteriskSwitch one = other(config)) {
      one.start(told);
      SwitchSignal first = told.await(SwitchSignal.class);
      assertThat(first).isInstanceOf(LinkDown.class);
      assertThat(((LinkDown) first).reason()).contains(key).doesNotContain("wrong");
    }
    assertThat(told.signals(LinkUp.class)).isEmpty();
  }

  private LegKey arrives(SignalLog told, String from) {
    harness.call(from, harness.line());
    return told.event(LegArrived.class, arrived -> from.equals(arrived.claims().from())).leg();
  }

  private static AsteriskSwitch other(AsteriskConfig config) {
    return new AsteriskSwitch(config, AsteriskHarness.CLOCK);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
