package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.web.phone.PhoneSettings.BrowserPhone;
import io.cordboard.web.phone.PhoneSettings.IceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PbxFileTest {
  @TempDir Path directory;

  @Test
  void browserPhonesComeFromTheSwitchsFile() throws IOException {
    PbxFile file = PbxFile.read("asterisk", written("stun.example:3478", "turn.example:3478"));
    assertThat(file.phones()).extracting(BrowserPhone::extension).containsExactly("2001");
    BrowserPhone phone = file.phones().getFirst();
    assertThat(phone.password()).isEqualTo("pw1");
    assertThat(phone.domain()).isEqualTo("127.0.0.1");
    assertThat(phone.switchSocket()).hasToString("ws://127.0.0.1:18088/ws");
    assertThat(phone.iceServers())
        .containsExactly(
            new IceServer(List.of("stun:stun.example:3478"), null, null),
            new IceServer(List.of("turn:turn.example:3478"), "u", "p"));
    assertThat(phone.toString()).doesNotContain("pw1");
  }

  @Test
  void withoutStunAndTurnThereAreNoIceServers() throws IOException {
    assertThat(PbxFile.read("asterisk", written("", "")).iceServers()).isEmpty();
  }

  @Test
  void theSameFileIsEqualAndAChangedOneIsNot() throws IOException {
    PbxFile first = PbxFile.read("asterisk", written("", ""));
    assertThat(PbxFile.read("asterisk", written("", ""))).isEqualTo(first);
    assertThat(PbxFile.read("asterisk", written("stun.example", ""))).isNotEqualTo(first);
  }

  @Test
  void aDamagedFileIsToldWithItsMend() throws IOException {
    Path file = Files.writeString(directory.resolve("connection.json"), "{\"ariUrl\": ");
    assertThatThrownBy(() -> PbxFile.read("asterisk", file))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("pbx up");
  }

  private Path written(String stun, String turn) throws IOException {
    return Files.writeString(
        directory.resolve("connection.json"),
        """
        {"ariUrl": "http://127.0.0.1:18088/ari", "ariUser": "a", "ariPassword": "b",
         "app": "cordboard", "amiHost": "127.0.0.1", "amiPort": 15080, "amiUser": "c",
         "amiPassword": "d", "sipAddress": "127.0.0.1", "sipPort": 15060,
         "wsUrl": "ws://127.0.0.1:18088/ws", "stun": "%s", "turn": "%s", "turnUser": "u",
         "turnPassword": "p", "recordings": "/r", "sounds": "/s", "espeak": "/e", "speak": "/sp",
         "callerEndpoint": "PJSIP/caller/sip:{did}@127.0.0.1:15060",
         "agents": [{"extension": "1001", "kind": "sip", "password": "pw0"},
                    {"extension": "2001", "kind": "webrtc", "password": "pw1"}]}
        """
            .formatted(stun, turn));
  }
}
