package io.cordboard.core.identity;

import io.cordboard.kernel.Fault;
import java.util.Locale;

/** What sort of thing points to a customer; the surest to be one person's own comes first. */
public enum IdentityKind {
  MOBILE,
  HOME,
  WORK,
  /** The switchboard of a company: anybody there may be calling. */
  MAIN_LINE,
  EMAIL,
  /** An id in another system. */
  FOREIGN_ID;

  /** As it is stored and shown, such as {@code main-line}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind with this code; {@link Fault.BadRequest} when there is none. */
  public static IdentityKind of(String code) {
    for (IdentityKind kind : values()) {
      if (kind.code().equals(code)) {
        return kind;
      }
    }
    throw new Fault.BadRequest(
        "'%s' is no kind of identity: use mobile, home, work, main-line, email or foreign-id."
            .formatted(Fault.excerpt(code)));
  }
}
