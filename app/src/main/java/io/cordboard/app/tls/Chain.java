package io.cordboard.app.tls;

import io.cordboard.kernel.Fault;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/**
 * What a browser that trusts a local authority checks: the signature, and the authority's limits,
 * which Java's own check refuses to look at.
 */
final class Chain {
  private Chain() {}

  static boolean holds(X509Certificate authority, X509Certificate issued) {
    try {
      issued.verify(authority.getPublicKey());
      return withinLimits(new JcaX509CertificateHolder(authority), names(issued));
    } catch (GeneralSecurityException notByThisOne) {
      return false;
    }
  }

  /** Whether the authority may vouch for all of these. */
  static boolean mayVouch(X509Certificate authority, Iterable<String> names) {
    for (String name : names) {
      if (!withinLimits(holder(authority), new GeneralName[] {LocalAuthority.name(name)})) {
        return false;
      }
    }
    return true;
  }

  private static X509CertificateHolder holder(X509Certificate certificate) {
    try {
      return new JcaX509CertificateHolder(certificate);
    } catch (CertificateEncodingException never) {
      throw new Fault.Bug("A certificate cannot be encoded.", never);
    }
  }

  private static boolean withinLimits(X509CertificateHolder authority, GeneralName[] names) {
    Extension limits = authority.getExtension(Extension.nameConstraints);
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    if (limits != null) {
      validator.intersectPermittedSubtree(
          NameConstraints.getInstance(limits.getParsedValue()).getPermittedSubtrees());
    }
    try {
      for (GeneralName name : names) {
        validator.checkPermitted(name);
      }
      return true;
    } catch (NameConstraintValidatorException beyond) {
      return false;
    }
  }

  private static GeneralName[] names(X509Certificate issued) {
    Extension names = holder(issued).getExtension(Extension.subjectAlternativeName);
    return names == null
        ? new GeneralName[0]
        : GeneralNames.getInstance(names.getParsedValue()).getNames();
  }
}
