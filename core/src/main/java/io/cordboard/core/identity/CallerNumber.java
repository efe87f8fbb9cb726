package io.cordboard.core.identity;

import io.cordboard.kernel.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** What is known of the caller's number. */
public sealed interface CallerNumber {
  /** The form in which it is stored and compared, or null when there is none. */
  default @Nullable String canonical() {
    return null;
  }

  /** A number of a country's plan. */
  record Known(PhoneNumber number) implements CallerNumber {
    @Override
    public String canonical() {
      return number.e164();
    }
  }

  /**
   * A service number, which belongs to no area and is dialled inside its country only: 10086,
   * 95588, 4008001234. Its canonical form is these digits, without the country code, however it was
   * told.
   */
  record ShortCode(String digits) implements CallerNumber {
    @Override
    public String canonical() {
      return digits;
    }
  }

  /** One of the company's own numbers or extensions. */
  record Internal(String extension) implements CallerNumber {}

  /** The caller does not show a number, or none was told. */
  record Withheld() implements CallerNumber {}

  /**
   * Something was told that is no number; {@code excerpt} is cut short and safe to show as text.
   */
  record Unreadable(String excerpt) implements CallerNumber {}
}
