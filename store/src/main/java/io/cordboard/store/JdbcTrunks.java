package io.cordboard.store;

import io.cordboard.core.identity.DialPattern;
import io.cordboard.core.identity.NumberSet;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.RewriteRule;
import io.cordboard.core.identity.Side;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.core.identity.TrunkStore;
import io.cordboard.kernel.Fault;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The rules of trunks, each version a row. Thread-safe. */
public final class JdbcTrunks implements TrunkStore {
  private static final String BOTH = "BOTH";
  private static final String NOW =
      """
      select * from (select distinct on (trunk) * from trunk_version order by trunk, n desc) v
      where region is not null
      """;
  private static final String HISTORY =
      "select * from trunk_version where trunk = ? and n < ? order by n desc limit ?";
  private static final String LAST =
      "select n, region is null from trunk_version where trunk = ? order by n desc limit 1";
  private static final String NONE = "insert into trunk_version (trunk, n, at, by) values (?, ?, ?, ?)";
  private static final String SOME =
      """
      insert into trunk_version (trunk, n, at, by, region, area_code, outside_prefixes, line_from,
        trust_asserted, own_numbers, sides, patterns, replacements)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Transactions transactions;

  public JdbcTrunks(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Map<String, Version> load() {
    return transactions.get("read the rules of the trunks", JdbcTrunks::load);
  }

  /** The rules that hold now, by trunk. */
  public static Map<String, Version> load(Connection connection) throws SQLException {
    Map<String, Version> trunks = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(NOW);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        trunks.put(row.getString("trunk"), version(row));
      }
    }
    return trunks;
  }

  @Override
  public List<Version> history(String trunk, int before, int most) {
    return transactions.get(
        "read the history of a trunk",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(HISTORY)) {
            select.setString(1, trunk);
            select.setInt(2, before);
            select.setInt(3, most);
            List<Version> versions = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                versions.add(version(row));
              }
            }
            return versions;
          }
        });
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        row.getInt("n"),
        new Stamp(row.getLong("at"), row.getString("by")),
        row.getString("region") == null ? null : rules(row));
  }

  private static TrunkRules rules(ResultSet row) throws SQLException {
    return new TrunkRules(
        new Place(
            row.getString("region"), row.getString("area_code"), texts(row, "outside_prefixes")),
        rewrites(row),
        texts(row, "line_from").stream().map(LineSource::valueOf).toList(),
        row.getBoolean("trust_asserted"),
        NumberSet.of(texts(row, "own_numbers")));
  }

  private static List<RewriteRule> rewrites(ResultSet row) throws SQLException {
    List<String> sides = texts(row, "sides");
    List<String> patterns = texts(row, "patterns");
    List<String> replacements = texts(row, "replacements");
    List<RewriteRule> rewrites = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      Set<Side> side =
          sides.get(i).equals(BOTH)
              ? EnumSet.allOf(Side.class)
              : EnumSet.of(Side.valueOf(sides.get(i)));
      rewrites.add(new RewriteRule(side, DialPattern.of(patterns.get(i)), replacements.get(i)));
    }
    return rewrites;
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Stream.of((Object[]) row.getArray(column).getArray()).map(String::valueOf).toList();
  }

  @Override
  public Version save(String trunk, @Nullable TrunkRules rules, Change change) {
    return transactions.get(
        "keep the rules of a trunk", connection -> save(connection, trunk, rules, change));
  }

  /** The same in a transaction of somebody else. */
  public static Version save(
      Connection connection, String trunk, @Nullable TrunkRules rules, Change change)
      throws SQLException {
    // two who change at once stand in a row: the second is told of the first
    lock(connection);
    Last last = last(connection, trunk);
    if (change.basedOn() != null && !last.isWhat(change.basedOn())) {
      throw new Fault.Refused(
          "Somebody changed these rules meanwhile: look at what they are now, then change them again.");
    }
    Version version = new Version(last.n() + 1, change.how(), rules);
    insert(connection, trunk, version);
    return version;
  }

  private static void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("lock table trunk_version in share row exclusive mode")) {
      lock.execute();
    }
  }

  private record Last(int n, boolean none) {
    /** Of a trunk without rules nobody sees a version: to look at it is to see 0. */
    boolean isWhat(int wasSeen) {
      return wasSeen == n || wasSeen == 0 && none;
    }
  }

  private static Last last(Connection connection, String trunk) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAST)) {
      select.setString(1, trunk);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new Last(row.getInt(1), row.getBoolean(2)) : new Last(0, true);
      }
    }
  }

  private static void insert(Connection connection, String trunk, Version version)
      throws SQLException {
    TrunkRules rules = version.rules();
    try (PreparedStatement insert = connection.prepareStatement(rules == null ? NONE : SOME)) {
      insert.setString(1, trunk);
      insert.setInt(2, version.n());
      insert.setLong(3, version.how().at());
      insert.setString(4, version.how().by());
      if (rules != null) {
        bind(connection, insert, rules);
      }
      insert.executeUpdate();
    }
  }

  private static void bind(Connection connection, PreparedStatement insert, TrunkRules rules)
      throws SQLException {
    List<RewriteRule> rewrites = rules.rewrites();
    insert.setString(5, rules.place().region());
    insert.setString(6, rules.place().areaCode());
    insert.setArray(7, array(connection, rules.place().outsidePrefixes()));
    insert.setArray(8, array(connection, rules.lineFrom()));
    insert.setBoolean(9, rules.trustAsserted());
    insert.setArray(10, array(connection, rules.own().entries()));
    insert.setArray(11, array(connection, rewrites.stream().map(JdbcTrunks::side).toList()));
    insert.setArray(12, array(connection, rewrites.stream().map(RewriteRule::pattern).toList()));
    insert.setArray(
        13, array(connection, rewrites.stream().map(RewriteRule::replacement).toList()));
  }

  private static String side(RewriteRule rule) {
    return rule.sides().size() == 1 ? rule.sides().iterator().next().name() : BOTH;
  }

  private static Array array(Connection connection, Collection<?> values) throws SQLException {
    return connection.createArrayOf("text", values.stream().map(String::valueOf).toArray());
  }
}
