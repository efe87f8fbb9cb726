package io.cordboard.core.sync;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.Value.Flag;
import io.cordboard.spi.crm.Value.Many;
import io.cordboard.spi.crm.Value.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How what stands in a field of ours is written there, and read back. Reading gives a value its one form: two writings
 * of the same are equal afterwards.
 */
public sealed interface Conversion {
  /** Nothing but blanks at both ends is changed. */
  Conversion AS_IS = new AsIs();

  /** Numbers in E.164, one or several. */
  Conversion PHONES = new Phones(false);

  /** Several numbers of ours, of which the system keeps the first only. */
  Conversion FIRST_PHONE = new Phones(true);

  /** Addresses in small letters, one or several. */
  Conversion EMAILS = new Emails(false);

  /** Several addresses of ours, of which the system keeps the first only. */
  Conversion FIRST_EMAIL = new Emails(true);

  /** Times to the second. */
  Conversion SECONDS = new Seconds();

  /** Times of which they keep the day only, as it is in UTC. */
  Conversion DAY = new Day();

  /** Ours as it is written there; numbers are read by {@code numbers}. */
  Value there(Value ours);

  /** Theirs in our form. */
  Value here(Value theirs, NumberForm numbers);

  /** Only the first of several is kept there. */
  default boolean first() {
    return false;
  }

  /** Reads a telephone number in any writing. */
  @FunctionalInterface
  interface NumberForm {
    /** In E.164; empty when it is none. */
    Optional<String> canonical(String written);
  }

  /** As {@link #AS_IS}. */
  record AsIs() implements Conversion {
    @Override
    public Value there(Value ours) {
      return ours;
    }

    @Override
    public Value here(Value theirs, NumberForm numbers) {
      return switch (theirs) {
        case Text text -> Value.of(text.text().strip());
        case Many many -> Value.of(many.texts().stream().map(String::strip).filter(t -> !t.isEmpty()).sorted().distinct().toList());
        case Value.Number number -> new Value.Number(plain(number.number()));
        case Flag _, Value.Empty _, Value.Hidden _ -> theirs;
      };
    }

    private static BigDecimal plain(BigDecimal number) {
      // what a binary fraction adds behind is no part of what was meant
      BigDecimal short_ = number.setScale(6, RoundingMode.HALF_EVEN).stripTrailingZeros();
      return short_.scale() < 0 ? short_.setScale(0) : short_;
    }
  }

  /** Values of ours with their counterparts. What stands in no line cannot be written, and is not read. */
  record Table(Map<String, String> lines) implements Conversion {
    public Table {
      lines = Map.copyOf(new TreeMap<>(lines));
    }

    @Override
    public Value there(Value ours) {
      return ours instanceof Text text ? new Text(counterpart(text.text())) : ours;
    }

    private String counterpart(String ours) {
      String theirs = lines.get(ours);
      if (theirs == null) {
        throw new Fault.Refused(
            "The table of the mapping has no line for '%s': add one.".formatted(Fault.excerpt(ours)));
      }
      return theirs;
    }

    @Override
    public Value here(Value theirs, NumberForm numbers) {
      String word =
          switch (theirs) {
            case Text text -> text.text();
            case Flag flag -> String.valueOf(flag.yes());
            case Value.Number number -> number.number().toPlainString();
            case Many _, Value.Empty _, Value.Hidden _ -> null;
          };
      return lines.entrySet().stream()
          .filter(line -> line.getValue().equals(word))
          .map(Map.Entry::getKey)
          .sorted()
          .findFirst()
          .<Value>map(Text::new)
          .orElse(new Value.Hidden());
    }
  }

  /** As {@link #PHONES} and {@link #FIRST_PHONE}. */
  record Phones(boolean first) implements Conversion {
    @Override
    public Value there(Value ours) {
      return first ? firstOf(ours) : ours;
    }

    @Override
    public Value here(Value theirs, NumberForm numbers) {
      return many(theirs, written -> numbers.canonical(written).stream().toList());
    }
  }

  /** As {@link #EMAILS} and {@link #FIRST_EMAIL}. */
  record Emails(boolean first) implements Conversion {
    @Override
    public Value there(Value ours) {
      return first ? firstOf(ours) : ours;
    }

    @Override
    public Value here(Value theirs, NumberForm numbers) {
      return many(
          theirs,
          written -> written.contains("@") ? List.of(written.strip().toLowerCase(Locale.ROOT)) : List.of());
    }
  }

  /** As {@link #SECONDS}. */
  record Seconds() implements Conversion {
    @Override
    public Value there(Value ours) {
      return ours;
    }

    @Override
    public Value here(Value theirs, NumberForm numbers) {
      if (!(theirs instanceof Text text)) {
        return theirs;
      }
      try {
        Instant at = OffsetDateTime.parse(text.text().strip()).toInstant();
        return new Text(at.truncatedTo(ChronoUnit.SECONDS).toString());
      } catch (DateTimeException unreadable) {
        return new Value.Hidden();
      }
    }
  }

  /** As {@link #DAY}. */
  record Day() implements Conversion {
    @Override
    public Value there(Value ours) {
      return ours instanceof Text text ? day(text.text()) : ours;
    }

    @Override
    public Value here(Value theirs, NumberForm numbers) {
      return theirs instanceof Text text ? day(text.text()) : theirs;
    }

    private static Value day(String written) {
      String text = written.strip();
      try {
        return new Text(
            text.length() == 10
                ? LocalDate.parse(text).toString()
                : OffsetDateTime.parse(text).toInstant().atOffset(ZoneOffset.UTC).toLocalDate().toString());
      } catch (DateTimeException unreadable) {
        return new Value.Hidden();
      }
    }
  }

  private static Value firstOf(Value ours) {
    return ours instanceof Many many ? new Text(many.texts().getFirst()) : ours;
  }

  private static Value many(Value theirs, java.util.function.Function<String, List<String>> form) {
    List<String> written =
        switch (theirs) {
          case Text text -> List.of(text.text());
          case Many many -> many.texts();
          case Value.Number number -> List.of(number.number().toPlainString());
          case Flag _, Value.Empty _, Value.Hidden _ -> List.of();
        };
    return theirs instanceof Value.Hidden
        ? theirs
        : Value.of(written.stream().flatMap(one -> form.apply(one).stream()).sorted().distinct().toList());
  }
}
