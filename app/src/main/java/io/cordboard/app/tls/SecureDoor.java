package io.cordboard.app.tls;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/** Gives the server its certificate, and the next one before the last has ended. */
public final class SecureDoor implements SslBundleRegistrar, AutoCloseable {
  /** By this name the server asks for the certificate. */
  public static final String BUNDLE = "cordboard";

  private static final Logger LOG = LoggerFactory.getLogger(SecureDoor.class);
  private static final String ALIAS = "server";
  private final Certificates certificates;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("certificates").daemon().factory());
  private volatile @Nullable KeyedCertificate shown;

  public SecureDoor(Certificates certificates) {
    this.certificates = certificates;
    this.shown = certificates.current();
  }

  /** Where the certificates come from. */
  public Certificates certificates() {
    return certificates;
  }

  @Override
  public void registerBundles(SslBundleRegistry registry) {
    registry.registerBundle(BUNDLE, bundle(current()));
    rounds.scheduleAtFixedRate(() -> renew(registry), 1, 1, TimeUnit.HOURS);
  }

  private KeyedCertificate current() {
    KeyedCertificate now = shown;
    return now == null ? certificates.current() : now;
  }

  /** Shows another certificate, if there is one by now; open connections go on. */
  void renew(SslBundleRegistry registry) {
    try {
      KeyedCertificate fresh = certificates.current();
      if (!Pem.same(fresh, current())) {
        registry.updateBundle(BUNDLE, bundle(fresh));
        shown = fresh;
        LOG.info("From now on browsers are shown a certificate that ends at {}.", fresh.endsAt());
      }
    } catch (RuntimeException e) {
      LOG.error("The certificate stays as it was until this is mended: {}", e.getMessage());
    }
  }

  private static SslBundle bundle(KeyedCertificate pair) {
    return SslBundle.of(
        SslStoreBundle.of(store(pair), "", null),
        SslBundleKey.of("", ALIAS),
        SslOptions.of(null, Set.of("TLSv1.3", "TLSv1.2")));
  }

  private static KeyStore store(KeyedCertificate pair) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          ALIAS, pair.key(), new char[0], pair.chain().toArray(new X509Certificate[0]));
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new Fault.Bug("The certificate cannot be handed to the server: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }
}
