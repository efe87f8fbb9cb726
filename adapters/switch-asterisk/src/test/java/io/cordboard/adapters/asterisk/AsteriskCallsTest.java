package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.CallEvent.RecordingStarted;
import io.cordboard.kernel.CallEvent.TransferAsked;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.EmergencyCall;
import io.cordboard.spi.telephony.SwitchSignal.InternationalRefused;
import io.cordboard.spi.telephony.SwitchSignal.PhoneDials;
import io.cordboard.spi.telephony.SwitchSignal.LinkDown;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSignal.Stage;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.SignalLog;
import io.cordboard.testkit.Wav;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls on a real Asterisk, beyond what every switch must do. */
class AsteriskCallsTest {
  private AsteriskHarness harness;
  private AsteriskSwitch phone;
  private final SignalLog log = new SignalLog();
  private int made;

  @BeforeEach
  void startTheSwitch() throws IOException {
    harness = new AsteriskHarness();
    phone = harness.phone;
    phone.start(log);
    log.await(LinkUp.class);
  }

  @AfterEach
  void closeIt() {
    phone.close();
    harness.close();
  }

  @Test
  void aTransferThatAPhoneAsksForIsToldAndItsCallGoesOn() {
    LegKey agent = lifts("1001");
    String callId = harness.real.callId(agent.channel());
    assertThat(harness.phones.refer(callId, "1005")).isEqualTo(202);

    assertThat(log.event(agent, TransferAsked.class).target()).isEqualTo("1005");
    Await.done(phone.musicOn(agent));
    assertThat(harness.phones.over(callId)).isFalse();
    assertThat(harness.real.get("/channels").items()).hasSize(1);
    assertThat(log.events(agent, LegEnded.class)).isEmpty();
  }

  @Test
  void anAttendedTransferNamesTheLegOfTheConsultation() {
    LegKey agent = lifts("1001");
    LegKey consultation = Await.done(phone.dial(order("1001", 20, false)));
    log.event(consultation, LegRinging.class);
    harness.lift(consultation, "1001");
    log.event(consultation, LegAnswered.class);

    String callId = harness.real.callId(agent.channel());
    harness.phones.refer(callId, "1005", harness.real.callId(consultation.channel()));
    assertThat(log.event(agent, TransferAsked.class).replaces()).isEqualTo(consultation.channel());
    assertThat(harness.phones.over(callId)).isFalse();
  }

  @Test
  void aNumberThatAnAgentsPhoneDialsAndThatIsNotToBeIsRefusedThere() {
    register("1001");
    String callId = harness.dials("1001", "057188887777");
    Await.done(phone.hangUp(log.await(PhoneDials.class).leg(), HangUp.REJECTED));
    assertThat(harness.phones.refused(callId)).isEqualTo(403);
    Await.until("it is gone", () -> harness.real.get("/channels").items().isEmpty());
  }

  @Test
  void anAnsweredLegHearsRingingUntilItIsJoined(@TempDir Path directory) {
    LegKey leg = lifts("1001");
    String name = "rings-" + UUID.randomUUID();
    Await.done(phone.startRecording(leg, name));
    Await.done(phone.ring(leg));
    harness.pass(Duration.ofMillis(1500));
    Await.done(phone.join("b-rings", leg));
    harness.pass(Duration.ofMillis(1500));
    Await.done(phone.stopRecording(leg, name));
    log.event(leg, RecordingEnded.class);
    Wav hears = Wav.read(Await.done(phone.fetch(name, directory)).hears());
    assertThat(hears.energy(0.2, 1.2)).isPositive();
    assertThat(hears.energy(hears.seconds() - 0.8, hears.seconds())).isZero();
  }

  @Test
  void whatAnAgentsPhoneHasDialledIsThereAfterALostLink() {
    register("1001");
    harness.dials("1001", "057188887777");
    LegKey leg = log.await(PhoneDials.class).leg();
    harness.breakLink();
    log.await(LinkDown.class);
    int mark = log.mark();
    harness.mendLink();
    LinkUp up = log.awaitFrom(mark, LinkUp.class, any -> true);
    assertThat(up.snapshot().legs())
        .anyMatch(live -> live.leg().equals(leg) && !live.answered() && live.arrival() == null);
    Await.done(phone.answer(leg));
    log.event(leg, LegAnswered.class);
  }

