package io.cordboard.adapters.fhir;

import io.cordboard.adapterkit.http.Answer;
import io.cordboard.adapterkit.http.HttpCaller;
import io.cordboard.adapterkit.http.Request;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmConfig;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** SMART backend services: a token for a signed statement of who we are. Thread-safe. */
final class SmartLogin implements Login {
  private static final Duration ASSERTED = Duration.ofMinutes(4);
  private static final Duration EARLY = Duration.ofSeconds(20);
  private static final long SHORTEST_SECONDS = 30;
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final HttpCaller caller;
  private final URI tokenUrl;
  private final String scope;
  private final String client;
  private final String keyId;
  private final PrivateKey key;
  private final Clock clock;
  private @Nullable Token token;

  private record Token(Map<String, String> headers, long untilNanos) {}

  SmartLogin(HttpCaller caller, URI tokenUrl, String scope, CrmConfig config) {
    this.caller = caller;
    this.tokenUrl = tokenUrl;
    this.scope = scope;
    this.client = config.mustHave("client");
    this.keyId = config.setting("keyId").orElse("");
    this.key = key(config.mustHave("key"));
    this.clock = config.clock();
  }

  @Override
  public synchronized Map<String, String> headers(Deadline until) {
    Token there = token;
    if (there == null || there.untilNanos() - clock.nanos() < 0) {
      there = fetched(until);
      token = there;
    }
    return there.headers();
  }

  @Override
  public synchronized boolean renew(Map<String, String> refused, Deadline until) {
    if (token != null && token.headers().equals(refused)) {
      token = null;
    }
    headers(until);
    return true;
  }

  private Token fetched(Deadline until) {
    String form =
        "grant_type=client_credentials&scope=%s&client_assertion_type=%s&client_assertion=%s"
            .formatted(encoded(scope), encoded(ASSERTION), assertion());
    Map<String, String> headers =
        Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json");
    byte[] body = form.getBytes(StandardCharsets.UTF_8);
    Answer answer = caller.send(new Request("POST", tokenUrl, headers, body, until.left(), true));
    return switch (answer.status()) {
      case 200 -> token(answer);
      case 400, 401, 403 ->
          throw new Fault.AuthLapsed(
              "The server gives us no token (%s): look at the client, its key and its scopes there."
                  .formatted(reason(answer)));
      case 429, 503 -> throw new Fault.Busy("The sign-in is overloaded.", answer.retryAfter(FhirHttp.PAUSE));
      default ->
          throw new Fault.Unreachable("The sign-in answered with status %d.".formatted(answer.status()), null);
    };
  }

  private Token token(Answer answer) {
    ObjectNode json = FhirJson.read(answer.body());
    String given = json == null ? "" : json.path("access_token").asString("");
    if (json == null || given.isEmpty()) {
      throw new Fault.Unreachable("The sign-in answered without a token: look whether its address is right.", null);
    }
    long seconds = Math.max(SHORTEST_SECONDS, json.path("expires_in").asLong(300));
    long until = clock.nanos() + Duration.ofSeconds(seconds).minus(EARLY).toNanos();
    return new Token(Map.of("Authorization", "Bearer " + given), until);
  }

  private static String reason(Answer answer) {
    ObjectNode json = FhirJson.read(answer.body());
    return json == null ? "status " + answer.status() : Fault.excerpt(json.path("error").asString("no reason told"));
  }

  private String assertion() {
    boolean curve = key instanceof ECPrivateKey;
    ObjectNode head = FhirJson.object().put("alg", curve ? "ES384" : "RS384").put("typ", "JWT");
    if (!keyId.isEmpty()) {
      head.put("kid", keyId);
    }
    ObjectNode claims =
        FhirJson.object()
            .put("iss", client)
            .put("sub", client)
            .put("aud", tokenUrl.toString())
            .put("jti", UUID.randomUUID().toString())
            .put("exp", clock.micros() / 1_000_000 + ASSERTED.toSeconds());
    String signed = base64(FhirJson.bytes(head)) + "." + base64(FhirJson.bytes(claims));
    try {
      Signature signature = Signature.getInstance(curve ? "SHA384withECDSAinP1363Format" : "SHA384withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException unfit) {
      throw new Fault.BadRequest("The setting 'key' cannot sign: give an RSA key, or one of the curve P-384.");
    }
  }

  private static PrivateKey key(String pem) {
    String words = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(words));
      try {
        return KeyFactory.getInstance("RSA").generatePrivate(spec);
      } catch (InvalidKeySpecException noRsa) {
        return KeyFactory.getInstance("EC").generatePrivate(spec);
      }
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      throw new Fault.BadRequest("The setting 'key' is no private key in PEM (PKCS #8, RSA or EC).");
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "SmartLogin[" + client + "]";
  }
}
