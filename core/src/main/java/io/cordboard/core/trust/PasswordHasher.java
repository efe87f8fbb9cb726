package io.cordboard.core.trust;

/**
 * Hashes passwords slowly, with a salt (argon2id or bcrypt). Thread-safe; a call takes some hundred
 * milliseconds of CPU.
 */
public interface PasswordHasher {
  /** A salted hash that names its own algorithm and cost. */
  String hash(CharSequence password);

  /** Whether the hash was made of this password; takes as long for a wrong one. */
  boolean matches(CharSequence password, String hash);
}
