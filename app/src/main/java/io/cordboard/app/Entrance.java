package io.cordboard.app;

import io.cordboard.app.tls.Certificates;
import io.cordboard.app.tls.LocalDoor;
import io.cordboard.app.tls.SecureDoor;
import io.cordboard.app.tls.ServerNames;
import io.cordboard.kernel.Clock;
import io.cordboard.web.WebSettings;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Where browsers come in: plain HTTP on loopback, or HTTPS on every address with a door of its own
 * for the commands of this machine.
 *
 * @param properties what Spring Boot is told
 */
record Entrance(
    String url,
    WebSettings.Site site,
    Map<String, Object> properties,
    @Nullable SecureDoor secure,
    @Nullable LocalDoor local) {

  static Entrance of(
      Settings settings, int port, Clock clock, SecureRandom random, Consumer<String> progress) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.port", String.valueOf(port));
    properties.put("spring.main.banner-mode", "off");
    String host = settings.host();
    if (host == null) {
      properties.put("server.address", "127.0.0.1");
      return new Entrance(
          url(null, port), WebSettings.Site.LOCAL, properties, null, null);
    }
    ServerNames names = ServerNames.of(host);
    SecureDoor door =
        new SecureDoor(
            new Certificates(
                settings.data().resolve("tls"), names, settings.certificate(), clock, random,
                progress));
    properties.put("server.ssl.bundle", SecureDoor.BUNDLE);
    Certificates certificates = door.certificates();
    WebSettings.Site site =
        new WebSettings.Site(
            Set.of(names.host()), Set.of(), certificates.isOwn(),
            certificates.authorityPem().orElse(null));
    return new Entrance(url(host, port), site, properties, door, new LocalDoor());
  }

  /** Where people find us. */
  static String url(@Nullable String host, int port) {
    return host == null
        ? "http://127.0.0.1:" + port
        : "https://%s:%d".formatted(ServerNames.of(host).inUrl(), port);
  }

  void register(GenericApplicationContext context) {
    bean(context, SecureDoor.class, secure);
    bean(context, LocalDoor.class, local);
  }

  private static <T> void bean(
      GenericApplicationContext context, Class<T> type, @Nullable T part) {
    if (part != null) {
      Supplier<T> supplier = () -> part;
      context.registerBean(type, supplier);
    }
  }

  /** Where commands of this machine find the server, while it runs. */
  String localUrl() {
    return local == null ? url : local.url();
  }

  /** What an operator must do so that browsers trust us; null when nothing. */
  @Nullable String trustHint() {
    SecureDoor door = secure;
    return door == null
        ? null
        : door.certificates()
            .authorityFingerprint()
            .map(
                print ->
                    "  agents' machines must trust the local CA: %s%n  (also at %s/local-ca.crt; SHA-256 %s)"
                        .formatted(door.certificates().authorityFile(), url, print))
            .orElse(null);
  }
}
