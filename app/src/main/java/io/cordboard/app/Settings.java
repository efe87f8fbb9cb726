package io.cordboard.app;

import io.cordboard.app.tls.Certificates;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a server is started.
 *
 * @param host name or address under which browsers reach it, for HTTPS; null for plain HTTP on loopback
 * @param certificate the company's own certificate for HTTPS; null for one in the data directory
 * @param databaseUrl a PostgreSQL of the user's own; null for the embedded one
 * @param desk directory of the built desk; null when there is none
 */
record Settings(
    Path data,
    int port,
    @Nullable String host,
    Certificates.@Nullable Own certificate,
    @Nullable String databaseUrl,
    boolean demo,
    boolean background,
    boolean json,
    @Nullable Path desk) {

  static Settings parse(List<String> args) {
    Options options =
        Options.parse(
            args,
            Set.of("--port", "--host", "--certificate", "--key", "--db"),
            Set.of("--no-demo", "--background", "--detach"));
    if (!options.words().isEmpty()) {
      throw new Options.Wrong("unexpected '" + options.words().getFirst() + "'");
    }
    int port = options.number("--port", 8080);
    if (port < 0 || port > 65_535) {
      throw new Options.Wrong("--port wants a number from 1 to 65535, or 0 for a free one.");
    }
    Optional<String> url = options.value("--db");
    if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
      throw new Options.Wrong(
          "--db wants a JDBC URL such as jdbc:postgresql://host:5432/name?user=cordboard&password=...");
    }
    String desk = System.getProperty("cordboard.desk");
    return new Settings(
        options.data(),
        port,
        options.value("--host").orElse(null),
        certificate(options),
        url.orElse(null),
        !options.flag("--no-demo"),
        options.flag("--background"),
        options.flag("--json"),
        desk == null ? null : Path.of(desk));
  }

  private static Certificates.@Nullable Own certificate(Options options) {
    Optional<String> certificate = options.value("--certificate");
    Optional<String> key = options.value("--key");
    if (certificate.isEmpty() && key.isEmpty()) {
      return null;
    }
    if (certificate.isEmpty() || key.isEmpty() || options.value("--host").isEmpty()) {
      throw new Options.Wrong("--host NAME, --certificate FILE and --key FILE go together.");
    }
    return new Certificates.Own(
        Path.of(certificate.get()).toAbsolutePath(), Path.of(key.get()).toAbsolutePath());
  }
}
