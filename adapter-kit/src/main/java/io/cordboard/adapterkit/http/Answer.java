package io.cordboard.adapterkit.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * What came back.
 *
 * @param headers by their names in small letters; several of one name are joined by a comma
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** The body as text in UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether its header says that it is JSON. */
  public boolean isJson() {
    String type = headers.getOrDefault("content-type", "");
    return type.contains("json");
  }

  /** What {@code Retry-After} asks for, in seconds or as a date; {@code otherwise} where it asks for nothing. */
  public Duration retryAfter(Duration otherwise) {
    String asked = headers.getOrDefault("retry-after", "").strip();
    try {
      Duration pause =
          asked.matches("\\d{1,9}(\\.\\d+)?")
              ? Duration.ofMillis((long) (Double.parseDouble(asked) * 1000))
              : asked.isEmpty() ? otherwise : untilDate(asked, otherwise);
      return pause.isNegative() ? Duration.ZERO : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    } catch (DateTimeParseException unreadable) {
      return otherwise;
    }
  }

  // by the other side's own clock
  private Duration untilDate(String asked, Duration otherwise) {
    String date = headers.getOrDefault("date", "");
    return date.isEmpty()
        ? otherwise
        : Duration.between(
            ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME),
            ZonedDateTime.parse(asked, DateTimeFormatter.RFC_1123_DATE_TIME));
  }
}
