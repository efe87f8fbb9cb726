package io.cordboard.web;

import io.cordboard.web.session.SessionLimits;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the web part is set up. Port, address and certificate are Spring Boot's own {@code
 * server.port}, {@code server.address} and {@code server.ssl.*}.
 *
 * @param desk directory of the built desk, null for none
 * @param sessionFile where sessions outlive a restart, null to keep them in memory only
 * @param localToken by which the command line of this machine is let in; at least 32 characters
 * @param site under which names browsers find it
 */
public record WebSettings(
    @Nullable Path desk,
    @Nullable Path sessionFile,
    String localToken,
    Site site,
    SessionLimits limits) {

  public WebSettings {
    if (localToken.length() < 32) {
      throw new IllegalArgumentException("The local token needs at least 32 characters.");
    }
  }

  @Override
  public String toString() {
    return "WebSettings[desk=" + desk + "]";
  }

  /**
   * How browsers find this server.
   *
   * @param hosts names in a request's Host that are ours, besides localhost and every address
   * @param origins further origins of our pages, where a proxy in front of us has another name
   * @param strictTransport whether browsers shall never again use plain HTTP with these names
   * @param authority certificate of the local authority as PEM, null when there is none
   */
  public record Site(
      Set<String> hosts, Set<String> origins, boolean strictTransport, @Nullable String authority) {
    /** Plain HTTP on this machine. */
    public static final Site LOCAL = new Site(Set.of(), Set.of(), false, null);

    public Site {
      hosts = Set.copyOf(hosts);
      origins = Set.copyOf(origins);
    }
  }
}
