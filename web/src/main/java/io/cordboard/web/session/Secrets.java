package io.cordboard.web.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Tokens nobody can guess, and what may be kept of them. */
public final class Secrets {
  private static final int BYTES = 32;
  private final RandomGenerator random;

  /**
   * Makes them from a source of randomness.
   *
   * @param random must be cryptographically strong
   */
  public Secrets(RandomGenerator random) {
    this.random = random;
  }

  /** 256 random bits in text. */
  public String token() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return text(bytes);
  }

  /** A password for once: twenty letters and digits that are not mistaken for each other. */
  public String password() {
    String letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      password.append(letters.charAt(random.nextInt(letters.length())));
    }
    return password.toString();
  }

  /** SHA-256 of a token; {@code purpose} keeps hashes for different ends apart. */
  static String hash(String purpose, String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return text(digest.digest((purpose + ":" + token).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  /** Compares in constant time. */
  public static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
