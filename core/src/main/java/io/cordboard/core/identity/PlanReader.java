package io.cordboard.core.identity;

import io.cordboard.kernel.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * Reads dialled characters by the number plans. In this order: service numbers; local numbers with
 * the home area code; numbers in use; the same three without an outside-line prefix; numbers of the
 * right length that no plan knows yet.
 */
final class PlanReader {
  private static final int MIN_LOCAL = 5;
  private static final int MAX_LOCAL = 8;

  private final NumberPlans plans = new NumberPlans();

  /** A known number or a service number; null when it is neither. */
  @Nullable CallerNumber read(String dialled, Place place, Trace trace) {
    String text = withoutFalsePlus(dialled, trace);
    CallerNumber inUse = inUse(text, place, trace);
    inUse = inUse != null ? inUse : inUseWithoutPrefix(text, place, trace);
    return inUse != null ? inUse : possible(text, place, trace);
  }

  /** No country code begins with zero: the plus was put before a national or an 00 number. */
  private static String withoutFalsePlus(String text, Trace trace) {
    if (!text.startsWith("+0")) {
      return text;
    }
    trace.add(Step.Code.PLUS_REMOVED, "", text.substring(1));
    return text.substring(1);
  }

  private @Nullable CallerNumber inUseWithoutPrefix(String text, Place place, Trace trace) {
    for (String prefix : place.outsidePrefixes()) {
      if (text.startsWith(prefix)) {
        Trace tried = Trace.of(trace.side());
        String rest = text.substring(prefix.length());
        tried.add(Step.Code.OUTSIDE_PREFIX_REMOVED, prefix, rest);
        CallerNumber read = inUse(rest, place, tried);
        if (read != null) {
          trace.steps().addAll(tried.steps());
          return read;
        }
      }
    }
    return null;
  }

  private @Nullable CallerNumber inUse(String text, Place place, Trace trace) {
    String region = place.region();
    CallerNumber read = service(plans.service(text, region), trace);
    read = read != null ? read : service(plans.serviceAbroad(text, region), trace);
    read = read != null ? read : local(text, place, trace);
    read = read != null ? read : service(plans.serviceAfterBareCode(text, region), trace);
    return read != null ? read : known(plans.valid(text, region), region, trace);
  }

  private static @Nullable CallerNumber service(@Nullable String digits, Trace trace) {
    if (digits == null) {
      return null;
    }
    trace.add(Step.Code.SERVICE_NUMBER, "", digits);
    return new CallerNumber.ShortCode(digits);
  }

  private @Nullable CallerNumber local(String text, Place place, Trace trace) {
    if (!maybeLocal(text, place)) {
      return null;
    }
    String withArea = place.areaCode() + text;
    PhoneNumber number = plans.valid(withArea, place.region());
    if (number == null) {
      return null;
    }
    trace.add(Step.Code.AREA_CODE_ADDED, place.areaCode(), withArea);
    return known(number, place.region(), trace);
  }

  private static boolean maybeLocal(String text, Place place) {
    return !place.areaCode().isEmpty()
        && text.length() >= MIN_LOCAL
        && text.length() <= MAX_LOCAL
        && text.charAt(0) >= '1'
        && text.charAt(0) <= '9';
  }

  private @Nullable CallerNumber known(@Nullable PhoneNumber number, String region, Trace trace) {
    return number == null ? null : found(number, Step.Code.READ, region, trace);
  }

  private @Nullable CallerNumber possible(String text, Place place, Trace trace) {
    String region = place.region();
    PhoneNumber number = plans.possible(text, region);
    return number == null ? null : found(number, Step.Code.OUTSIDE_KNOWN_RANGES, region, trace);
  }

  private CallerNumber found(PhoneNumber number, Step.Code code, String region, Trace trace) {
    trace.add(code, region, number.e164());
    CallerNumber service = service(plans.serviceAbroad(number.e164(), region), trace);
    return service != null ? service : new CallerNumber.Known(number);
  }
}
