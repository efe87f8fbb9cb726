package io.cordboard.store.sync;

import io.cordboard.kernel.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Keeps secrets unreadable for whoever has the database alone. */
public final class Seal {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private final SecretKeySpec key;
  private final SecureRandom random;

  /**
   * With a key of 32 bytes, which is the same on all servers of one database.
   */
  public Seal(byte[] key, SecureRandom random) {
    this.key = new SecretKeySpec(key.clone(), "AES");
    this.random = random;
  }

  /** Sealed for one purpose: it cannot be opened for another. */
  public byte[] close(String purpose, String text) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new Fault.Bug("Secrets cannot be sealed.", e);
    }
  }

  /**
   * What was sealed.
   *
   * @throws Fault.Refused when it was sealed with another key, or was changed
   */
  public String open(String purpose, byte[] sealed) {
    try {
      byte[] nonce = java.util.Arrays.copyOf(sealed, NONCE);
      byte[] text = cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(sealed, NONCE, sealed.length - NONCE);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new Fault.Refused(
          "Secrets were sealed with another key: copy 'secret.key' from the data directory that they were given to, or give them anew.");
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
