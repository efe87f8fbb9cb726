package io.cordboard.web.fake;

import io.cordboard.core.trust.ApiKey;
import io.cordboard.core.trust.ApiKeyStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** API keys in memory. */
public final class FakeKeys implements ApiKeyStore {
  private final Map<UUID, Stored> byId = new ConcurrentHashMap<>();

  @Override
  public void insert(ApiKey key, byte[] secretHash) {
    byId.put(key.id(), new Stored(key, secretHash));
  }

  @Override
  public Optional<Stored> byId(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public List<ApiKey> list() {
    return byId.values().stream()
        .map(Stored::key)
        .sorted(Comparator.comparingLong(ApiKey::createdAt).thenComparing(ApiKey::id).reversed())
        .toList();
  }

  @Override
  public boolean revoke(UUID id, long at) {
    Stored stored = byId.get(id);
    if (stored == null || stored.key().revokedAt() != 0) {
      return false;
    }
    ApiKey k = stored.key();
    ApiKey revoked = new ApiKey(k.id(), k.name(), k.role(), k.createdAt(), k.lastUsedAt(), at);
    byId.put(id, new Stored(revoked, stored.secretHash()));
    return true;
  }

  @Override
  public void used(UUID id, long at) {}
}
