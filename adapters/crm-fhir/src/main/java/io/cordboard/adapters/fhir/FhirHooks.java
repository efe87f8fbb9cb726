package io.cordboard.adapters.fhir;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.ReceiveHooks.Notice;
import io.cordboard.spi.crm.RecordKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notices of rest-hook subscriptions: a resource that is put to our address, with the header that the subscription names.
 */
final class FhirHooks {
  /** The header in which a subscription of ours carries the secret. */
  static final String HEADER = "x-cordboard-hook";

  private final String name;
  private final Map<RecordKind, Shape> shapes;
  private final @Nullable String secret;

  FhirHooks(String name, Map<RecordKind, Shape> shapes, @Nullable String secret) {
    this.name = name;
    this.shapes = shapes;
    this.secret = secret;
  }

  List<Notice> read(Hook hook) {
    String sent = hook.headers().getOrDefault(HEADER, "");
    if (secret == null || !MessageDigest.isEqual(bytes(secret), bytes(sent))) {
      throw new Fault.AuthLapsed(
          "A hook of '%s' came without its secret: write it into the subscription's header '%s'.".formatted(name, HEADER));
    }
    ObjectNode body = FhirJson.read(hook.body());
    String[] place = hook.body().length == 0 ? place(hook.uri()) : new String[] {"", ""};
    String type = body == null ? place[0] : body.path("resourceType").asString("");
    String id = body == null ? place[1] : body.path("id").asString("");
    Shape shape = shapes.values().stream().filter(one -> one.type().equals(type)).findFirst().orElse(null);
    if (shape == null || !Shape.isId(id)) {
      throw new Fault.BadRequest("A hook of '%s' tells of no resource that we know.".formatted(name));
    }
    String version = body == null ? "" : Shape.version(body);
    return List.of(new Notice(shape.kind(), id, version.isEmpty() ? "" : type + "/" + id + "/" + version));
  }

  // where a subscription sends no content, its address still ends with the type and the id
  private static String[] place(String uri) {
    String[] parts = uri.split("\\?", 2)[0].split("/", -1);
    return parts.length < 2 ? new String[] {"", ""} : new String[] {parts[parts.length - 2], parts[parts.length - 1]};
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
