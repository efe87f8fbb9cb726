package io.cordboard.web.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.kernel.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeskSchemaTest {
  private final JsonMapper mapper = new JsonMapper();
  private final JsonNode schema = mapper.readTree(DeskSchemaMain.schema());

  private JsonNode definition(String name) {
    return schema.at("/$defs/" + name);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asString()));
    return texts;
  }

  @Test
  void everyMessageAndCommandIsOneOfItsKind() {
    assertThat(definition("DeskMessage").get("oneOf"))
        .hasSize(DeskMessage.class.getPermittedSubclasses().length);
    assertThat(definition("DeskCommand").get("oneOf"))
        .hasSize(DeskCommand.class.getPermittedSubclasses().length);
    assertThat(definition("CallChanged").at("/properties/type/const").asString())
        .isEqualTo("callChanged");
    assertThat(texts(definition("CallChanged").get("required"))).contains("type", "seq", "card");
  }

  @Test
  void everyReferenceHasItsDefinition() {
    List<String> references = new ArrayList<>();
    schema.findValuesAsString("$ref", references);
    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference -> assertThat(schema.at(reference.substring(1)).size()).isPositive());
  }

  @Test
  void nullableValuesMayBeNullAndOnlyWhatWeHearMayLeaveThemOut() {
    assertThat(texts(definition("CallView").at("/properties/number/type")))
        .containsExactly("string", "null");
    assertThat(definition("CallView").at("/properties/verified/anyOf")).hasSize(2);
    assertThat(texts(definition("CallView").get("required"))).contains("number", "verified");
    assertThat(texts(definition("FinishWrapUp").get("required"))).containsExactly("type", "callId");
  }

  @Test
  void timesIdsNumbersAndMapsKeepTheirKind() {
    assertThat(definition("Snapshot").at("/properties/serverTime/format").asString())
        .isEqualTo("date-time");
    assertThat(definition("Card").at("/properties/id/format").asString()).isEqualTo("uuid");
    assertThat(definition("Card").at("/properties/since/format").asString()).isEqualTo("date");
    assertThat(definition("ToServer").at("/properties/id/type").asString()).isEqualTo("integer");
    assertThat(definition("Candidate").at("/properties/confidence/type").asString())
        .isEqualTo("number");
    assertThat(definition("Snapshot").at("/properties/cards/additionalProperties/$ref").asString())
        .isEqualTo("#/$defs/Card");
    assertThat(texts(definition("Phase").get("enum"))).contains("RINGING", "DONE");
  }

  @Test
  void theCommandWritesTheFile(@TempDir Path directory) throws Exception {
    Path out = directory.resolve("made/desk.json");
    DeskSchemaMain.main(new String[] {out.toString()});
    assertThat(mapper.readTree(Files.readString(out))).isEqualTo(schema);
  }

  @Test
  void twoTypesOfOneNameAreRefused() {
    RecordSchema both = new RecordSchema(mapper).told("one", First.Same.class);
    assertThatThrownBy(() -> both.told("two", Second.Same.class))
        .isInstanceOf(Fault.Bug.class)
        .hasMessageContaining("rename one");
  }

  interface First {
    record Same(int value) {}
  }

  interface Second {
    record Same(int value) {}
  }
}
