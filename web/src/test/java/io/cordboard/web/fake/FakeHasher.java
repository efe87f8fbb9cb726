package io.cordboard.web.fake;

import io.cordboard.core.trust.PasswordHasher;
import java.util.concurrent.atomic.AtomicInteger;

/** Fast, so that tests are; refuses what the real one cannot read, and counts how often a password was checked. */
public final class FakeHasher implements PasswordHasher {
  private final AtomicInteger checks = new AtomicInteger();

  @Override
  public String hash(CharSequence password) {
    if (password.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
      throw new IllegalArgumentException("half of a character cannot be encoded");
    }
    return "hash-of:" + password;
  }

  @Override
  public boolean matches(CharSequence password, String hash) {
    checks.incrementAndGet();
    return hash.equals(hash(password));
  }

  /** How often {@link #matches} was asked. */
  public int checks() {
    return checks.get();
  }
}
