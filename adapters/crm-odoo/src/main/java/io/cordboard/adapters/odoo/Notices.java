package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.ReceiveHooks.Notice;
import io.cordboard.spi.crm.RecordKind;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Odoo's automation rules send. It is not signed and carries no header of ours, so that a
 * secret stands in the address. A change is often told twice; since two changes in one second look
 * the same too, none is taken for a repetition.
 */
final class Notices {
  private static final int MOST_BYTES = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String system;
  private final Optional<String> secret;

  Notices(String system, Optional<String> secret) {
    this.system = system;
    this.secret = secret.filter(value -> !value.isBlank());
  }

  List<Notice> read(Hook hook) {
    String wanted =
        secret.orElseThrow(
            () ->
                new Fault.AuthLapsed(
                    "'%s' has no secret for what Odoo sends by itself: give one with --set hook_secret=..."
                        .formatted(system)));
    if (!isSame(wanted, key(hook.uri()))) {
      throw new Fault.AuthLapsed(
          "What was sent in the name of '%s' does not carry its secret.".formatted(system));
    }
    if (hook.body().length > MOST_BYTES) {
      throw new Fault.BadRequest(
          "What '%s' sent has more than %,d bytes.".formatted(system, MOST_BYTES));
    }
    JsonNode body = parsed(hook.body());
    String model = body.path("_model").isString() ? body.path("_model").asString() : "";
    long id =
        body.path("_id").isIntegralNumber() && body.path("_id").canConvertToLong()
            ? body.path("_id").asLong()
            : 0;
    if (model.isEmpty() || id <= 0) {
      throw new Fault.BadRequest(
          "What '%s' sent names no record: _model and _id are missing.".formatted(system));
    }
    return Arrays.stream(RecordKind.values())
        .filter(kind -> Shape.model(kind).equals(model))
        .map(kind -> new Notice(kind, String.valueOf(id), ""))
        .toList();
  }

  private JsonNode parsed(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException unreadable) {
      throw new Fault.BadRequest("What '%s' sent is no JSON.".formatted(system));
    }
  }

  private static String key(String uri) {
    try {
      String query = URI.create(uri).getRawQuery();
      return Arrays.stream((query == null ? "" : query).split("&"))
          .filter(part -> part.startsWith("key="))
          .map(part -> URLDecoder.decode(part.substring(4), StandardCharsets.UTF_8))
          .findFirst()
          .orElse("");
    } catch (IllegalArgumentException unreadable) {
      return "";
    }
  }

  private static boolean isSame(String wanted, String given) {
    return MessageDigest.isEqual(
        wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
