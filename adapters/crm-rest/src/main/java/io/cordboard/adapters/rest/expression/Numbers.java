package io.cordboard.adapters.rest.expression;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The writings of a phone number, and whether two of them are the same number. */
public final class Numbers {
  private static final int LONGEST = 60;
  private static final List<String> NAMED =
      List.of("e164", "digits", "double_zero", "national", "national_digits", "international", "as_is");
  private static final Pattern TAIL = Pattern.compile("tail([4-9]|1[0-5])");

  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
  private final String region;

  /**
   * Reads numbers without a country code as numbers of a country.
   *
   * @param region two capitals, or ZZ for none
   */
  public Numbers(String region) {
    this.region = region;
  }

  /** Whether there is a country of this name. */
  public static boolean isRegion(String region) {
    return region.equals("ZZ") || PhoneNumberUtil.getInstance().getSupportedRegions().contains(region);
  }

  /** Whether a writing has this name. */
  public static boolean isWriting(String writing) {
    return NAMED.contains(writing) || TAIL.matcher(writing).matches();
  }

  /** All names of writings, for messages. */
  public static String names() {
    return String.join(", ", NAMED) + ", tail4 to tail15";
  }

  /** A number in one of its writings; empty where it is no number. */
  public Optional<String> written(String raw, String writing) {
    if (writing.equals("as_is")) {
      return Optional.of(raw);
    }
    return writing.equals("e164") || writing.equals("digits") || writing.equals("double_zero")
            || writing.startsWith("tail")
        ? e164(raw).map(e164 -> fromE164(e164, writing))
        : parsed(raw).map(number -> formatted(number, writing));
  }

  /** With plus sign and country code. */
  public Optional<String> e164(String raw) {
    if (isE164(raw)) {
      return Optional.of(raw);
    }
    return parsed(raw).map(number -> plans.format(number, PhoneNumberFormat.E164));
  }

  /** Whether something that stands in a record is this number. */
  public boolean same(String e164, String raw) {
    Optional<String> read = e164(raw);
    return read.isPresent() ? read.get().equals(e164) : digits(raw).equals(e164.substring(1));
  }

  private static String fromE164(String e164, String writing) {
    String digits = e164.substring(1);
    if (writing.startsWith("tail")) {
      int most = Integer.parseInt(writing.substring(4));
      return digits.length() <= most ? digits : digits.substring(digits.length() - most);
    }
    return switch (writing) {
      case "digits" -> digits;
      case "double_zero" -> "00" + digits;
      default -> e164;
    };
  }

  private String formatted(Phonenumber.PhoneNumber number, String writing) {
    return switch (writing) {
      case "national" -> plans.format(number, PhoneNumberFormat.NATIONAL);
      case "national_digits" -> digits(plans.format(number, PhoneNumberFormat.NATIONAL));
      default -> plans.format(number, PhoneNumberFormat.INTERNATIONAL);
    };
  }

  private Optional<Phonenumber.PhoneNumber> parsed(String raw) {
    if (raw.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(plans.parse(raw, region));
    } catch (NumberParseException none) {
      return Optional.empty();
    }
  }

  private static boolean isE164(String raw) {
    if (raw.length() < 8 || raw.length() > 16 || raw.charAt(0) != '+') {
      return false;
    }
    return raw.chars().skip(1).allMatch(letter -> letter >= '0' && letter <= '9');
  }

  private static String digits(String text) {
    StringBuilder kept = new StringBuilder();
    text.chars().filter(letter -> letter >= '0' && letter <= '9').forEach(letter -> kept.append((char) letter));
    return kept.toString();
  }
}
