package io.cordboard.adapters.rest;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as maps, lists, texts and exact numbers. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Json() {}

  /** What could be read, or that it could not. */
  record Read(boolean whole, @Nullable Object value) {}

  static Read read(byte[] body) {
    try {
      return new Read(true, MAPPER.readValue(body, Object.class));
    } catch (JacksonException unreadable) {
      return new Read(false, null);
    }
  }

  static byte[] bytes(@Nullable Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static String text(@Nullable Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
