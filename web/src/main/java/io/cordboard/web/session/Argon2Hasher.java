package io.cordboard.web.session;

import io.cordboard.core.trust.PasswordHasher;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * argon2id with 19 MiB, two passes and one lane: OWASP's minimum, some ten milliseconds of CPU. At
 * most two at once, so that a storm of sign-ins leaves the calls their CPU and memory.
 */
public final class Argon2Hasher implements PasswordHasher {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int KIBIBYTES = 19 * 1024;
  private static final int PASSES = 2;
  private static final int AT_ONCE = 2;
  private static final int PATIENCE_SECONDS = 10;

  private final Argon2PasswordEncoder encoder =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, KIBIBYTES, PASSES);
  private final Semaphore slots = new Semaphore(AT_ONCE, true);

  @Override
  public String hash(CharSequence password) {
    return inTurn(() -> String.valueOf(encoder.encode(password)));
  }

  @Override
  public boolean matches(CharSequence password, String hash) {
    return inTurn(() -> encoder.matches(password, hash));
  }

  private <T> T inTurn(Supplier<T> work) {
    if (!acquired()) {
      throw new Fault.Busy("Too many people sign in at once.", Duration.ofSeconds(5));
    }
    try {
      return work.get();
    } finally {
      slots.release();
    }
  }

  private boolean acquired() {
    try {
      return slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
