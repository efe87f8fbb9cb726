package io.cordboard.app;

import io.cordboard.adapters.asterisk.AsteriskConfig;
import io.cordboard.adapters.asterisk.AsteriskConfig.Kind;
import io.cordboard.kernel.Fault;
import io.cordboard.web.phone.PhoneSettings.BrowserPhone;
import io.cordboard.web.phone.PhoneSettings.IceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code pbx/connection.json} says: the switch for the adapter, and the servers by which browsers
 * find a way through address translation.
 */
record PbxFile(AsteriskConfig config, List<IceServer> iceServers) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  PbxFile {
    iceServers = List.copyOf(iceServers);
  }

  static PbxFile read(String switchId, Path file) {
    return new PbxFile(AsteriskConfig.read(switchId, file), iceServers(file));
  }

  /** Browser phones in the order of the file. */
  List<BrowserPhone> phones() {
    AsteriskConfig.Sip sip = config.sip();
    return config.agents().stream()
        .filter(agent -> agent.kind() == Kind.WEBRTC)
        .map(
            agent ->
                new BrowserPhone(
                    agent.extension(), agent.password(), sip.address(), iceServers,
                    sip.webSocket()))
        .toList();
  }

  private static List<IceServer> iceServers(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      List<IceServer> servers = new ArrayList<>();
      String stun = text(root, "stun");
      if (stun != null) {
        servers.add(new IceServer(List.of("stun:" + stun), null, null));
      }
      String turn = text(root, "turn");
      if (turn != null) {
        servers.add(
            new IceServer(
                List.of("turn:" + turn), text(root, "turnUser"), text(root, "turnPassword")));
      }
      return servers;
    } catch (IOException | JacksonException e) {
      throw new Fault.BadRequest(
          "%s cannot be read: './cordboard pbx down', then 'pbx up', writes it anew."
              .formatted(file));
    }
  }

  private static @Nullable String text(JsonNode root, String field) {
    String value = root.path(field).asString("");
    return value.isEmpty() ? null : value;
  }
}
