package io.cordboard.app.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.app.tls.Certificates.Own;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

class CertificatesTest {
  private static final ServerNames DESK = new ServerNames("desk.example", Set.of("192.0.2.7", "2001:db8:0:0:0:0:0:7"));
  private static final SecureRandom RANDOM = new SecureRandom();
  private final HandClock clock = new HandClock();
  private final List<String> told = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void theFirstStartMakesACertificateForNameAndAddressesThatTheLocalAuthorityVouchesFor() throws Exception {
    KeyedCertificate made = certificates(DESK).current();
    assertThat(Chain.holds(authority(), made.certificate())).isTrue();
    for (String name : List.of("desk.example", "localhost", "192.0.2.7", "2001:db8::7")) {
      assertThat(ServerNames.covers(made.certificate(), name)).as(name).isTrue();
    }
    assertThat(ServerNames.covers(made.certificate(), "other.example")).isFalse();
    assertThat(made.key().getAlgorithm()).isEqualTo("EC");
    assertThat(told).isEmpty();
  }

  @Test
  void onlyThisUserMayReadTheKeys() throws IOException {
    certificates(DESK).current();
    for (String key : List.of("local-ca.key", "local-server.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(key))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void theNextStartShowsTheSameCertificate() {
    KeyedCertificate first = certificates(DESK).current();
    clock.advance(Duration.ofDays(300));
    assertThat(Pem.same(certificates(DESK).current(), first)).isTrue();
  }

  @Test
  void aMonthBeforeItEndsTheCertificateIsMadeAnewByTheSameAuthority() {
    KeyedCertificate first = certificates(DESK).current();
    X509Certificate before = authority();
    clock.advance(LocalAuthority.CERTIFICATE_LASTS.minus(Duration.ofDays(29)));
    KeyedCertificate next = certificates(DESK).current();
    assertThat(Pem.same(next, first)).isFalse();
    assertThat(next.lasts(Duration.ofDays(396), clock.now())).isTrue();
    assertThat(authority()).isEqualTo(before);
    assertThat(Chain.holds(before, next.certificate())).isTrue();
  }

  @Test
  void anAddressThatTheMachineDidNotHaveBeforeGetsIntoTheCertificate() {
    certificates(DESK).current();
    X509Certificate before = authority();
    ServerNames moved = new ServerNames("desk.example", Set.of("10.1.2.3"));
    assertThat(ServerNames.covers(certificates(moved).current().certificate(), "10.1.2.3")).isTrue();
    assertThat(authority()).isEqualTo(before);
  }

  @Test
  void theAuthorityMayVouchForNobodyElse() {
    certificates(DESK).current();
    KeyedCertificate ca = Pem.read(directory.resolve("local-ca.pem"), directory.resolve("local-ca.key"));
    LocalAuthority thief = new LocalAuthority(RANDOM);
    for (String other : List.of("bank.example", "example", "198.51.100.1")) {
      KeyedCertificate forged = thief.issue(ca, new ServerNames(other, Set.of()), clock.now());
      assertThat(Chain.holds(ca.certificate(), forged.certificate())).as(other).isFalse();
    }
  }

  @Test
  void anotherNameNeedsAnotherAuthorityAndTheOperatorIsTold() {
    certificates(DESK).current();
    X509Certificate before = authority();
    KeyedCertificate other = certificates(new ServerNames("cti.example", Set.of())).current();
    assertThat(authority()).isNotEqualTo(before);
    assertThat(Chain.holds(authority(), other.certificate())).isTrue();
    assertThat(told).singleElement().asString().contains("install it on the agents' machines");
  }

  @Test
  void aCertificateOfTheCompanyIsShownInsteadOfALocalOne() {
    Own own = companyCertificate("*.example");
    Certificates certificates = new Certificates(directory, DESK, own, clock, RANDOM, told::add);
    assertThat(certificates.isOwn()).isTrue();
    assertThat(ServerNames.covers(certificates.current().certificate(), "desk.example")).isTrue();
    assertThat(certificates.authorityPem()).isEmpty();
    assertThat(directory.resolve("local-ca.key")).doesNotExist();
  }

  @Test
  void oneInTheDataDirectoryNeedsNoOption() throws IOException {
    Own own = companyCertificate("desk.example");
    Files.copy(own.certificate(), directory.resolve("certificate.pem"));
    Files.copy(own.key(), directory.resolve("key.pem"));
    assertThat(certificates(DESK).isOwn()).isTrue();
  }

  @Test
  void aCertificateForAnotherNameOrWithAnotherKeyIsRefusedWithTheMend() {
    Own own = companyCertificate("other.example");
    assertThatThrownBy(() -> new Certificates(directory, DESK, own, clock, RANDOM, told::add).current())
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("not for 'desk.example'");
    Own mixed = new Own(own.certificate(), companyCertificate("desk.example").key());
    assertThatThrownBy(() -> new Certificates(directory, DESK, mixed, clock, RANDOM, told::add).current())
        .hasMessageContaining("does not belong to the certificate");
    Own none = new Own(directory.resolve("none.pem"), own.key());
    assertThatThrownBy(() -> new Certificates(directory, DESK, none, clock, RANDOM, told::add).current())
        .hasMessageContaining("there is no such file");
  }

  @Test
  void aCertificateThatEndedIsToldAndStillShown() {
    Own own = companyCertificate("desk.example");
    clock.advance(Duration.ofDays(400));
    new Certificates(directory, DESK, own, clock, RANDOM, told::add).current();
    assertThat(told).singleElement().asString().contains(" ended at ", "have it renewed");
  }

  @Test
  void theRunningServerIsGivenTheRenewedCertificateOnce() {
    SecureDoor door = new SecureDoor(certificates(DESK));
    DefaultSslBundleRegistry registry = new DefaultSslBundleRegistry();
    door.registerBundles(registry);
    List<Object> updates = new ArrayList<>();
    registry.addBundleUpdateHandler(SecureDoor.BUNDLE, updates::add);
    door.renew(registry);
    assertThat(updates).isEmpty();
    clock.advance(LocalAuthority.CERTIFICATE_LASTS.minus(Duration.ofDays(1)));
    door.renew(registry);
    door.renew(registry);
    assertThat(updates).hasSize(1);
    door.close();
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    for (String bad : List.of("", "a b", "http://desk", "desk_1", "-a", "300.1.1.1", "x\ny")) {
      assertThatThrownBy(() -> ServerNames.of(bad)).as(bad).isInstanceOf(Fault.BadRequest.class);
    }
    assertThat(ServerNames.of("Desk.Example").inUrl()).isEqualTo("desk.example");
    assertThat(ServerNames.of("2001:db8::1").inUrl()).isEqualTo("[2001:db8:0:0:0:0:0:1]");
  }

  private Certificates certificates(ServerNames names) {
    return new Certificates(directory, names, null, clock, RANDOM, told::add);
  }

  private X509Certificate authority() {
    return Pem.read(directory.resolve("local-ca.pem"), directory.resolve("local-ca.key")).certificate();
  }

  /** Stands for a certificate that somebody else issued. */
  private Own companyCertificate(@Nullable String name) {
    LocalAuthority company = new LocalAuthority(RANDOM);
    ServerNames names = new ServerNames(String.valueOf(name), Set.of());
    KeyedCertificate issued = company.issue(company.create(names, clock.now()), names, clock.now());
    Own own = new Own(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
    Pem.write(issued, own.certificate(), own.key());
    return own;
  }
}
