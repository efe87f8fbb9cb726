package io.cordboard.bench.pop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The file by which the server finds a switch, as {@code pbx up} writes it. */
final class Connection {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Connection() {}

  static void write(Path data, int ariPort, int amiPort, List<String> extensions)
      throws IOException {
    Path directory = Files.createDirectories(data.resolve("pbx"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    ObjectNode file =
        JSON.createObjectNode()
            .put("ariUrl", "http://127.0.0.1:" + ariPort + "/ari")
            .put("ariUser", "bench")
            .put("ariPassword", "bench")
            .put("app", "cordboard")
            .put("amiHost", "127.0.0.1")
            .put("amiPort", amiPort)
            .put("amiUser", "bench")
            .put("amiPassword", "bench")
            .put("sipAddress", "127.0.0.1")
            .put("sipPort", 15060)
            .put("wsUrl", "ws://127.0.0.1:" + ariPort + "/ws")
            .put("recordings", directory.toString())
            .put("sounds", directory.toString())
            .put("speak", "/bin/false")
            .put("callerEndpoint", "PJSIP/caller/sip:{did}@127.0.0.1:15060");
    ArrayNode agents = file.putArray("agents");
    extensions.forEach(
        extension ->
            agents
                .addObject()
                .put("extension", extension)
                .put("kind", "sip")
                .put("password", "bench"));
    Files.writeString(directory.resolve("connection.json"), JSON.writeValueAsString(file));
  }
}
