package io.cordboard.store;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Reads what our own SQL made: a JSON array of rows, each an array of columns in a known order. */
public final class JsonRows {
  private static final JsonFactory FACTORY = new JsonFactory();
  private final JsonParser parser;

  private JsonRows(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads one row's columns, all of them, in their order. */
  public interface Row<T> {
    T read(JsonRows columns);
  }

  /** All rows; null is no rows. */
  public static <T> List<T> read(@Nullable String json, Row<T> row) {
    if (json == null) {
      return List.of();
    }
    List<T> rows = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      JsonRows columns = new JsonRows(parser);
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        rows.add(row.read(columns));
        parser.nextToken();
      }
      return rows;
    } catch (JacksonException e) {
      throw new Fault.Bug("The database's JSON is not what the statement makes.", e);
    }
  }

  /** The next column. */
  public String text() {
    parser.nextToken();
    return parser.getString();
  }

  /** The next column, or null. */
  public @Nullable String textOrNull() {
    return parser.nextToken() == JsonToken.VALUE_NULL ? null : parser.getString();
  }

  /** The next column. */
  public long number() {
    parser.nextToken();
    return parser.getLongValue();
  }

  /** The next column. */
  public boolean flag() {
    return parser.nextToken() == JsonToken.VALUE_TRUE;
  }

  /** The next column, microseconds. */
  public Instant time() {
    return Clock.instant(number());
  }

  /** Microseconds, 0 for never. */
  public @Nullable Instant timeOrNull() {
    return instant(number());
  }

  /** Microseconds, 0 for never. */
  public static @Nullable Instant instant(long micros) {
    return micros == 0 ? null : Clock.instant(micros);
  }
}
