package io.cordboard.core.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import io.cordboard.kernel.Fault;

/**
 * What may be dialled outside beside the home country's ordinary numbers.
 *
 * @param abroad whether other countries may
 * @param premium whether numbers that cost the caller extra may
 * @param services whether service numbers, such as 10086, may
 */
public record OutsideRules(boolean abroad, boolean premium, boolean services) {
  /** The home country and its service numbers. */
  public static final OutsideRules HOME = new OutsideRules(false, false, true);

  /**
   * Passes a canonical number that may be dialled.
   *
   * @throws Fault.Refused when it may not
   */
  public void check(String canonical, Place place) {
    if (!canonical.startsWith("+")) {
      if (!services) {
        throw refused(canonical, "service numbers", "services");
      }
      return;
    }
    if (!abroad && !canonical.startsWith("+" + place.callingCode())) {
      throw refused(canonical, "numbers of other countries", "abroad");
    }
    if (!premium && isPremium(canonical)) {
      throw refused(canonical, "numbers that cost extra", "premium");
    }
  }

  private static boolean isPremium(String canonical) {
    PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    try {
      PhoneNumberType type = plans.getNumberType(plans.parse(canonical, null));
      return type == PhoneNumberType.PREMIUM_RATE || type == PhoneNumberType.SHARED_COST;
    } catch (NumberParseException odd) {
      return true;
    }
  }

  private static Fault refused(String number, String what, String word) {
    return new Fault.Refused(
        "%s may not be dialled: %s are not allowed here. Who runs the server allows them by '--dial %s'."
            .formatted(number, what, word));
  }
}
