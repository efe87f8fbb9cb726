package io.cordboard.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a server is started.
 *
 * @param host name or address under which browsers reach it, for HTTPS; null for plain HTTP on loopback
 * @param databaseUrl a PostgreSQL of the user's own; null for the embedded one
 * @param desk directory of the built desk; null when there is none
 */
record Settings(
    Path data,
    int port,
    @Nullable String host,
    @Nullable String databaseUrl,
    boolean demo,
    boolean background,
    boolean json,
    @Nullable Path desk) {

  static Settings parse(List<String> args) {
    Options options =
        Options.parse(
            args,
            Set.of("--port", "--host", "--db"),
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
        url.orElse(null),
        !options.flag("--no-demo"),
        options.flag("--background"),
        options.flag("--json"),
        desk == null ? null : Path.of(desk));
  }
}
