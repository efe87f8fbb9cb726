package io.cordboard.core.trust;

import io.cordboard.kernel.Fault;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What somebody types to sign in. Latin small letters, digits, dot, dash and underscore, so that no
 * two names look alike; capitals are read as small letters.
 */
public record Username(String value) {
  private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9._-]{1,31}");

  public Username {
    value = value.toLowerCase(Locale.ROOT);
    if (!RULE.matcher(value).matches()) {
      throw new Fault.BadRequest(
          "'%s' is no user name: 2 to 32 of a-z, 0-9, dot, dash and underscore, a letter first."
              .formatted(Fault.excerpt(value)));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
