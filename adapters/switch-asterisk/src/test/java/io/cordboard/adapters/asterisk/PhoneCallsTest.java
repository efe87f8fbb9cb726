package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.adapters.asterisk.AsteriskConfig.Agent;
import io.cordboard.adapters.asterisk.AsteriskConfig.Kind;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.EmergencyCall;
import io.cordboard.spi.telephony.SwitchSignal.InternationalRefused;
import io.cordboard.spi.telephony.SwitchSignal.Stage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhoneCallsTest {
  private final PhoneCalls calls =
      new PhoneCalls("asterisk", List.of(new Agent("1001", Kind.SIP, "secret")));

  private SwitchSignal told(String... fields) {
    Map<String, String> packet = new HashMap<>();
    packet.put("Event", "UserEvent");
    packet.put("UserEvent", "EmergencyCall");
    packet.put("Timestamp", "1795691858.229193");
    packet.put("Uniqueid", "cb-1.7");
    packet.put("State", "started");
    packet.put("Agent", "1001");
    packet.put("Number", "112");
    for (int i = 0; i < fields.length; i += 2) {
      packet.put(fields[i], fields[i + 1]);
    }
    return calls.told(new Ami.Packet(packet, List.of()));
  }

  private Stage stage(String result) {
    return ((EmergencyCall) told("State", "ended", "Result", result)).stage();
  }

  @Test
  void anEmergencyCallIsToldWithItsPhoneNumberAndTime() {
    assertThat(told())
        .isEqualTo(
            new EmergencyCall(
                "asterisk", "cb-1.7", "1001", "112", Stage.DIALLED, 1_795_691_858_229_193L));
  }

  @Test
  void itsEndSaysWhatBecameOfIt() {
    assertThat(stage("ANSWER")).isEqualTo(Stage.ANSWERED);
    assertThat(stage("")).isEqualTo(Stage.UNANSWERED);
    assertThat(stage("CANCEL")).isEqualTo(Stage.UNANSWERED);
    assertThat(stage("BUSY")).isEqualTo(Stage.UNANSWERED);
    assertThat(stage("CHANUNAVAIL")).isEqualTo(Stage.FAILED);
    assertThat(stage("CONGESTION")).isEqualTo(Stage.FAILED);
    assertThat(stage("whatever")).isEqualTo(Stage.FAILED);
  }

  @Test
  void whatTheDialplanWouldNotWriteIsNotTakenOver() {
    EmergencyCall odd =
        (EmergencyCall) told("Agent", "<script>", "Number", "+8613800138000");
    assertThat(odd.device()).isNull();
    assertThat(odd.number()).isEmpty();
    assertThat(told("State", "elsewhere")).isNull();
    assertThat(told("Uniqueid", "a\tb")).isNull();
    assertThat(told("UserEvent", "SomethingElse")).isNull();
  }

  @Test
  void oneThatGoesOnIsToldAgainAlsoOfADeviceThatIsNoAgents() {
    String channels =
        """
        [{"id":"a","name":"PJSIP/1001-00000001","creationtime":"2026-11-26T10:00:00.000+0000",
          "dialplan":{"context":"emergency","exten":"112","app_name":"Dial","app_data":"PJSIP/112@acme"}},
         {"id":"b","name":"Local/119@from-agent-00000002;2","creationtime":"2026-11-26T10:00:00.000+0000",
          "dialplan":{"context":"emergency","exten":"119","app_name":"Dial","app_data":"PJSIP/119@acme"}},
         {"id":"c","name":"PJSIP/acme-00000003","creationtime":"2026-11-26T10:00:00.000+0000",
          "dialplan":{"context":"emergency","exten":"112","app_name":"AppDial","app_data":"(Outgoing Line)"}},
         {"id":"d","name":"PJSIP/1001-00000004","creationtime":"2026-11-26T10:00:00.000+0000",
          "dialplan":{"context":"from-provider","exten":"112","app_name":"Stasis","app_data":"cordboard"}}]
        """;
    long created = 1_795_687_200_000_000L;
    assertThat(calls.running(AriChannel.readAll(channels.getBytes(StandardCharsets.UTF_8))))
        .containsExactly(
            new EmergencyCall("asterisk", "a", "1001", "112", Stage.DIALLED, created),
            new EmergencyCall("asterisk", "b", null, "119", Stage.DIALLED, created));
  }

  @Test
  void aRefusalLeavesTheNumberBehind() {
    SwitchSignal refused = told("UserEvent", "InternationalRefused", "Number", "0014155550123");
    assertThat(refused)
        .isEqualTo(new InternationalRefused("asterisk", "1001", 1_795_691_858_229_193L));
  }
}
