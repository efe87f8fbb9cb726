package io.cordboard.app.tls;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate: the company's own where there is one, else one of a local authority
 * that is made at the first start. One thread.
 */
public final class Certificates {
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
  private static final Duration AUTHORITY_RENEWED_BEFORE = Duration.ofDays(400);

  private final Path directory;
  private final ServerNames names;
  private final @Nullable Own own;
  private final Clock clock;
  private final LocalAuthority authority;
  private final Consumer<String> tell;
  private @Nullable X509Certificate authorityCertificate;

  /** Files of the company's own certificate, PEM. */
  public record Own(Path certificate, Path key) {}

  /**
   * Makes it; nothing is read or written yet.
   *
   * @param directory where our own files lie, and the company's {@code certificate.pem} and {@code
   *     key.pem} may lie
   * @param given files named on the command line
   * @param tell takes what the operator must know, in a sentence
   */
  public Certificates(
      Path directory, ServerNames names, @Nullable Own given, Clock clock, SecureRandom random,
      Consumer<String> tell) {
    this.directory = directory;
    this.names = names;
    this.own = given == null ? inDirectory(directory) : given;
    this.clock = clock;
    this.authority = new LocalAuthority(random);
    this.tell = tell;
  }

  private static @Nullable Own inDirectory(Path directory) {
    Own own = new Own(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
    return Files.exists(own.certificate()) ? own : null;
  }

  /** Whether the certificate is the company's own. */
  public boolean isOwn() {
    return own != null;
  }

  /** The certificate for now: read, and made anew where it must be. */
  KeyedCertificate current() {
    return own == null ? local() : own(own);
  }

  private KeyedCertificate own(Own files) {
    KeyedCertificate read = Pem.read(files.certificate(), files.key());
    if (!ServerNames.covers(read.certificate(), names.host())) {
      throw new Fault.Refused(
          "The certificate %s is not for '%s': give --host the name it was issued for, or have one issued for this name."
              .formatted(files.certificate(), names.host()));
    }
    if (!read.lasts(RENEWED_BEFORE, clock.now())) {
      // an ended one too: browsers warn, but calls go on
      tell.accept(
          "The certificate %s %s at %s: have it renewed"
              .formatted(
                  files.certificate(),
                  read.lasts(Duration.ZERO, clock.now()) ? "ends" : "ended",
                  read.endsAt()));
    }
    return read;
  }

  private KeyedCertificate local() {
    makeDirectory();
    KeyedCertificate ca = localAuthority();
    authorityCertificate = ca.certificate();
    Path certificate = directory.resolve("local-server.pem");
    Path key = directory.resolve("local-server.key");
    if (Files.exists(certificate) && Files.exists(key)) {
      KeyedCertificate before = Pem.read(certificate, key);
      if (before.lasts(RENEWED_BEFORE, clock.now())
          && names.all().stream().allMatch(n -> ServerNames.covers(before.certificate(), n))
          && Chain.holds(ca.certificate(), before.certificate())) {
        return before;
      }
    }
    KeyedCertificate made = authority.issue(ca, names, clock.now());
    Pem.write(made, certificate, key);
    return made;
  }

  private KeyedCertificate localAuthority() {
    Path certificate = directory.resolve("local-ca.pem");
    Path key = directory.resolve("local-ca.key");
    if (Files.exists(certificate) && Files.exists(key)) {
      KeyedCertificate before = Pem.read(certificate, key);
      if (before.lasts(AUTHORITY_RENEWED_BEFORE, clock.now()) 
          && Chain.mayVouch(before.certificate(), names.all())) {
        return before;
      }
      tell.accept(
          "A new local CA is made, because the one before may not vouch for %s or ends soon: install it on the agents' machines"
              .formatted(names.host()));
    }
    KeyedCertificate made = authority.create(names, clock.now());
    Pem.write(made, certificate, key);
    return made;
  }

  private void makeDirectory() {
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new Fault.Refused("%s cannot be made: %s".formatted(directory, e.getMessage()));
    }
  }

  /** The local authority's certificate as PEM, for agents' machines; empty with an own one. */
  public Optional<String> authorityPem() {
    return Optional.ofNullable(authorityCertificate).map(Pem::text);
  }

  /** Where it lies. */
  public Path authorityFile() {
    return directory.resolve("local-ca.pem");
  }

  /** SHA-256 over it, to compare on both machines; empty with an own certificate. */
  public Optional<String> authorityFingerprint() {
    return Optional.ofNullable(authorityCertificate).map(Certificates::fingerprint);
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.ofDelimiter(":")
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException never) {
      throw new Fault.Bug("A certificate cannot be encoded.", never);
    }
  }
}
