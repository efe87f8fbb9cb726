package io.cordboard.app.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate itself first, then who vouches for it
 */
record KeyedCertificate(List<X509Certificate> chain, PrivateKey key) {
  KeyedCertificate {
    chain = List.copyOf(chain);
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  Instant endsAt() {
    return certificate().getNotAfter().toInstant();
  }

  /** Whether it is still good so long from now. */
  boolean lasts(Duration span, Instant now) {
    return endsAt().isAfter(now.plus(span));
  }

  @Override
  public String toString() {
    return "KeyedCertificate[" + certificate().getSubjectX500Principal() + "]";
  }
}
