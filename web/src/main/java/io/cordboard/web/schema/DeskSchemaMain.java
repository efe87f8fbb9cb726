package io.cordboard.web.schema;

import io.cordboard.core.desk.DeskSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes the JSON Schema of the desk's socket: {@code DeskSchemaMain OUT.json}. */
public final class DeskSchemaMain {
  private DeskSchemaMain() {}

  /** Writes the schema to the only argument. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: DeskSchemaMain OUT.json");
      System.exit(2);
    }
    Path out = Path.of(arguments[0]).toAbsolutePath();
    Files.createDirectories(out.getParent());
    Files.writeString(out, schema() + "\n");
  }

  static String schema() {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    return mapper.writeValueAsString(
        new RecordSchema(mapper)
            .told("fromServer", DeskSchema.FromServer.class)
            .heard("toServer", DeskSchema.ToServer.class)
            .document("DeskSchema"));
  }
}
