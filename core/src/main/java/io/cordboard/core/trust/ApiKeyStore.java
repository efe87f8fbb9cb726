package io.cordboard.core.trust;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps API keys by their hash. Thread-safe. */
public interface ApiKeyStore {
  void insert(ApiKey key, byte[] secretHash);

  /** A key, revoked or not, with its secret's hash. */
  Optional<Stored> byId(UUID id);

  /** All keys, the newest first. */
  List<ApiKey> list();

  /** Marks it as revoked; false when there is no such key or it was revoked before. */
  boolean revoke(UUID id, long at);

  /** Notes that it was used. */
  void used(UUID id, long at);

  /** A key and what its secret hashes to. */
  record Stored(ApiKey key, byte[] secretHash) {}
}
