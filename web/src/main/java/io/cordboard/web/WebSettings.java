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
 * @param origins further origins of our pages, where a proxy gives us another name
 */
public record WebSettings(
    @Nullable Path desk,
    @Nullable Path sessionFile,
    String localToken,
    Set<String> origins,
    SessionLimits limits) {

  public WebSettings {
    if (localToken.length() < 32) {
      throw new IllegalArgumentException("The local token needs at least 32 characters.");
    }
    origins = Set.copyOf(origins);
  }

  @Override
  public String toString() {
    return "WebSettings[desk=" + desk + "]";
  }
}
