package io.cordboard.core.journey;

import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.Fault;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what somebody types as a customer's number, e-mail or id into the form in which it is kept. */
public final class OwnNumbers {
  private static final int LONGEST = 200;
  private final NumberReader reader;
  private final Supplier<TrunkRules> rules;
  private final Supplier<Directory> directory;

  public OwnNumbers(
      NumberReader reader, Supplier<TrunkRules> rules, Supplier<Directory> directory) {
    this.reader = reader;
    this.rules = rules;
    this.directory = directory;
  }

  /** The number in its one form, if it is a whole one. */
  Optional<String> canonical(String typed) {
    return reader.canonical(typed, rules.get().place());
  }

  /** The calling code of numbers that are typed without one. */
  String home() {
    return rules.get().place().callingCode();
  }

  /**
   * The value as it is kept.
   *
   * @throws Fault.BadRequest when it is none of this kind
   * @throws Fault.Refused when it is one of the company's own numbers
   */
  String value(IdentityKind kind, String typed) {
    String text = typed.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      throw new Fault.BadRequest(
          "'%s' is too long or empty: at most %d characters."
              .formatted(Fault.excerpt(text), LONGEST));
    }
    return switch (kind) {
      case EMAIL -> email(text);
      case FOREIGN_ID -> text;
      case MOBILE, HOME, WORK, MAIN_LINE -> number(text);
    };
  }

  private static String email(String text) {
    if (!text.matches("[^\\s@<>\"]{1,64}@[^\\s@<>\"]{1,120}")) {
      throw new Fault.BadRequest(
          "'%s' is no e-mail address: it looks like name@example.com."
              .formatted(Fault.excerpt(text)));
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private String number(String text) {
    String canonical =
        canonical(text)
            .orElseThrow(
                () ->
                    new Fault.BadRequest(
                        "'%s' is no telephone number: type it with its area code, or with + and the country code."
                            .formatted(Fault.excerpt(text))));
    boolean own =
        rules.get().own().contains(text)
            || rules.get().own().contains(canonical)
            || directory.get().line(canonical).isPresent();
    if (own) {
      throw new Fault.Refused(
          "%s is one of the company's own numbers: it never belongs to a customer."
              .formatted(canonical));
    }
    return canonical;
  }
}
