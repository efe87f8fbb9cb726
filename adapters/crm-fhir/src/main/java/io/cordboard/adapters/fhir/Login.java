package io.cordboard.adapters.fhir;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmConfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What lets us in. */
interface Login {
  /** The headers of a request that has this long. */
  Map<String, String> headers(Deadline until);

  /** Gets a new one after these headers were refused; false where there is no other. */
  default boolean renew(Map<String, String> refused, Deadline until) {
    return false;
  }

  /** One that never changes: none, a user with a password, or a token. */
  static Login fixed(FhirConfig.Auth auth, CrmConfig config) {
    Map<String, String> headers =
        switch (auth) {
          case BASIC -> Map.of("Authorization", "Basic " + basic(config));
          case BEARER -> Map.of("Authorization", "Bearer " + config.mustHave("token"));
          case NONE -> Map.of();
          case SMART -> throw new Fault.Bug("This login is not a fixed one.", null);
        };
    return until -> headers;
  }

  private static String basic(CrmConfig config) {
    String pair = config.mustHave("user") + ":" + config.mustHave("password");
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
