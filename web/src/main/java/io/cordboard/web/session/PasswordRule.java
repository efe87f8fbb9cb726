package io.cordboard.web.session;

import io.cordboard.core.trust.User;
import io.cordboard.kernel.Fault;
import java.util.Locale;

/** What a password must be like: long, and not the user's own name. */
public final class PasswordRule {
  static final int MIN = 10;
  static final int MAX = 200;

  private PasswordRule() {}

  /** Goes on only with a good password. */
  public static void check(String password, User user) {
    int length = password.codePointCount(0, password.length());
    if (!isText(password)) {
      throw new Fault.BadRequest("A password is made of whole characters; this one has half of one.");
    }
    if (length < MIN || length > MAX) {
      throw new Fault.BadRequest(
          "A password has %d to %d characters; this one has %d.".formatted(MIN, MAX, length));
    }
    if (password.toLowerCase(Locale.ROOT).contains(user.username().value())) {
      throw new Fault.BadRequest("A password must not contain the user name.");
    }
    if (password.codePoints().distinct().count() < 4) {
      throw new Fault.BadRequest("A password needs at least four different characters.");
    }
  }

  /** Whether it can be hashed: half a surrogate pair is no character. */
  static boolean isText(String password) {
    return password.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
  }
}
