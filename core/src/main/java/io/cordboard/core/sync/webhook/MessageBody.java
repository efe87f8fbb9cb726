package io.cordboard.core.sync.webhook;

import io.cordboard.core.sync.webhook.Endpoint.Form;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.kernel.Clock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/** The body of a message: type, time and ids; in the full form the thing itself too. */
record MessageBody(FullPayload full) {

  byte[] of(Event event, Endpoint receiver) {
    StringJoiner data = new StringJoiner(",", "{", "}");
    event.ids().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(id -> data.add("\"%s\":\"%s\"".formatted(id.getKey(), id.getValue())));
    if (receiver.form() == Form.FULL) {
      event
          .type()
          .member()
          .ifPresent(
              name ->
                  data.add("\"%s\":%s".formatted(name, full.of(event, receiver).orElse("null"))));
    }
    return "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":%s}"
        .formatted(event.type().code(), Clock.instant(event.at()), data)
        .getBytes(StandardCharsets.UTF_8);
  }
}
