package io.cordboard.app;

import io.cordboard.app.tls.Certificates;
import io.cordboard.core.identity.OutsideRules;
import io.cordboard.core.journey.DoNotCall;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a server is started.
 *
 * @param host name or address under which browsers reach it, for HTTPS; null for plain HTTP on loopback
 * @param certificate the company's own certificate for HTTPS; null for one in the data directory
 * @param databaseUrl a PostgreSQL of the user's own; null for the embedded one
 * @param desk directory of the built desk; null when there is none
 * @param dial what agents may dial beside the home country's ordinary numbers
 * @param doNotCall what holds for customers who do not want to be called
 * @param webhookHosts hosts inside of the own network that webhooks may go to
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
    @Nullable Path desk,
    OutsideRules dial,
    DoNotCall.Rule doNotCall,
    Set<String> webhookHosts) {

  static Settings parse(List<String> args) {
    Options options =
        Options.parse(
            args,
            Set.of(
                "--port", "--host", "--certificate", "--key", "--db", "--dial", "--do-not-call",
                "--webhook-hosts"),
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
        desk == null ? null : Path.of(desk),
        dial(options.value("--dial").orElse("services")),
        doNotCall(options.value("--do-not-call").orElse("ask")),
        hosts(options.value("--webhook-hosts").orElse("")));
  }

  private static Set<String> hosts(String words) {
    Set<String> hosts = new TreeSet<>();
    for (String word : words.toLowerCase(Locale.ROOT).split(",")) {
      if (!word.isBlank() && !word.matches("[a-z0-9.:\\[\\]-]+")) {
        throw new Options.Wrong("--webhook-hosts wants names such as crm.local,10.0.0.5, not '%s'.".formatted(word));
      }
      hosts.add(word.strip());
    }
    hosts.remove("");
    return Collections.unmodifiableSet(hosts);
  }

  private static DoNotCall.Rule doNotCall(String word) {
    return switch (word) {
      case "ask" -> DoNotCall.Rule.ASK;
      case "refuse" -> DoNotCall.Rule.REFUSE;
      default ->
          throw new Options.Wrong("--do-not-call wants ask or refuse, not '%s'.".formatted(word));
    };
  }

  private static OutsideRules dial(String words) {
    List<String> said = List.of(words.split(","));
    for (String word : said) {
      if (!List.of("abroad", "premium", "services", "home").contains(word)) {
        throw new Options.Wrong(
            "--dial wants a list of abroad, premium, services (or home alone), not '%s'."
                .formatted(word));
      }
    }
    return new OutsideRules(
        said.contains("abroad"), said.contains("premium"), said.contains("services"));
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
