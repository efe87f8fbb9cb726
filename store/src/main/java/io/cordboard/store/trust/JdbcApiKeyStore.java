package io.cordboard.store.trust;

import io.cordboard.core.trust.ApiKey;
import io.cordboard.core.trust.ApiKeyStore;
import io.cordboard.core.trust.Role;
import io.cordboard.store.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Keys as rows of {@code api_key}. */
public final class JdbcApiKeyStore implements ApiKeyStore {
  private static final String SELECT =
      "select id, name, role, created_at, last_used_at, revoked_at, secret_hash from api_key ";
  private static final String INSERT =
      "insert into api_key (id, name, role, created_at, secret_hash) values (?, ?, ?, ?, ?)";

  private final Transactions transactions;

  public JdbcApiKeyStore(DataSource source) {
    this.transactions = new Transactions(source);
  }

  @Override
  public void insert(ApiKey key, byte[] secretHash) {
    transactions.change(
        "keep the API key",
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, key.id());
            insert.setString(2, key.name());
            insert.setString(3, key.role().name());
            insert.setLong(4, key.createdAt());
            insert.setBytes(5, secretHash);
            insert.executeUpdate();
          }
        });
  }

  @Override
  public Optional<Stored> byId(UUID id) {
    return transactions.get(
        "read the API key",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(SELECT + "where id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(new Stored(key(row), row.getBytes(7)))
                  : Optional.empty();
            }
          }
        });
  }

  @Override
  public List<ApiKey> list() {
    return transactions.get(
        "read the API keys",
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement(SELECT + "order by created_at desc, id");
              ResultSet rows = select.executeQuery()) {
            List<ApiKey> keys = new ArrayList<>();
            while (rows.next()) {
              keys.add(key(rows));
            }
            return keys;
          }
        });
  }

  @Override
  public boolean revoke(UUID id, long at) {
    return update("update api_key set revoked_at = ? where id = ? and revoked_at = 0", id, at);
  }

  @Override
  public void used(UUID id, long at) {
    update("update api_key set last_used_at = greatest(last_used_at, ?) where id = ?", id, at);
  }

  private boolean update(String sql, UUID id, long at) {
    return transactions.get(
        "change the API key",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, at);
            update.setObject(2, id);
            return update.executeUpdate() == 1;
          }
        });
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getObject(1, UUID.class),
        row.getString(2),
        Role.valueOf(row.getString(3)),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6));
  }
}
