package io.cordboard.testkit.crm;

import io.cordboard.kernel.PhoneNumber;
import java.util.regex.Pattern;

/** Ways in which people write a number into a CRM. */
public enum Writing {
  /** {@code +12125550143}. */
  PLAIN("+CAB"),
  /** {@code +1 212 555-0143}. */
  SPACES("+C A B"),
  /** {@code +1 (212) 555-0143}. */
  PUNCTUATION("+C (A) B"),
  /** {@code 0012125550143}. */
  ZEROS("00CAB"),
  /** {@code ＋１２１２５５５０１４３}. */
  FULL_WIDTH("+CAB") {
    @Override
    public String of(PhoneNumber number) {
      StringBuilder made = new StringBuilder();
      super.of(number).chars().forEach(c -> made.append((char) (c + 0xfee0)));
      return made.toString();
    }
  },
  /** {@code +1 212 555-0143 ext. 12}. */
  EXTENSION("+C A B ext. 12");

  private static final Pattern EXTENSION_MARK = Pattern.compile("(?i)\\s*(;?ext\\.?|x|#|转).*$");

  private final String form;

  Writing(String form) {
    this.form = form;
  }

  /** A number of America or China, written so. */
  public String of(PhoneNumber number) {
    String digits = number.e164().substring(1);
    int country = digits.startsWith("1") ? 1 : 2;
    String rest = digits.substring(country + 3);
    String grouped = rest.substring(0, rest.length() - 4) + "-" + rest.substring(rest.length() - 4);
    boolean together = form.contains("AB");
    return form.replace("C", digits.substring(0, country))
        .replace("A", digits.substring(country, country + 3))
        .replace("B", together ? rest : grouped);
  }

  /** The digits, of whatever script, without those of an extension. */
  static String main(String written) {
    String shown = EXTENSION_MARK.matcher(written).replaceFirst("");
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < shown.length(); i++) {
      int digit = Character.digit(shown.charAt(i), 10);
      if (digit >= 0) {
        made.append((char) ('0' + digit));
      }
    }
    return made.toString();
  }

  /** Whether this is the number: with its country, or without where none is written. */
  static boolean same(String written, String e164) {
    String digits = main(written);
    String wished = e164.substring(1);
    boolean plus = written.strip().startsWith("+") || written.strip().startsWith("＋");
    if (plus) {
      return digits.equals(wished);
    }
    String bare = digits.startsWith("00") ? digits.substring(2) : digits.startsWith("0") ? digits.substring(1) : digits;
    return digits.startsWith("00") ? bare.equals(wished) : bare.length() >= 8 && wished.endsWith(bare);
  }
}