  @Test
  void anEmergencyCallOfADeviceThatIsNoAgentsIsToldAgainOnceAfterALostLink() {
    try (SipPhone trunk = harness.trunk()) {
      harness.real.ask(
          "POST",
          "/channels?endpoint=Local%2F112%40from-agent&context=cordboard-caller&extension=s&priority=1");
      EmergencyCall dialled = log.await(EmergencyCall.class);
      assertThat(dialled.device()).isNull();
      trunk.rings();

      harness.breakLink();
      log.await(LinkDown.class);
      int mark = log.mark();
      harness.mendLink();
      EmergencyCall again = log.awaitFrom(mark, EmergencyCall.class, any -> true);
      assertThat(again.call()).isEqualTo(dialled.call());
      assertThat(again.device()).isNull();
      harness.real.sweep();
      EmergencyCall ended = log.await(EmergencyCall.class, call -> call.stage() != Stage.DIALLED);
      assertThat(ended.call()).isEqualTo(dialled.call());
      assertThat(log.signals(EmergencyCall.class)).hasSize(3);
    }
  }

  @Test
  void anEmergencyCallThatNoTrunkTakesIsToldAsFailed() {
    register("1001");
    try (SipPhone trunk = harness.trunk()) {
      harness.dials("1001", "110");
      trunk.decline(trunk.rings(), 503);
      log.await(EmergencyCall.class, call -> call.stage() == Stage.FAILED);
    }
  }

  @Test
  void anotherCountryIsRefusedAndToldWithoutItsNumber() {
    register("1001");
    assertThat(harness.phones.refused(harness.dials("1001", "0014155550123"))).isEqualTo(503);
    assertThat(log.await(InternationalRefused.class).device()).isEqualTo("1001");
    assertThat(log.all()).noneMatch(signal -> signal.toString().contains("4155550123"));
  }

  @Test
  void nothingButADeviceIsEverDialled() {
    for (String number :
        new String[] {
          "110",
          "112",
          "119",
          "120",
          "911",
          "9112",
          "+14155550123",
          "0014155550123",
          "112@provider",
          "1001@provider",
          "PJSIP/112@provider",
          "Local/112@from-agent",
          "1001&PJSIP/112@provider",
          "nobody",
          "provider",
          "caller"
        }) {
      DialOrder order = order(number, 5, false);
      Await.failed(phone.dial(order), Fault.NotFound.class);
    }
    assertThat(harness.real.get("/channels").items()).isEmpty();
  }

  @Test
  void anAutomaticAnswerIsAskedForByHeaders() {
    register("1001");
    DialOrder order = order("1001", 20, true);
    LegKey leg = Await.done(phone.dial(order));
    log.event(leg, LegRinging.class);
    SipMessage invite = harness.phones.invite(harness.real.callId(leg.channel()));
    assertThat(invite.header("X-Cordboard-Call")).isEqualTo(order.callId().toString());
    assertThat(invite.header("X-Cordboard-Auto")).isEqualTo("1");
    assertThat(invite.header("Call-Info")).contains("answer-after=0");
    assertThat(invite.header("From")).contains("张三").contains("+8613800138000");
  }

  @Test
  void aDeviceIsOfferedFirstWhatTheCustomerSpeaks() {
    register("1001");
    for (int codec : new int[] {0, 8}) {
      harness.callers.codec = codec;
      LegKey customer = talks();
      DialOrder plain = order("1001", 20, false);
      LegKey agent =
          Await.done(
              phone.dial(
                  new DialOrder(
                      plain.channel(), plain.callId(), "1001", null, null, 20, false, customer)));
      log.event(agent, LegRinging.class);
      String offer = harness.phones.invite(harness.real.callId(agent.channel())).body();
      assertThat(offer).containsPattern("m=audio \\d+ RTP/AVP " + codec + " ");
      Await.done(phone.hangUp(agent, HangUp.NORMAL));
      Await.done(phone.hangUp(customer, HangUp.NORMAL));
      log.event(agent, LegEnded.class);
    }
  }

