package io.cordboard.adapters.rest.expression;

import io.cordboard.kernel.Fault;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a system writes times: by name, to and from microseconds UTC. */
public final class Times {
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  private final Map<String, Writing> named = new HashMap<>();

  /** One way to write a time. */
  private sealed interface Writing {
    record Epoch(int micros) implements Writing {}

    record Pattern(DateTimeFormatter format, ZoneId zone) implements Writing {}
  }

  /** Knows {@code iso}, {@code epoch_s}, {@code epoch_ms} and {@code date}. */
  public Times() {
    named.put("iso", new Writing.Pattern(ISO, ZoneOffset.UTC));
    named.put("epoch_ms", new Writing.Epoch(1_000));
    named.put("epoch_s", new Writing.Epoch(1_000_000));
    named.put("date", new Writing.Pattern(DateTimeFormatter.ISO_LOCAL_DATE, ZoneOffset.UTC));
  }

  /**
   * Adds a way to write times.
   *
   * @param zone of texts that name none
   * @throws IllegalArgumentException when the pattern is none
   */
  public void add(String name, String pattern, ZoneId zone) {
    named.put(name, new Writing.Pattern(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH), zone));
  }

  /** Whether there is a way of this name. */
  public boolean has(String name) {
    return named.containsKey(name);
  }

  /**
   * Microseconds UTC of what stands there.
   *
   * @throws Fault.Refused when it is no such time
   */
  public long micros(Object theirs, String name) {
    return switch (writing(name)) {
      case Writing.Epoch epoch -> fromEpoch(theirs, epoch.micros());
      case Writing.Pattern pattern -> fromText(theirs, pattern);
    };
  }

  /** A time of ours as they write it: a whole number or a text. */
  public Object render(long micros, String name) {
    return switch (writing(name)) {
      case Writing.Epoch epoch -> Math.floorDiv(micros, (long) epoch.micros());
      case Writing.Pattern pattern -> name.equals("iso")
          ? instant(micros).toString()
          : pattern.format().format(instant(micros).atZone(pattern.zone()));
    };
  }

  /** An ISO text of ours as microseconds; null where it is none. */
  public static @Nullable Long ours(String iso) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(iso));
    } catch (DateTimeException | ArithmeticException unreadable) {
      return null;
    }
  }

  /** Microseconds as our ISO text. */
  public static String iso(long micros) {
    return instant(micros).toString();
  }

  private Writing writing(String name) {
    Writing found = named.get(name);
    if (found == null) {
      throw new Fault.BadRequest(
          "There is no way '%s' to write times: use iso, date, epoch_s, epoch_ms or one that stands under 'times'."
              .formatted(Fault.excerpt(name)));
    }
    return found;
  }

  private static long fromEpoch(Object theirs, int micros) {
    BigDecimal number = Texts.number(theirs);
    if (number == null) {
      throw unreadable(theirs);
    }
    try {
      return number.multiply(BigDecimal.valueOf(micros)).setScale(0, RoundingMode.FLOOR).longValueExact();
    } catch (ArithmeticException tooFar) {
      throw unreadable(theirs);
    }
  }

  private static long fromText(Object theirs, Writing.Pattern pattern) {
    String text = Texts.filled(theirs);
    if (text == null || text.length() > 60) {
      throw unreadable(theirs);
    }
    try {
      TemporalAccessor read = pattern.format().parse(text.strip());
      ZoneId said = read.query(TemporalQueries.zone());
      if (read.isSupported(ChronoField.INSTANT_SECONDS)) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.from(read));
      }
      LocalDateTime local = read.isSupported(ChronoField.HOUR_OF_DAY)
          ? LocalDateTime.from(read) : LocalDate.from(read).atStartOfDay();
      return ChronoUnit.MICROS.between(
          Instant.EPOCH, local.atZone(said == null ? pattern.zone() : said).toInstant());
    } catch (DateTimeException | ArithmeticException unreadable) {
      throw unreadable(theirs);
    }
  }

  private static Fault unreadable(Object theirs) {
    String text = Texts.of(theirs);
    return new Fault.Refused(
        "'%s' is no time as the file says that the system writes them."
            .formatted(text == null ? "what stands there" : Fault.excerpt(text)));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
