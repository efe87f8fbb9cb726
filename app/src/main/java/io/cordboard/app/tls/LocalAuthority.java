package io.cordboard.app.tls;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.math.BigInteger;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates for an installation that has none of its own. The authority may vouch for this
 * server's name and for private addresses only: whoever installs it does not trust us, or a thief
 * of its key, for anything else on the net.
 */
final class LocalAuthority {
  static final Duration AUTHORITY_LASTS = Duration.ofDays(3650);

  /** Browsers take no certificate that was made for longer than 398 days. */
  static final Duration CERTIFICATE_LASTS = Duration.ofDays(397);

  private static final List<String> PRIVATE_NETWORKS =
      List.of(
          "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10",
          "169.254.0.0/16", "fc00::/7", "fe80::/10", "::1/128");
  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
  private final SecureRandom random;

  LocalAuthority(SecureRandom random) {
    this.random = random;
  }

  /** A new authority for a server of these names. */
  KeyedCertificate create(ServerNames names, Instant now) {
    KeyPair pair = keyPair();
    X500Name subject = subject("Cordboard local CA for " + names.host() + " " + mark());
    return build(
        new Order(subject, pair, now.plus(AUTHORITY_LASTS), now),
        new Issuer(subject, pair),
        builder -> {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
          builder.addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
          builder.addExtension(
              Extension.nameConstraints, true, new NameConstraints(permitted(names), null));
        });
  }

  /** A certificate for the server, vouched for by the authority. */
  KeyedCertificate issue(KeyedCertificate authority, ServerNames names, Instant now) {
    KeyPair pair = keyPair();
    X500Name issuer =
        X500Name.getInstance(
            authority.certificate().getSubjectX500Principal().getEncoded());
    Order order = new Order(subject(names.host()), pair, now.plus(CERTIFICATE_LASTS), now);
    KeyPair signing = new KeyPair(authority.certificate().getPublicKey(), authority.key());
    KeyedCertificate issued =
        build(
            order,
            new Issuer(issuer, signing),
            builder -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
              builder.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
              builder.addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
              builder.addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(
                      names.all().stream().map(LocalAuthority::name).toArray(GeneralName[]::new)));
            });
    return new KeyedCertificate(
        List.of(issued.certificate(), authority.certificate()), issued.key());
  }

  private record Order(X500Name subject, KeyPair pair, Instant end, Instant now) {}

  private record Issuer(X500Name name, KeyPair pair) {}

  @FunctionalInterface
  private interface Extensions {
    void add(JcaX509v3CertificateBuilder builder) throws IOException;
  }

  private KeyedCertificate build(Order order, Issuer issuer, Extensions extensions) {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer.name(),
            new BigInteger(127, random).setBit(126),
            Date.from(order.now().minus(CLOCKS_DIFFER)),
            Date.from(order.end()),
            order.subject(),
            order.pair().getPublic());
    try {
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      extensions.add(builder);
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          ids.createSubjectKeyIdentifier(order.pair().getPublic()));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          ids.createAuthorityKeyIdentifier(issuer.pair().getPublic()));
      X509Certificate made =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA")
                          .setSecureRandom(random)
                          .build(issuer.pair().getPrivate())));
      return new KeyedCertificate(List.of(made), order.pair().getPrivate());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new Fault.Bug("A certificate could not be made: " + e.getMessage(), e);
    }
  }

  private KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException never) {
      throw new Fault.Bug("This Java has no P-256.", never);
    }
  }

  /** Two authorities of one machine must not be mistaken for each other in a list. */
  private String mark() {
    return "%06x".formatted(random.nextInt(1 << 24));
  }

  private static X500Name subject(String name) {
    String common = name.length() <= 64 ? name : name.substring(0, 64);
    return new X500NameBuilder().addRDN(BCStyle.O, "Cordboard").addRDN(BCStyle.CN, common).build();
  }

  static GeneralName name(String text) {
    return new GeneralName(
        ServerNames.isAddress(text) ? GeneralName.iPAddress : GeneralName.dNSName, text);
  }

  private static GeneralSubtree[] permitted(ServerNames names) throws IOException {
    Set<GeneralName> permitted = new LinkedHashSet<>();
    permitted.add(new GeneralName(GeneralName.dNSName, "localhost"));
    if (!ServerNames.isAddress(names.host())) {
      permitted.add(new GeneralName(GeneralName.dNSName, names.host()));
    }
    List<String> networks = new ArrayList<>(PRIVATE_NETWORKS);
    for (String name : names.all()) {
      if (ServerNames.isAddress(name)) {
        networks.add(exactly(name));
      }
    }
    networks.forEach(net -> permitted.add(new GeneralName(GeneralName.iPAddress, net)));
    return permitted.stream().map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
  }

  private static String exactly(String address) {
    try {
      return ServerNames.exactly(address);
    } catch (UnknownHostException never) {
      throw new Fault.Bug("An address of this machine is none.", never);
    }
  }
}
