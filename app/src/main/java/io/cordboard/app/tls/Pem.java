package io.cordboard.app.tls;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates and keys as text, in files. */
final class Pem {
  private Pem() {}

  static KeyedCertificate read(Path certificates, Path key) {
    KeyedCertificate read = new KeyedCertificate(certificates(certificates), key(key));
    if (!belong(read)) {
      throw new Fault.Refused(
          "The key in %s does not belong to the certificate in %s: name the pair that was issued together."
              .formatted(key, certificates));
    }
    return read;
  }

  private static List<X509Certificate> certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable("certificate", file, e);
    }
    throw unreadable("certificate", file, new IOException("it is empty"));
  }

  private static PrivateKey key(Path file) {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      Object read = parser.readObject();
      while (read != null && !(read instanceof PEMKeyPair) && !(read instanceof PrivateKeyInfo)) {
        read = parser.readObject();
      }
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      return switch (read) {
        case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
        case PrivateKeyInfo info -> converter.getPrivateKey(info);
        case null, default -> throw new IOException("it holds no private key without a password");
      };
    } catch (IOException | RuntimeException e) {
      throw unreadable("private key", file, e);
    }
  }

  private static Fault unreadable(String what, Path file, Exception e) {
    String why = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
    return new Fault.Refused(
        "The %s %s cannot be read: %s. It must be PEM text that this user may read."
            .formatted(what, file, why));
  }

  /** What the key signs, the certificate must accept. */
  private static boolean belong(KeyedCertificate pair) {
    String algorithm =
        switch (pair.key().getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> pair.key().getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(pair.key());
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(pair.certificate().getPublicKey());
      signature.update((byte) 1);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherKind) {
      return false;
    }
  }

  /** Writes a pair; the key for us only, and each file whole or not at all. */
  static void write(KeyedCertificate pair, Path certificates, Path key) {
    write(key, text(pair.key()));
    write(certificates, text(pair.chain().toArray()));
  }

  static String text(Object... objects) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        writer.writeObject(
            object instanceof PrivateKey key
                ? new PemObject("PRIVATE KEY", key.getEncoded())
                : object);
      }
    } catch (IOException never) {
      throw new Fault.Bug("A certificate cannot be written as text.", never);
    }
    return text.toString();
  }

  private static void write(Path file, String text) {
    try {
      Path half =
          Files.createTempFile(
              file.getParent(),
              "half",
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(half, text);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Fault.Refused(
          "%s cannot be written: %s. Is the disk full?".formatted(file, e.getMessage()));
    }
  }

  /** Whether two reads of the same files gave the same certificate. */
  static boolean same(KeyedCertificate a, KeyedCertificate b) {
    try {
      return Arrays.equals(a.certificate().getEncoded(), b.certificate().getEncoded());
    } catch (GeneralSecurityException never) {
      throw new Fault.Bug("A certificate cannot be encoded.", never);
    }
  }
}
