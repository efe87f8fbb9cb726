package io.cordboard.web.guard;

import io.cordboard.web.WebSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * A page of somebody else can have its own name point to this machine and then talk to it as to
 * itself (DNS rebinding). It cannot help sending that name: so only our names are answered. An
 * address is nobody's name.
 */
public final class HostRule {
  private static final Pattern ADDRESS =
      Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]|\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
  private final Set<String> names;

  /** Makes it from the names by which browsers find this server. */
  public HostRule(WebSettings.Site site) {
    Set<String> all = new HashSet<>(Set.of("localhost"));
    site.hosts().forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
    site.origins().forEach(origin -> all.add(host(URI.create(origin).getAuthority())));
    this.names = Set.copyOf(all);
  }

  /** Whether the request asks for us; one of HTTP/1.0 need not say. */
  boolean isOurs(HttpServletRequest request) {
    String sent = request.getHeader(HttpHeaders.HOST);
    if (sent == null) {
      return true;
    }
    String host = host(sent);
    return names.contains(host) || ADDRESS.matcher(host).matches();
  }

  private static String host(String authority) {
    String host = PORT.matcher(authority).replaceFirst("").toLowerCase(Locale.ROOT);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
