package io.cordboard.adapterkit.http;

import io.cordboard.kernel.Fault;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Where requests may go: to named hosts only, and to addresses inside of the company's own network only where the
 * operator said so. The name is resolved and looked at before each request, and again where it is connected to: to the
 * very addresses that were looked at, whatever the name server answers meanwhile.
 *
 * @param hosts names in small letters; one that begins with {@code *.} means every host below it
 * @param internal whether private, local and link-local addresses are allowed too
 */
public record Allowed(Set<String> hosts, boolean internal) {
  public Allowed {
    hosts = Set.copyOf(hosts);
  }

  /**
   * Goes on only where a request may go there.
   *
   * @throws Fault.Refused naming the host and the mend
   * @throws Fault.Unreachable when its name cannot be resolved
   */
  public void mustReach(URI uri) {
    String scheme = uri.getScheme();
    String host = uri.getHost();
    if (host == null || !("https".equals(scheme) || "http".equals(scheme)) || uri.getUserInfo() != null) {
      throw new Fault.Refused(
          "'%s' is no address of a web service: it begins with https:// and has no user in it."
              .formatted(Fault.excerpt(uri.toString())));
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (hosts.stream().noneMatch(allowed -> fits(allowed, name))) {
      throw new Fault.Refused(
          "Requests to '%s' are not allowed: add the host to those that may be asked.".formatted(Fault.excerpt(name)));
    }
    if (internal) {
      return;
    }
    try {
      resolve(host);
    } catch (UnknownHostException unknown) {
      throw new Fault.Unreachable(
          "The name '%s' cannot be resolved: look at its spelling and at the name server."
              .formatted(Fault.excerpt(name)),
          unknown);
    }
  }

  /**
   * The addresses of a name, for those who connect to them.
   *
   * @throws Fault.Refused where one of them is inside of the own network and that is not allowed
   */
  InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    if (!internal && Arrays.stream(addresses).anyMatch(Allowed::isInternal)) {
      throw new Fault.Refused(
          "'%s' is an address inside of the own network: an administrator has to allow that."
              .formatted(Fault.excerpt(host)));
    }
    return addresses;
  }

  private static boolean fits(String allowed, String host) {
    return allowed.startsWith("*.") ? host.endsWith(allowed.substring(1)) : allowed.equals(host);
  }

  /** Whether only our own network knows this address. */
  static boolean isInternal(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean shared = bytes.length == 4 && (first == 0 || first >= 240 || (first == 100 && second >= 64 && second < 128)
        || (first == 192 && second == 0) || (first == 198 && (second == 18 || second == 19)));
    boolean local = bytes.length == 16 && ((first & 0xfe) == 0xfc || isTranslated(bytes));
    return shared || local || address.isLoopbackAddress() || address.isAnyLocalAddress()
        || address.isLinkLocalAddress() || address.isSiteLocalAddress() || address.isMulticastAddress();
  }

  // ::a.b.c.d, 64:ff9b::/96, 2001::/32 and 2002::/16 lead to addresses of the fourth version
  private static boolean isTranslated(byte[] bytes) {
    int head = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    boolean teredo = head == 0x2001 && bytes[2] == 0 && bytes[3] == 0;
    return head == 0x0064 || head == 0x2002 || head == 0 || teredo;
  }
}
