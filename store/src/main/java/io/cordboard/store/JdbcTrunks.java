package io.cordboard.store;

import io.cordboard.core.identity.DialPattern;
import io.cordboard.core.identity.NumberSet;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.RewriteRule;
import io.cordboard.core.identity.Side;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.core.identity.TrunkStore;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The rules of trunks in their tables. Thread-safe. */
public final class JdbcTrunks implements TrunkStore {
  private static final String UPSERT =
      """
      insert into trunk (name, region, area_code, outside_prefixes, line_from, trust_asserted,
        own_numbers) values (?, ?, ?, ?, ?, ?, ?)
      on conflict (name) do update set region = excluded.region, area_code = excluded.area_code,
        outside_prefixes = excluded.outside_prefixes, line_from = excluded.line_from,
        trust_asserted = excluded.trust_asserted, own_numbers = excluded.own_numbers
      """;
  private static final String INSERT_REWRITE =
      "insert into trunk_rewrite (trunk, position, sides, pattern, replacement)"
          + " values (?, ?, ?, ?, ?)";

  private final Transactions transactions;

  public JdbcTrunks(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Map<String, TrunkRules> load() {
    return transactions.get("read the rules of the trunks", JdbcTrunks::read);
  }

  private static Map<String, TrunkRules> read(Connection connection) throws SQLException {
    Map<String, List<RewriteRule>> rewrites = rewrites(connection);
    Map<String, TrunkRules> trunks = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select * from trunk")) {
      while (row.next()) {
        String name = row.getString("name");
        trunks.put(name, rules(row, rewrites.getOrDefault(name, List.of())));
      }
    }
    return trunks;
  }

  private static TrunkRules rules(ResultSet row, List<RewriteRule> rewrites) throws SQLException {
    return new TrunkRules(
        new Place(
            row.getString("region"), row.getString("area_code"), texts(row, "outside_prefixes")),
        rewrites,
        texts(row, "line_from").stream().map(LineSource::valueOf).toList(),
        row.getBoolean("trust_asserted"),
        NumberSet.of(texts(row, "own_numbers")));
  }

  private static Map<String, List<RewriteRule>> rewrites(Connection connection)
      throws SQLException {
    Map<String, List<RewriteRule>> rewrites = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select * from trunk_rewrite order by trunk, position")) {
      while (row.next()) {
        rewrites
            .computeIfAbsent(row.getString("trunk"), trunk -> new ArrayList<>())
            .add(
                new RewriteRule(
                    texts(row, "sides").stream().map(Side::valueOf).collect(Collectors.toSet()),
                    DialPattern.of(row.getString("pattern")),
                    row.getString("replacement")));
      }
    }
    return rewrites;
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Stream.of((Object[]) row.getArray(column).getArray()).map(String::valueOf).toList();
  }

  @Override
  public void save(String trunk, TrunkRules rules) {
    transactions.change(
        "keep the rules of a trunk",
        connection -> {
          upsert(connection, trunk, rules);
          try (PreparedStatement delete =
              connection.prepareStatement("delete from trunk_rewrite where trunk = ?")) {
            delete.setString(1, trunk);
            delete.executeUpdate();
          }
          insert(connection, trunk, rules.rewrites());
        });
  }

  private static void upsert(Connection connection, String trunk, TrunkRules rules)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setString(1, trunk);
      upsert.setString(2, rules.place().region());
      upsert.setString(3, rules.place().areaCode());
      upsert.setArray(4, array(connection, rules.place().outsidePrefixes()));
      upsert.setArray(5, array(connection, rules.lineFrom()));
      upsert.setBoolean(6, rules.trustAsserted());
      upsert.setArray(7, array(connection, rules.own().entries()));
      upsert.executeUpdate();
    }
  }

  private static void insert(Connection connection, String trunk, List<RewriteRule> rewrites)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_REWRITE)) {
      for (int i = 0; i < rewrites.size(); i++) {
        RewriteRule rule = rewrites.get(i);
        insert.setString(1, trunk);
        insert.setInt(2, i);
        insert.setArray(3, array(connection, rule.sides()));
        insert.setString(4, rule.pattern().toString());
        insert.setString(5, rule.replacement());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Array array(Connection connection, Collection<?> values) throws SQLException {
    return connection.createArrayOf("text", values.stream().map(String::valueOf).toArray());
  }

  @Override
  public boolean delete(String trunk) {
    return transactions.get(
        "delete the rules of a trunk",
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from trunk where name = ?")) {
            delete.setString(1, trunk);
            return delete.executeUpdate() > 0;
          }
        });
  }
}