  @Test
  void aDeviceIsRungThoughTheCustomerHasJustGone() {
    register("1001");
    LegKey gone = new LegKey("asterisk", 1, "gone");
    DialOrder plain = order("1001", 20, false);
    LegKey agent =
        Await.done(
            phone.dial(
                new DialOrder(
                    plain.channel(), plain.callId(), "1001", null, null, 20, false, gone)));
    log.event(agent, LegRinging.class);
  }

  @Test
  void anOrderRepeatedAfterItsEndRingsNobody() {
    register("1001");
    DialOrder order = order("1001", 20, false);
    LegKey leg = Await.done(phone.dial(order));
    log.event(leg, LegRinging.class);
    harness.putDown(leg, "1001");
    assertThat(log.event(leg, LegEnded.class).cause())
        .satisfies(
            cause -> {
              assertThat(cause.side()).isEqualTo(Side.FAR);
              assertThat(cause.q850()).isEqualTo(17);
              assertThat(cause.sip()).isEqualTo(486);
            });
    assertThat(Await.done(phone.dial(order))).isEqualTo(leg);
    assertThat(harness.real.get("/channels").items()).isEmpty();
  }

  @Test
  void aDeviceThatLeavesIsToldAtOnceAlsoInATalk() {
    LegKey agent = lifts("1001");
    harness.register("1001", false);
    DeviceChanged last =
        log.await(
            DeviceChanged.class,
            change ->
                change.address().equals("1001") && change.state() == DeviceState.UNREGISTERED);
    assertThat(last.at()).isPositive();
    assertThat(log.events(agent, LegEnded.class)).isEmpty();
  }

  @Test
  void oddNumbersAndNamesArriveAsTheyWereSent() {
    String digits = "9".repeat(100);
    NumberClaims hundred = claims(digits, "");
    assertThat(hundred.from()).isEqualTo(digits);

    NumberClaims emoji = claims("%F0%9F%98%80", "");
    assertThat(emoji.from()).isEqualTo("😀");
  }

  @Test
  void aWithheldNumberStaysWithheldThoughAsteriskShowsIt() {
    NumberClaims claims =
        claims(
            "anonymous",
            "P-Asserted-Identity: \"Zhang San\" <sip:+8613800138555@127.0.0.1>\r\nPrivacy: id\r\n"
                + "Diversion: <sip:4008009999@127.0.0.1>;reason=unconditional\r\n"
                + "Diversion: <sip:4008008888@127.0.0.1>;reason=no-answer\r\n");
    assertThat(claims.withheld()).isTrue();
    assertThat(claims.toString()).doesNotContain("13800138555").doesNotContain("Zhang");
    assertThat(claims.diversion()).containsExactly("4008009999", "4008008888");
  }

  @Test
  void aJoinCutsAnAnnouncementShort() {
    LegKey leg = talks();
    Await.done(
        phone.announce(leg, fresh("play"), new Announcement("Please wait. ".repeat(60), "en-US")));
    Await.done(phone.join(fresh("bridge"), leg));
    assertThat(log.event(leg, AnnouncementEnded.class).whole()).isFalse();
    log.event(leg, LegJoined.class);
  }

  @Test
  void theSecondAgentIsHeardInTheRecordingToo(@TempDir Path directory) {
    LegKey customer = talks();
    String bridge = fresh("talk");
    // the second agent's sound begins far behind the first one's: what made recordings silent
    harness.phones.soundNumber = 40_000;
    for (String device : new String[] {"1001", "1002"}) {
      LegKey agent = lifts(device);
      Await.done(phone.musicOff(customer));
      Await.done(phone.join(bridge, customer));
      Await.done(phone.join(bridge, agent));
      String name = fresh("rec");
      Await.done(phone.startRecording(customer, name));
      log.event(RecordingStarted.class, started -> started.recording().equals(name));
      harness.pass(Duration.ofSeconds(2));
      Await.done(phone.hangUp(agent, HangUp.NORMAL));
      Await.done(phone.stopRecording(customer, name));
      log.event(RecordingEnded.class, ended -> ended.recording().equals(name));
      Await.done(phone.leave(bridge, customer));
      Await.done(phone.musicOn(customer));
      var tracks = Await.done(phone.fetch(name, directory));
      assertThat(Wav.read(tracks.says()).energy(0.5, 1.5)).as(device + " says").isGreaterThan(500);
      assertThat(Wav.read(tracks.hears()).energy(0.5, 1.5))
          .as(device + " hears")
          .isGreaterThan(500);
      Await.done(phone.delete(name));
      harness.phones.soundNumber = 20_000;
    }
  }

