package io.cordboard.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskSchema.Problem;
import io.cordboard.core.desk.DeskSchema.Result;
import io.cordboard.core.desk.DeskSchema.ToServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class DeskJsonTest {
  private final DeskJson json = new DeskJson(Json.mapper());

  @Test
  void messagesCarryTheirTypeAndAllTheirFields() {
    assertThat(json.write(new DeskMessage.Notice(7, "busy", null)))
        .isEqualTo(
            "{\"message\":{\"type\":\"notice\",\"seq\":7,\"code\":\"busy\",\"value\":null},"
                + "\"result\":null,\"team\":null}");
    assertThat(json.write(new Result(3, new Problem("/problems/refused", "No."))))
        .isEqualTo(
            "{\"message\":null,\"result\":{\"id\":3,\"fault\":"
                + "{\"type\":\"/problems/refused\",\"detail\":\"No.\"}},\"team\":null}");
  }

  @Test
  void timesAreTextInUtc() {
    Instant since = Instant.parse("2026-03-01T08:00:00.000250Z");
    String frame =
        json.write(
            new DeskMessage.QueuesChanged(
                1, List.of(new DeskMessage.QueueLoad("sales", "销售", 2, since, 1, 3, List.of()))));
    assertThat(frame)
        .contains("\"longestSince\":\"2026-03-01T08:00:00.000250Z\"")
        .contains("\"label\":\"销售\"");
  }

  @Test
  void commandsAreReadByTheirType() {
    assertThat(json.read("{\"id\":1,\"command\":{\"type\":\"ready\"}}"))
        .isEqualTo(new ToServer(1, new DeskCommand.Ready()));
    assertThat(
            json.read(
                "{\"id\":2,\"command\":{\"type\":\"saveNotes\",\"callId\":\"c\","
                    + "\"text\":\"<script>😀\",\"revision\":4}}"))
        .isEqualTo(new ToServer(2, new DeskCommand.SaveNotes("c", "<script>😀", 4)));
  }

  @Test
  void onlyNullableFieldsMayBeMissing() {
    assertThat(json.read("{\"id\":1,\"command\":{\"type\":\"finishWrapUp\",\"callId\":\"c\"}}"))
        .isEqualTo(new ToServer(1, new DeskCommand.FinishWrapUp("c", null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"id\":1}",
        "{\"id\":1,\"command\":null}",
        "{\"id\":1,\"command\":{}}",
        "{\"id\":1,\"command\":{\"type\":\"explode\"}}",
        "{\"id\":1,\"command\":{\"type\":\"io.cordboard.core.desk.DeskCommand$Ready\"}}",
        "{\"id\":1,\"command\":{\"type\":\"notReady\"}}",
        "{\"id\":1,\"command\":{\"type\":\"notReady\",\"reason\":null}}",
        "{\"id\":1,\"command\":{\"type\":\"saveNotes\",\"callId\":\"c\",\"text\":\"t\"}}",
        "{\"id\":1,\"id\":2,\"command\":{\"type\":\"ready\"}}",
        "{\"command\":{\"type\":\"ready\"}}",
        "{\"id\":1,\"command\":{\"type\":\"ready\"}} {}",
        "{\"id\":1e999999999,\"command\":{\"type\":\"ready\"}}",
      })
  void whatIsNoCommandIsNotRead(String frame) {
    assertThatThrownBy(() -> json.read(frame)).isInstanceOf(JacksonException.class);
  }

  @Test
  void deepNestingIsNotRead() {
    String deep = "{\"id\":1,\"x\":" + "[".repeat(100) + "]".repeat(100) + "}";
    assertThatThrownBy(() -> json.read(deep)).isInstanceOf(JacksonException.class);
  }
}
