package io.cordboard.adapters.rest.expression;

import io.cordboard.kernel.Fault;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sums by which a sender proves that it knows a key. */
public final class Hmac {
  private static final Map<String, String> METHODS =
      Map.of("sha1", "HmacSHA1", "sha256", "HmacSHA256", "sha384", "HmacSHA384", "sha512", "HmacSHA512");

  private Hmac() {}

  /** Whether there is a method of this name. */
  public static boolean isMethod(String method) {
    return METHODS.containsKey(method);
  }

  /** The sum over a message. */
  public static byte[] of(String method, byte[] key, byte[] message) {
    String known = METHODS.get(method);
    if (known == null) {
      throw new Fault.BadRequest(
          "There is no method '%s' of signing: use sha1, sha256, sha384 or sha512.".formatted(Fault.excerpt(method)));
    }
    try {
      Mac mac = Mac.getInstance(known);
      mac.init(new SecretKeySpec(key, known));
      return mac.doFinal(message);
    } catch (GeneralSecurityException | IllegalArgumentException unusable) {
      throw new Fault.BadRequest("The key of a signature cannot be used: it may not be empty.");
    }
  }
}
