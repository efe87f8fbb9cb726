package io.cordboard.adapters.fhir;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/** Who is let in to the server: HAPI leaves that to others. Gives tokens for signed statements, as SMART says. */
final class Gate extends HttpFilter {
  private static final long serialVersionUID = 1L;
  static final String CLIENT = "cordboard";

  private final transient Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final transient KeyPair keys = keys();
  private final transient AtomicInteger given = new AtomicInteger();
  private final String hands = UUID.randomUUID().toString();

  private static KeyPair keys() {
    try {
      KeyPairGenerator maker = KeyPairGenerator.getInstance("RSA");
      maker.initialize(2048);
      return maker.generateKeyPair();
    } catch (GeneralSecurityException never) {
      throw new IllegalStateException(never);
    }
  }

  /** The private key, as somebody would paste it. */
  String key() {
    String words = Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + words + "\n-----END PRIVATE KEY-----\n";
  }

  /** The token of the people who work there. */
  String hands() {
    return hands;
  }

  int given() {
    return given.get();
  }

  void expire() {
    tokens.clear();
  }

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String sent = String.valueOf(request.getHeader("Authorization")).replace("Bearer ", "");
    if (sent.equals(hands) || tokens.contains(sent)) {
      chain.doFilter(request, response);
    } else {
      response.setStatus(401);
    }
  }

  HttpServlet tokens() {
    return new HttpServlet() {
      private static final long serialVersionUID = 1L;

      @Override
      protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean known = isKnown(String.valueOf(request.getParameter("client_assertion")));
        response.setStatus(known ? 200 : 401);
        response.setContentType("application/json");
        String token = "t-" + UUID.randomUUID();
        if (known) {
          tokens.add(token);
          given.incrementAndGet();
        }
        response
            .getWriter()
            .write(
                known
                    ? "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"expires_in\":300}".formatted(token)
                    : "{\"error\":\"invalid_client\"}");
      }
    };
  }

  private boolean isKnown(String assertion) {
    String[] parts = assertion.split("\\.");
    try {
      Signature check = Signature.getInstance("SHA384withRSA");
      check.initVerify(keys.getPublic());
      check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      ObjectNode claims = FhirJson.read(Base64.getUrlDecoder().decode(parts[1]));
      long left = claims == null ? 0 : claims.path("exp").asLong(0) - System.currentTimeMillis() / 1000;
      return check.verify(Base64.getUrlDecoder().decode(parts[2]))
          && claims != null
          && CLIENT.equals(claims.path("iss").asString(""))
          && CLIENT.equals(claims.path("sub").asString(""))
          && claims.path("aud").asString("").endsWith("/token")
          && left > -1200
          && left <= 1500;
    } catch (GeneralSecurityException | RuntimeException none) {
      return false;
    }
  }
}