  @Test
  void aHundredCallsAtOnceAreEachToldOnceAndWhole(@TempDir Path directory) {
    int many = 100;
    List<LegKey> legs = new ArrayList<>();
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      calls.add(harness.callers.call("+861380097%04d".formatted(i), harness.line(), ""));
    }
    Await.until("all have arrived", () -> told(LegArrived.class).size() == many);
    told(LegArrived.class).forEach(arrived -> legs.add(arrived.leg()));
    List<CompletionStage<Void>> stages = new ArrayList<>();
    for (LegKey leg : legs) {
      stages.add(phone.answer(leg));
      stages.add(phone.musicOn(leg));
      stages.add(phone.startRecording(leg, "hundred-" + leg.channel().replace('.', '-')));
    }
    stages.forEach(Await::done);
    harness.pass(Duration.ofMillis(500));
    calls.forEach(harness.callers::putDown);

    Await.until("all have ended", () -> told(RecordingEnded.class).size() == many);
    for (Class<? extends CallEvent> type :
        List.of(LegArrived.class, LegAnswered.class, RecordingStarted.class, LegEnded.class)) {
      assertThat(told(type))
          .as(type.getSimpleName())
          .extracting(CallEvent::leg)
          .doesNotHaveDuplicates()
          .hasSize(many);
    }
    for (RecordingEnded ended : told(RecordingEnded.class)) {
      var tracks = Await.done(phone.fetch(ended.recording(), directory));
      assertThat(Wav.read(tracks.says()).samples())
          .hasSameSizeAs(Wav.read(tracks.hears()).samples())
          .isNotEmpty();
      Await.done(phone.delete(ended.recording()));
    }
  }

  private <E extends CallEvent> List<E> told(Class<E> type) {
    return log.signals(SwitchSignal.Happened.class).stream()
        .map(SwitchSignal.Happened::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Test
  void aRecordingWithTheNameOfAFinishedOneIsRefused() {
    LegKey leg = talks();
    String name = fresh("rec");
    Await.done(phone.startRecording(leg, name));
    log.event(leg, RecordingStarted.class);
    Await.failed(phone.fetch(name, Path.of("/nonexistent")), Fault.Refused.class);
    Await.failed(phone.delete(name), Fault.Refused.class);
    harness.pass(Duration.ofMillis(300));
    Await.done(phone.stopRecording(leg, name));
    log.event(leg, RecordingEnded.class);
    Await.failed(phone.startRecording(leg, name), Fault.Refused.class);
    Await.done(phone.delete(name));
  }

  // ---- steps

  private NumberClaims claims(String from, String headers) {
    int mark = log.mark();
    harness.callers.call(from, harness.line(), headers);
    return log.eventFrom(mark, LegArrived.class, any -> true).claims();
  }

  private LegKey talks() {
    int mark = log.mark();
    harness.call("+861380098%04d".formatted(++made), harness.line());
    LegKey leg = log.eventFrom(mark, LegArrived.class, any -> true).leg();
    Await.done(phone.answer(leg));
    log.event(leg, LegAnswered.class);
    Await.done(phone.musicOn(leg));
    return leg;
  }

  private LegKey lifts(String device) {
    register(device);
    LegKey leg = Await.done(phone.dial(order(device, 20, false)));
    log.event(leg, LegRinging.class);
    harness.lift(leg, device);
    log.event(leg, LegAnswered.class);
    return leg;
  }

  private void register(String device) {
    harness.register(device, true);
    Await.until(
        device + " is idle",
        () ->
            log.signals(DeviceChanged.class).stream()
                .filter(change -> change.address().equals(device))
                .reduce((first, last) -> last)
                .map(DeviceChanged::state)
                .orElseGet(() -> log.await(LinkUp.class).snapshot().devices().get(device)),
        state -> state == DeviceState.IDLE);
  }

  private DialOrder order(String address, int seconds, boolean auto) {
    return new DialOrder(
        fresh("leg"),
        new CallId(UUID.randomUUID()),
        address,
        "+8613800138000",
        "张三",
        seconds,
        auto);
  }

  private String fresh(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }
}
