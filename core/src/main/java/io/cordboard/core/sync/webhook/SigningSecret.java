package io.cordboard.core.sync.webhook;

import io.cordboard.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a receiver knows us by. Its text is shown once, and never by {@link #toString}. */
public final class SigningSecret {
  private static final String PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";
  private static final int BYTES = 32;

  private final byte[] key;

  /** One that was kept. */
  public SigningSecret(byte[] key) {
    this.key = key.clone();
  }

  /**
   * A new one.
   *
   * @param random must be cryptographically strong
   */
  public static SigningSecret make(RandomGenerator random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return new SigningSecret(key);
  }

  /** To be shown once, to be kept by the receiver. */
  public String text() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /** To be kept by us. */
  public byte[] key() {
    return key.clone();
  }

  /**
   * The signature of a message, with its version.
   *
   * @param seconds since 1970, as they stand in {@code webhook-timestamp}
   */
  public String sign(String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException never) {
      throw new Fault.Bug("This Java runtime has no HMAC with SHA-256.", never);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "•••";
  }
}
