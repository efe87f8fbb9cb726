package io.cordboard.core.identity;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.cordboard.kernel.Fault;
import java.util.List;

/**
 * Where a trunk ends, and so how a number that it tells without a country is meant.
 *
 * @param region ISO 3166 code of two letters, such as {@code CN}
 * @param areaCode put before numbers of five to eight digits, such as {@code 0755}; empty for none
 * @param outsidePrefixes digits that a switch may leave in front, such as {@code 9}; removed only
 *     from a number that cannot be read with them and can be read without
 */
public record Place(String region, String areaCode, List<String> outsidePrefixes) {
  public Place {
    outsidePrefixes = List.copyOf(outsidePrefixes);
    if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(region)) {
      throw new Fault.BadRequest(
          "Region '%s' is unknown: use an ISO 3166 code of two capital letters, such as CN."
              .formatted(Fault.excerpt(region)));
    }
    if (!areaCode.matches("\\d{0,6}")) {
      throw new Fault.BadRequest(
          "Area code '%s' is wrong: use up to six digits, such as 0755, or leave it empty."
              .formatted(Fault.excerpt(areaCode)));
    }
    outsidePrefixes.forEach(Place::checkPrefix);
  }

  /** No area code, no outside-line prefix. */
  public static Place of(String region) {
    return new Place(region, "", List.of());
  }

  /** The digits after the plus of this country's numbers, such as 86. */
  public String callingCode() {
    return String.valueOf(PhoneNumberUtil.getInstance().getCountryCodeForRegion(region));
  }

  private static void checkPrefix(String prefix) {
    if (!prefix.matches("[0-9*#]{1,6}")) {
      throw new Fault.BadRequest(
          "Outside-line prefix '%s' is wrong: use one to six of 0-9 * #."
              .formatted(Fault.excerpt(prefix)));
    }
  }
}
