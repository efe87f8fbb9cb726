package io.cordboard.kernel;

/** A number in E.164 with its plus sign, such as {@code +8613800138000}. A claim, never a proof. */
public record PhoneNumber(String e164) {
  public PhoneNumber {
    if (!isE164(e164)) {
      throw new Fault.BadRequest(
          "'" + Fault.excerpt(e164) + "' is no E.164 number: a plus sign and 3 to 15 digits.");
    }
  }

  private static boolean isE164(String text) {
    if (text.length() < 4 || text.length() > 16 || text.charAt(0) != '+') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return e164;
  }
}
