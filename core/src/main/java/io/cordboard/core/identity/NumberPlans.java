package io.cordboard.core.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import io.cordboard.kernel.PhoneNumber;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The countries' number plans: which digits are whose number. Texts are an optional plus and
 * digits.
 */
final class NumberPlans {
  private static final int MAX_LENGTH = 21;
  private static final int MAX_SHORT = 6;
  private static final String CHINA = "CN";
  private static final List<DialPattern> CHINESE_SERVICE =
      List.of(
              "1[12]X",
              "10XXX",
              "1[12]XXX",
              "11XXXX",
              "1010XXXX",
              "95XXX",
              "95XXXX",
              "95XXXXX",
              "95XXXXXX",
              "96XXX",
              "96XXXX",
              "400XXXXXXX",
              "800XXXXXXX")
          .stream()
          .map(DialPattern::of)
          .toList();
  private static final FastPlan INTERNATIONAL = FastForms.international();
  private static final FastPlan AMERICAN = FastForms.america();
  private static final Map<String, FastPlan> NATIONAL =
      Map.of(CHINA, FastForms.china(), "US", AMERICAN, "CA", AMERICAN);

  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
  private final ShortNumberInfo shortNumbers = ShortNumberInfo.getInstance();

  /** A number in use, read by table where the form is common; null when it is none. */
  @Nullable PhoneNumber valid(String text, String region) {
    PhoneNumber fast = fast(text, region);
    return fast != null ? fast : slow(text, region);
  }

  /** A number of a common form, or null; agrees with {@link #slow} wherever it answers. */
  @Nullable PhoneNumber fast(String text, String region) {
    boolean plus = text.startsWith("+");
    FastPlan plan = plus ? INTERNATIONAL : NATIONAL.get(region);
    long digits = plan == null ? 0 : plan.read(text, plus ? 1 : 0);
    return digits == 0 ? null : new PhoneNumber("+" + digits);
  }

  /** A number in use, by libphonenumber alone. */
  @Nullable PhoneNumber slow(String text, String region) {
    Phonenumber.PhoneNumber number = parse(text, region);
    return number != null && plans.isValidNumber(number) ? e164(number) : null;
  }

  /**
   * A number of the right length outside the ranges known to be in use: an international one, or
   * one as long as the region's mobile numbers. Plans grow faster than the tables of them.
   */
  @Nullable PhoneNumber possible(String text, String region) {
    Phonenumber.PhoneNumber number = parse(text, region);
    if (number == null || number.getNationalNumber() == 0 || !isPossible(number, text)) {
      return null;
    }
    PhoneNumber found = e164(number);
    return found != null && readsAsItself(found, number, region) ? found : null;
  }

  private boolean isPossible(Phonenumber.PhoneNumber number, String text) {
    return text.startsWith("+")
        ? plans.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
        : plans.isPossibleNumberForTypeWithReason(number, PhoneNumberType.MOBILE)
            == ValidationResult.IS_POSSIBLE;
  }

  /** Not so where a plan takes the first digits for a prefix: it is no number then. */
  private boolean readsAsItself(PhoneNumber found, Phonenumber.PhoneNumber number, String region) {
    return number.equals(parse(found.e164(), region));
  }

  /** The digits of a service number told without a country code; null when it is none. */
  @Nullable String service(String text, String region) {
    if (region.equals(CHINA)) {
      return chineseService(text, 0);
    }
    if (text.length() > MAX_SHORT || text.startsWith("+")) {
      return null;
    }
    Phonenumber.PhoneNumber number = parse(text, region);
    return number != null && shortNumbers.isValidShortNumberForRegion(number, region) ? text : null;
  }

  /** The digits of a service number told with China's country code; null when it is none. */
  @Nullable String serviceAbroad(String text, String region) {
    for (String prefix : region.equals(CHINA) ? List.of("+86", "0086") : List.of("+86")) {
      if (text.startsWith(prefix)) {
        return chineseService(text, prefix.length());
      }
    }
    return null;
  }

  /** The same with nothing in front of the country code, which a local number may look like. */
  @Nullable String serviceAfterBareCode(String text, String region) {
    return region.equals(CHINA) && text.startsWith("86") ? chineseService(text, 2) : null;
  }

  private static @Nullable String chineseService(String text, int from) {
    String digits = from == 0 ? text : text.substring(from);
    for (DialPattern pattern : CHINESE_SERVICE) {
      if (pattern.matches(digits)) {
        return digits;
      }
    }
    return null;
  }

  private Phonenumber.@Nullable PhoneNumber parse(String text, String region) {
    if (text.length() > MAX_LENGTH || text.indexOf('*') >= 0 || text.indexOf('#') >= 0) {
      return null;
    }
    try {
      return plans.parse(text, region);
    } catch (NumberParseException noNumber) {
      return null;
    }
  }

  private @Nullable PhoneNumber e164(Phonenumber.PhoneNumber number) {
    String text = plans.format(number, PhoneNumberFormat.E164);
    return text.length() < 4 || text.length() > 16 ? null : new PhoneNumber(text);
  }
}
