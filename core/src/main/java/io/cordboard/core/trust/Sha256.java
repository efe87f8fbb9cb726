package io.cordboard.core.trust;

import io.cordboard.kernel.Fault;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java runtime has. */
public final class Sha256 {
  private Sha256() {}

  /** A fresh one. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException never) {
      throw new Fault.Bug("This Java runtime has no SHA-256.", never);
    }
  }
}
