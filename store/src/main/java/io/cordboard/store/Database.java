package io.cordboard.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.kernel.Fault;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Where the PostgreSQL is.
 *
 * @param url JDBC, such as {@code jdbc:postgresql://127.0.0.1:5432/cordboard}
 * @param user empty when the URL names it
 * @param password empty when the URL has it
 */
public record Database(String url, String user, String password) {
  private static final int CONNECT_SECONDS = 10;
  private static final int OLDEST = 15;
  private static final String FOREIGN =
      """
      select table_name from information_schema.tables
        where table_schema = current_schema()
          and not exists (select 1 from information_schema.tables
            where table_schema = current_schema() and table_name = 'flyway_schema_history')
        order by table_name limit 1
      """;
  // our statements are few and read a handful of rows by index, whatever their parameters: they are
  // planned once a connection, and caches inside a statement only cost
  private static final String SETTINGS =
      "set plan_cache_mode = force_generic_plan; set jit = off; set enable_memoize = off";

  /**
   * A connection of its own.
   *
   * @param properties of the driver, on top of ours
   */
  Connection connect(Map<String, String> properties) throws SQLException {
    Properties all = properties();
    all.putAll(properties);
    return DriverManager.getConnection(url, all);
  }

  /** Connections to share; the caller closes it. Opens none until it is asked for one. */
  public HikariDataSource pool(String name, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url);
    config.setDataSourceProperties(properties());
    config.addDataSourceProperty("prepareThreshold", "1");
    config.setConnectionInitSql(SETTINGS);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(CONNECT_SECONDS * 1000L);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /**
   * Makes another database on this server unless it is there.
   *
   * @param name lower-case letters only
   */
  public void createDatabase(String name) {
    if (!name.matches("[a-z]{1,40}")) {
      throw new Fault.BadRequest("'%s' is no name for a database.".formatted(Fault.excerpt(name)));
    }
    try (Connection connection = connect(Map.of());
        var statement = connection.createStatement();
        var found =
            statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
      if (!found.next()) {
        statement.execute("create database " + name);
      }
    } catch (SQLException e) {
      throw SqlFaults.of(e, "create the database");
    }
  }

  /**
   * Brings the tables to this version.
   *
   * @throws Fault.Refused when it is no database of ours, or of a newer version
   * @throws Fault.Unreachable when it cannot be reached
   */
  public void migrate() {
    try {
      check();
      Flyway flyway =
          Flyway.configure()
              .dataSource(url, emptyToNull(user), emptyToNull(password))
              .locations("classpath:db/migration")
              .load();
      refuseNewer(flyway);
      flyway.migrate();
    } catch (SQLException e) {
      throw SqlFaults.of(e, "migrate the database");
    } catch (FlywayException e) {
      throw new Fault.Refused(
          "The database cannot be brought to this version: "
              + e.getMessage()
              + " Give Cordboard a database of its own that is empty or was made by it.");
    }
  }

  /** What is wrong with somebody's own database is told before anything is changed in it. */
  private void check() throws SQLException {
    // something that listens there and is no PostgreSQL may never answer
    Map<String, String> patience = Map.of("socketTimeout", String.valueOf(CONNECT_SECONDS));
    try (Connection connection = connect(patience);
        var statement = connection.createStatement()) {
      refuseOld(connection.getMetaData().getDatabaseMajorVersion());
      try (var found = statement.executeQuery(FOREIGN)) {
        if (found.next()) {
          throw new Fault.Refused(
              "The database is not Cordboard's: it has tables of somebody else (such as '%s'). Give Cordboard an empty database of its own."
                  .formatted(Fault.excerpt(found.getString(1))));
        }
      }
    }
  }

  static void refuseOld(int version) {
    if (version < OLDEST) {
      throw new Fault.Refused(
          "The database is PostgreSQL %d: Cordboard needs %d or newer.".formatted(version, OLDEST));
    }
  }

  private static void refuseNewer(Flyway flyway) {
    Arrays.stream(flyway.info().all())
        .filter(m -> m.getState().isApplied() && !m.getState().isResolved())
        .map(MigrationInfo::getVersion)
        .filter(v -> v != null)
        .findFirst()
        .ifPresent(
            v -> {
              throw new Fault.Refused(
                  "The database was written by a newer Cordboard (schema "
                      + v
                      + "): run that version or a later one, or restore a backup.");
            });
  }

  private Properties properties() {
    Properties properties = new Properties();
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
    }
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "cordboard");
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  private static @org.jspecify.annotations.Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Without the password, which may stand in the URL too. */
  @Override
  public String toString() {
    return "Database[" + url.replaceAll("\\?.*", "") + "]";
  }
}
