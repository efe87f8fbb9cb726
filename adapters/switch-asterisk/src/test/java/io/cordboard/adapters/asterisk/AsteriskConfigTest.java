package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsteriskConfigTest {
  private static final String GOOD =
      """
      {"ariUrl":"http://127.0.0.1:18088/ari","ariUser":"cordboard","ariPassword":"secret-1","app":"cordboard",
       "amiHost":"127.0.0.1","amiPort":15080,"amiUser":"cordboard","amiPassword":"secret-2",
       "sipAddress":"127.0.0.1","sipPort":15060,"wsUrl":"ws://127.0.0.1:18088/ws",
       "recordings":"/d/pbx/spool/monitor","sounds":"/d/pbx/data/sounds/cordboard",
       "espeak":"/c/espeak-ng","speak":"/c/speak",
       "callerEndpoint":"PJSIP/caller/sip:{did}@127.0.0.1:15060","trunk":{"name":"provider"},
       "agents":[{"extension":"1001","kind":"sip","password":"secret-3"},
                 {"extension":"2001","kind":"webrtc","password":"secret-4"}]}
      """;

  @TempDir Path directory;

  @Test
  void whatPbxUpWritesIsRead() throws IOException {
    AsteriskConfig config = read(GOOD);
    assertThat(config.switchId()).isEqualTo("asterisk");
    assertThat(config.ari().url()).hasToString("http://127.0.0.1:18088/ari");
    assertThat(config.ami().port()).isEqualTo(15080);
    assertThat(config.sip().webSocket()).hasToString("ws://127.0.0.1:18088/ws");
    assertThat(config.media().recordings()).isEqualTo(Path.of("/d/pbx/spool/monitor"));
    assertThat(config.agents())
        .extracting(AsteriskConfig.Agent::extension)
        .containsExactly("1001", "2001");
    assertThat(config.agent("2001").orElseThrow().kind()).isEqualTo(AsteriskConfig.Kind.WEBRTC);
    assertThat(config.agent("2999")).isEmpty();
  }

  @Test
  void itsTextHoldsNoSecret() throws IOException {
    assertThat(read(GOOD).toString()).contains("18088").doesNotContain("secret");
  }

  @Test
  void aFileThatIsNotThereMeansThatNoSwitchRuns() {
    assertThatThrownBy(() -> AsteriskConfig.read("asterisk", directory.resolve("none.json")))
        .isInstanceOf(Fault.NotFound.class)
        .hasMessageContaining("none.json")
        .hasMessageContaining("pbx up");
  }

  @Test
  void everythingThatIsWrongIsNamedWithoutItsValue() {
    for (String[] one :
        new String[][] {
          {GOOD.substring(0, 100), "connection.json"},
          {"[]", "ariUrl"},
          {"", "ariUrl"},
          {GOOD + "x", "connection.json"},
          {GOOD.replace("http://127.0.0.1:18088/ari", "not an address"), "connection.json"},
          {GOOD.replace("http://127.0.0.1:18088/ari", "ftp://h/ari"), "ariUrl"},
          {GOOD.replace("15080", "99999999"), "amiPort"},
          {GOOD.replace("\"ariPassword\":\"secret-1\",", ""), "ariPassword"},
          {GOOD.replace("{did}", ""), "callerEndpoint"},
          {GOOD.replace("webrtc", "fax"), "agents.kind"},
          {GOOD.replace("\"2001\"", "\"20@1\""), "agents.extension"},
          {GOOD.replace("secret-2", "a\\nb"), "amiPassword"},
        }) {
      assertThatThrownBy(() -> read(one[0]))
          .as(one[1])
          .isInstanceOf(Fault.BadRequest.class)
          .hasMessageContaining(one[1])
          .hasMessageNotContaining("secret-");
    }
  }

  private AsteriskConfig read(String text) throws IOException {
    return AsteriskConfig.read(
        "asterisk", Files.writeString(directory.resolve("connection.json"), text));
  }
}
