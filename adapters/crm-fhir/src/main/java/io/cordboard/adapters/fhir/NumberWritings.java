package io.cordboard.adapters.fhir;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import io.cordboard.kernel.PhoneNumber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which a number may be written. A FHIR server finds a phone only by the very characters that stand there,
 * so all of them are asked for at once.
 */
final class NumberWritings {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
  /** Between area and rest, and within the rest. */
  private static final List<String[]> MARKS =
      List.of(
          new String[] {" ", " "}, new String[] {" ", "-"}, new String[] {"-", "-"}, new String[] {".", "."},
          new String[] {"", ""}, new String[] {" ", ""});

  private static final List<String[]> MARKS_AFTER_BRACKETS =
      List.of(new String[] {" ", " "}, new String[] {" ", "-"}, new String[] {"", "-"});

  private NumberWritings() {}

  /** All of them, the likeliest first; without its country only where the server's own country has that number. */
  static List<String> of(PhoneNumber number, String region) {
    Set<String> made = new LinkedHashSet<>();
    String digits = number.e164().substring(1);
    made.add(number.e164());
    made.add("00" + digits);
    made.add(digits);
    made.add(wide(number.e164()));
    Phonenumber.PhoneNumber parsed = parsed(number.e164(), "");
    if (parsed != null) {
      String country = Integer.toString(parsed.getCountryCode());
      made.add(PLANS.format(parsed, PhoneNumberFormat.INTERNATIONAL));
      made.add(PLANS.format(parsed, PhoneNumberFormat.RFC3966));
      List<String> groups = groups(parsed, country);
      for (String area : areas(groups)) {
        within(made, starts(country), area, groups);
      }
      if (region.equals(PLANS.getRegionCodeForNumber(parsed))) {
        national(made, parsed, groups);
      }
    }
    return new ArrayList<>(made);
  }

  private static List<String> starts(String country) {
    return List.of(
        "+" + country, "+" + country + " ", "+" + country + "-", "00" + country, "00" + country + " ",
        "00" + country + "-", country + " ", country + "-");
  }

  private static void national(Set<String> made, Phonenumber.PhoneNumber parsed, List<String> groups) {
    made.add(PLANS.format(parsed, PhoneNumberFormat.NATIONAL));
    String trunk = PLANS.getNddPrefixForRegion(PLANS.getRegionCodeForNumber(parsed), true);
    for (String area : areas(groups)) {
      within(made, trunk == null ? List.of("") : List.of("", trunk), area, groups);
    }
  }

  private static List<String> areas(List<String> groups) {
    return List.of(groups.getFirst(), "(" + groups.getFirst() + ")");
  }

  private static void within(Set<String> made, List<String> starts, String area, List<String> groups) {
    for (String start : starts) {
      for (String[] mark : area.startsWith("(") ? MARKS_AFTER_BRACKETS : MARKS) {
        String rest = String.join(mark[1], groups.subList(1, groups.size()));
        made.add(rest.isEmpty() ? start + area : start + area + mark[0] + rest);
      }
    }
  }

  private static List<String> groups(Phonenumber.PhoneNumber parsed, String country) {
    String written = PLANS.format(parsed, PhoneNumberFormat.INTERNATIONAL).substring(1 + country.length()).strip();
    List<String> made = new ArrayList<>(List.of(written.split("[ -]")));
    if (made.size() == 1 && written.length() > 7) {
      return List.of(written.substring(0, 3), written.substring(3));
    }
    return made;
  }

  private static String wide(String e164) {
    StringBuilder made = new StringBuilder();
    e164.chars().forEach(c -> made.append((char) (c + 0xfee0)));
    return made.toString();
  }

  /** Whether these characters are this number, for a server of this country. */
  static boolean same(String written, PhoneNumber number, String region) {
    Phonenumber.PhoneNumber parsed = parsed(written.replace("tel:", ""), region);
    if (parsed == null) {
      String digits = written.replaceAll("[^0-9]", "");
      return digits.equals(number.e164().substring(1)) || digits.equals("00" + number.e164().substring(1));
    }
    return PLANS.format(parsed, PhoneNumberFormat.E164).equals(number.e164());
  }

  private static Phonenumber.@Nullable PhoneNumber parsed(String written, String region) {
    try {
      String international = written.startsWith("00") ? "+" + written.substring(2) : written;
      return PLANS.parse(international, region.isEmpty() ? "ZZ" : region);
    } catch (NumberParseException none) {
      return null;
    }
  }
}
