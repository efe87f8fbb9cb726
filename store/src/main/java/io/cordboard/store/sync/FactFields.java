package io.cordboard.store.sync;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Value;
import io.cordboard.store.customer.Sql;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Fields of another system as our columns have them, and back. */
final class FactFields {
  private static final int LONGEST_KEY = 200;
  private static final int LONGEST = 10_000;

  private FactFields() {}

  /** Words; what stands where the field was not told. */
  static String text(Map<String, Value> fields, String name, String stands) {
    Value value = fields.get(name);
    String text =
        switch (value) {
          case Value.Text words -> words.text().strip();
          case Value.Number number -> number.number().toPlainString();
          case Value.Many many -> String.join(", ", many.texts());
          case Value.Flag flag -> String.valueOf(flag.yes());
          case Value.Empty _ -> "";
          case Value.Hidden _ -> stands;
          case null -> stands;
        };
    int longest = name.equals("number") ? LONGEST_KEY : LONGEST;
    if (text.length() > longest) {
      throw new Fault.Refused(
          "%s: it has more than %d characters; shorten it there.".formatted(name, longest));
    }
    return Sql.clean(text);
  }

  /**
   * A time, microseconds UTC. A day without a time leaves the time of the day as it stands.
   *
   * @param empty where it was cleared
   */
  static long time(Map<String, Value> fields, String name, long stands, long empty) {
    return switch (fields.get(name)) {
      case Value.Text words -> micros(name, words.text().strip(), stands);
      case Value.Empty _ -> empty;
      case Value.Number _, Value.Flag _, Value.Many _ ->
          throw new Fault.Refused("%s: it is no time; map another field to it.".formatted(name));
      case Value.Hidden _ -> stands;
      case null -> stands;
    };
  }

  private static long micros(String name, String text, long stands) {
    try {
      Instant at =
          text.length() == 10
              ? LocalDate.parse(text).atTime(Clock.instant(stands).atOffset(ZoneOffset.UTC).toLocalTime())
                  .toInstant(ZoneOffset.UTC)
              : OffsetDateTime.parse(text).toInstant();
      return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
    } catch (DateTimeException | ArithmeticException unreadable) {
      throw new Fault.Refused("%s: '%s' is no time.".formatted(name, Fault.excerpt(text)));
    }
  }

  /** A number. */
  static BigDecimal number(Map<String, Value> fields, String name, BigDecimal stands) {
    return switch (fields.get(name)) {
      case Value.Number number -> number.number();
      case Value.Empty _ -> BigDecimal.ZERO;
      case Value.Text text -> parsed(name, text.text().strip());
      case Value.Flag _, Value.Many _ ->
          throw new Fault.Refused("%s: it is no number; map another field to it.".formatted(name));
      case Value.Hidden _ -> stands;
      case null -> stands;
    };
  }

  private static BigDecimal parsed(String name, String text) {
    try {
      return text.length() > 30 ? tooLong(name) : new BigDecimal(text);
    } catch (NumberFormatException unreadable) {
      throw new Fault.Refused("%s: '%s' is no number.".formatted(name, Fault.excerpt(text)));
    }
  }

  private static BigDecimal tooLong(String name) {
    throw new Fault.Refused("%s: it has too many digits.".formatted(name));
  }

  /** A time of ours; empty for none. */
  static Value time(long micros) {
    return micros == 0
        ? Value.EMPTY
        : new Value.Text(Clock.instant(micros).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Words of ours. */
  static Value text(String text) {
    return Value.of(text.strip());
  }
}
