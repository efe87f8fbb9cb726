package io.cordboard.core.trust;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes and checks the keys of programs. A key reads {@code cb_<id>_<secret>}; only the SHA-256 of
 * the secret is kept (256 random bits need no slow hash). Thread-safe.
 */
public final class ApiKeys {
  private static final String PREFIX = "cb_";
  private static final int ID_HEX = 32;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_TEXT = 43;
  private static final int LENGTH = PREFIX.length() + ID_HEX + 1 + SECRET_TEXT;
  private static final long HOUR_MICROS = 3_600_000_000L;

  private final ApiKeyStore store;
  private final Clock clock;
  private final Ids ids;
  private final RandomGenerator random;

  /**
   * Makes them over a store.
   *
   * @param random must be cryptographically strong
   */
  public ApiKeys(ApiKeyStore store, Clock clock, Ids ids, RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
  }

  /**
   * A new key.
   *
   * @param name for people to read, 1 to 60 characters
   * @return the key with its secret, which cannot be shown again
   */
  public Created create(String name, Role role) {
    String shown = new DisplayName(name).value();
    ApiKey key = new ApiKey(ids.next(), shown, role, clock.micros(), 0, 0);
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    store.insert(key, sha256(text));
    return new Created(key, PREFIX + HexFormat.of().formatHex(bytes(key.id())) + "_" + text);
  }

  /** The key that somebody presents, if it is whole, known and not revoked. */
  public Optional<ApiKey> find(String presented) {
    return id(presented)
        .flatMap(store::byId)
        .filter(s -> MessageDigest.isEqual(s.secretHash(), sha256(secretOf(presented))))
        .map(ApiKeyStore.Stored::key)
        .filter(k -> k.revokedAt() == 0)
        .map(this::noteUse);
  }

  /** All keys, the newest first, revoked ones too. */
  public List<ApiKey> list() {
    return store.list();
  }

  /**
   * Makes it worthless from now on.
   *
   * @throws Fault.NotFound when there is no such key, or it was revoked before
   */
  public void revoke(UUID id) {
    if (!store.revoke(id, clock.micros())) {
      throw new Fault.NotFound("There is no API key " + id + " that could be revoked.");
    }
  }

  private ApiKey noteUse(ApiKey key) {
    // true to the hour is enough, and saves a write for each request
    if (clock.micros() - key.lastUsedAt() >= HOUR_MICROS) {
      store.used(key.id(), clock.micros());
    }
    return key;
  }

  private static Optional<UUID> id(String presented) {
    if (presented.length() != LENGTH
        || !presented.startsWith(PREFIX)
        || presented.charAt(PREFIX.length() + ID_HEX) != '_') {
      return Optional.empty();
    }
    try {
      String hex = presented.substring(PREFIX.length(), PREFIX.length() + ID_HEX);
      long high = HexFormat.fromHexDigitsToLong(hex.substring(0, 16));
      return Optional.of(new UUID(high, HexFormat.fromHexDigitsToLong(hex.substring(16))));
    } catch (IllegalArgumentException notHex) {
      return Optional.empty();
    }
  }

  private static String secretOf(String presented) {
    return presented.substring(LENGTH - SECRET_TEXT);
  }

  private static byte[] bytes(UUID id) {
    return java.nio.ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static byte[] sha256(String secret) {
    return Sha256.digest().digest(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** A new key with its secret. */
  public record Created(ApiKey key, String secret) {
    @Override
    public String toString() {
      return "Created[" + key + "]";
    }
  }
}
