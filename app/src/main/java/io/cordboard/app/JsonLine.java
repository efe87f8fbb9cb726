package io.cordboard.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import io.cordboard.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of JSON for each event of the log. What other people's exceptions say is left out, since
 * it may carry a row's data; whatever looks like a telephone number is struck out.
 */
final class JsonLine extends EncoderBase<ILoggingEvent> {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern NUMBER =
      Pattern.compile("(?<![0-9A-Za-z-])\\+?[0-9]{7,15}(?![0-9A-Za-z-])");
  private static final int FRAMES = 40;

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ObjectNode line = JSON.createObjectNode();
    line.put("at", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("message", struck(event.getFormattedMessage()));
    event.getMDCPropertyMap().forEach(line::put);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> put(line, pair));
    }
    put(line, event.getThrowableProxy());
    return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ObjectNode line, KeyValuePair pair) {
    switch (pair.value) {
      case null -> line.putNull(pair.key);
      case Long number -> line.put(pair.key, number);
      case Integer number -> line.put(pair.key, number);
      case Boolean bool -> line.put(pair.key, bool);
      default -> line.put(pair.key, struck(pair.value.toString()));
    }
  }

  private static void put(ObjectNode line, @Nullable IThrowableProxy thrown) {
    if (thrown == null) {
      return;
    }
    ArrayNode errors = line.putArray("errors");
    for (IThrowableProxy one = thrown; one != null; one = one.getCause()) {
      ObjectNode error = errors.addObject().put("class", one.getClassName());
      if (one.getClassName().startsWith(Fault.class.getName())) {
        error.put("message", struck(one.getMessage()));
      }
      ArrayNode stack = error.putArray("stack");
      StackTraceElementProxy[] frames = one.getStackTraceElementProxyArray();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        stack.add(frames[i].getStackTraceElement().toString());
      }
      if (one.getCause() == one) {
        return;
      }
    }
  }

  private static String struck(@Nullable String text) {
    return text == null ? "" : NUMBER.matcher(text).replaceAll("[number]");
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
