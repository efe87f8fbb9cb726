package io.cordboard.adapters.rest.expression;

import io.cordboard.kernel.Fault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of an answer as text, exact. */
public final class Texts {
  private static final int LONGEST_NUMBER = 100;

  private Texts() {}

  /** As text, or null for null, for nothing, and for what is no single value. */
  public static @Nullable String of(@Nullable Object value) {
    return switch (value) {
      case String text -> text;
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case BigInteger number -> number.toString();
      case BigDecimal number -> plain(number);
      case Double number -> plain(BigDecimal.valueOf(number));
      case Boolean flag -> flag.toString();
      case null, default -> null;
    };
  }

  /** Text that is there; null where there is none or nothing stands in it. */
  public static @Nullable String filled(@Nullable Object value) {
    String text = of(value);
    return text == null || text.isBlank() ? null : text;
  }

  /** A number that stands there as one, or as text. */
  public static @Nullable BigDecimal number(@Nullable Object value) {
    String text = value instanceof Boolean ? null : of(value);
    if (text == null || text.length() > LONGEST_NUMBER) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text.strip());
      return Math.abs((long) number.scale()) > LONGEST_NUMBER ? null : number;
    } catch (NumberFormatException none) {
      return null;
    }
  }

  /** Several texts: of a list its values that are there, of one value that one. */
  public static List<String> many(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    for (Object each : list(value)) {
      String text = filled(each);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** A list where one is due: a single value counts as a list of one. */
  public static Collection<?> list(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case Missing missing -> List.of();
      case Collection<?> several -> several;
      default -> List.of(value);
    };
  }

  private static String plain(BigDecimal number) {
    if (Math.abs((long) number.scale()) > LONGEST_NUMBER) {
      throw new Fault.Refused("A number has more than %d digits.".formatted(LONGEST_NUMBER));
    }
    return number.toPlainString();
  }
}
