package io.cordboard.core.journey;

import io.cordboard.kernel.Fault;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and amounts as people and spreadsheets write them. */
final class CellValues {
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?(?:[T ]+(\\d{1,2})[:时](\\d{1,2})(?:[:分](\\d{1,2})秒?(?:[.,]\\d{1,9})?|分)?)?");
  private static final Pattern AMOUNT =
      Pattern.compile("[¥￥$€£]?\\s*(-?(?:\\d{1,3}(?:,\\d{3})+|\\d{1,12})(?:\\.\\d{1,4})?)\\s*元?");

  private CellValues() {}

  /** Year first; a day alone is its midnight. */
  static Instant time(String text, ZoneId zone) {
    try {
      if (text.matches("\\d{4}-\\d{2}-\\d{2}T.*(Z|[+-]\\d{2}:\\d{2})")) {
        return OffsetDateTime.parse(text).toInstant();
      }
      Matcher parts = TIME.matcher(text);
      if (parts.matches()) {
        return LocalDateTime.of(
                part(parts, 1), part(parts, 2), part(parts, 3), part(parts, 4), part(parts, 5),
                part(parts, 6))
            .atZone(zone)
            .toInstant();
      }
    } catch (DateTimeException noSuchDay) {
      // told below
    }
    throw new Fault.BadRequest(
        "'%s' is no time: write it like 2026-03-09 or 2026-03-09 14:05."
            .formatted(Fault.excerpt(text)));
  }

  private static int part(Matcher parts, int group) {
    String text = parts.group(group);
    return text == null ? 0 : Integer.parseInt(text);
  }

  /** In the currency's smallest unit. */
  static long amount(String text, String currency) {
    int digits;
    try {
      digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      throw new Fault.BadRequest(
          "Currency '%s' is unknown: use a code such as CNY.".formatted(Fault.excerpt(currency)));
    }
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      throw new Fault.BadRequest(
          "'%s' is no amount: write it like 1280.50.".formatted(Fault.excerpt(text)));
    }
    try {
      return new BigDecimal(amount.group(1).replace(",", ""))
          .movePointRight(digits)
          .longValueExact();
    } catch (ArithmeticException tooFine) {
      throw new Fault.BadRequest(
          "'%s' has more than the %d decimals of %s."
              .formatted(Fault.excerpt(text), digits, currency));
    }
  }
}
