package io.cordboard.app.tls;

import io.cordboard.kernel.Fault;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names and addresses by which browsers reach this machine. */
public record ServerNames(String host, Set<String> addresses) {
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final int DNS = 2;
  private static final int IP = 7;

  public ServerNames {
    addresses = Set.copyOf(addresses);
  }

  /** The name that was given, with the addresses that this machine has now. */
  public static ServerNames of(String given) {
    String host = clean(given);
    Set<String> addresses = new TreeSet<>();
    try {
      for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
        if (one.isUp()) {
          one.getInterfaceAddresses().stream()
              .map(InterfaceAddress::getAddress)
              .filter(address -> !address.isLinkLocalAddress())
              .forEach(address -> addresses.add(text(address)));
        }
      }
    } catch (SocketException e) {
      throw new Fault.Refused("This machine's addresses cannot be read: " + e.getMessage());
    }
    addresses.add("127.0.0.1");
    return new ServerNames(host, addresses);
  }

  private static String clean(String given) {
    String bare = given.startsWith("[") && given.endsWith("]")
        ? given.substring(1, given.length() - 1)
        : given;
    if (isAddress(bare)) {
      try {
        return text(InetAddress.getByName(bare));
      } catch (UnknownHostException wrong) {
        throw wrongName(given);
      }
    }
    String name = bare.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw wrongName(given);
    }
    return name;
  }

  private static Fault wrongName(String given) {
    return new Fault.BadRequest(
        "--host wants a name or an address of this machine, such as desk.example or 192.0.2.7, not '%s'."
            .formatted(Fault.excerpt(given)));
  }

  static boolean isAddress(String text) {
    return text.indexOf(':') >= 0 || IPV4.matcher(text).matches();
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  /** As it stands in an address of a page. */
  public String inUrl() {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** Everything a certificate of ours vouches for, the name first. */
  List<String> all() {
    Set<String> all = new LinkedHashSet<>(List.of(host, "localhost"));
    all.addAll(new TreeSet<>(addresses));
    return List.copyOf(all);
  }

  /** Whether a browser that asks for the name takes this certificate. */
  static boolean covers(X509Certificate certificate, String name) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null && names.stream().anyMatch(entry -> covers(entry, name));
    } catch (CertificateParsingException unreadable) {
      return false;
    }
  }

  private static boolean covers(List<?> entry, String name) {
    String value = String.valueOf(entry.get(1)).toLowerCase(Locale.ROOT);
    if (isAddress(name)) {
      return entry.get(0).equals(IP) && sameAddress(value, name);
    }
    int dot = name.indexOf('.');
    return entry.get(0).equals(DNS)
        && (value.equals(name)
            || value.startsWith("*.") && dot > 0 && value.substring(1).equals(name.substring(dot)));
  }

  private static boolean sameAddress(String a, String b) {
    try {
      return InetAddress.getByName(a).equals(InetAddress.getByName(b));
    } catch (UnknownHostException noAddress) {
      return false;
    }
  }

  /** How an address is masked in a rule that permits only it: all of its bits. */
  static String exactly(String address) throws UnknownHostException {
    boolean six = InetAddress.getByName(address) instanceof Inet6Address;
    return address + (six ? "/128" : "/32");
  }
}
