package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.cordboard.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogsTest {
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.cordboard.test");

  private static JsonNode line(
      String message, @Nullable Throwable thrown, KeyValuePair... pairs) {
    LoggingEvent event =
        new LoggingEvent(LogsTest.class.getName(), LOGGER, Level.WARN, message, thrown, null);
    event.setKeyValuePairs(List.of(pairs));
    String text = new String(new JsonLine().encode(event), StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n");
    assertThat(text.strip()).doesNotContain("\n");
    return new JsonMapper().readTree(text);
  }

  @Test
  void aLineIsJsonWithTheCallInAFieldOfItsOwn() {
    JsonNode line =
        line("It did\nnot work.", null, new KeyValuePair("call", "0190a1b2-0000-7000-8000-00000000000f"));
    assertThat(line.get("level").asString()).isEqualTo("WARN");
    assertThat(line.get("logger").asString()).isEqualTo("io.cordboard.test");
    assertThat(line.get("message").asString()).isEqualTo("It did\nnot work.");
    assertThat(line.get("call").asString()).isEqualTo("0190a1b2-0000-7000-8000-00000000000f");
    assertThat(line.get("at").asString()).endsWith("Z");
  }

  @Test
  void aTelephoneNumberIsStruckOutWhereverItSlippedIn() {
    JsonNode line =
        line("No trunk for +8613800138000, 4008001234.", null, new KeyValuePair("to", "13800138000"));
    assertThat(line.get("message").asString()).isEqualTo("No trunk for [number], [number].");
    assertThat(line.get("to").asString()).isEqualTo("[number]");
  }

  @Test
  void whatTheDatabaseSaysOfARowIsLeftOut() {
    Throwable secret = new IllegalStateException("Detail: Key (name)=(王小明) exists");
    JsonNode line = line("Not written.", new Fault.Unreachable("The database is away.", secret));
    assertThat(line.toString()).contains("The database is away.", "IllegalStateException").doesNotContain("王小明");
    assertThat(line.get("errors").get(0).get("stack").size()).isPositive();
  }
}
