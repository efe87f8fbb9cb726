package io.cordboard.store.demo;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Loads invented customers with their orders, service records and earlier calls, and the lines and
 * queues they call; all are marked as demo. The same seed on the same day gives the same customers.
 */
public final class DemoData {
  private static final int CHUNK = 2_000;
  // from here on building the indexes afterwards is faster
  private static final int BULK = 20_000;

  private final DataSource pool;
  private final Clock clock;

  public DemoData(DataSource pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * What to make.
   *
   * @param customers 1 to 10,000,000
   * @param agents who took the earlier calls and serves the demo's queues; without any there are no
   *     earlier calls
   * @param numbersInUse Chinese mobiles from a range in use instead of one that rings nobody: only for a
   *     benchmark's database, never where somebody may dial
   */
  public record Plan(long seed, int customers, List<AgentId> agents, boolean numbersInUse) {
    public Plan {
      agents = List.copyOf(agents);
      if (customers < 1 || customers > 10_000_000) {
        throw new Fault.BadRequest(
            "%d demo customers: ask for 1 to 10,000,000.".formatted(customers));
      }
    }

    /** The customers that a newcomer finds. */
    public static Plan newcomer(List<AgentId> agents) {
      return new Plan(20_260_105, 1_000, agents, false);
    }
  }

  /**
   * Loads everything or nothing. Does nothing where demo customers are already; a large load belongs on
   * an empty database, because it locks the tables and takes their indexes away meanwhile.
   *
   * @param progress told how many customers are written, now and then
   * @return how many customers were added
   */
  public long load(Plan plan, LongConsumer progress) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        long made = loaded(connection) ? 0 : load(connection, plan, progress);
        connection.commit();
        return made;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new Fault.Unreachable(
          "Could not load the demo data: "
              + e.getMessage()
              + " Nothing was added; start again once the cause is gone.",
          e);
    }
  }

  private static boolean loaded(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select exists (select from customer where demo limit 1)")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private long load(Connection connection, Plan plan, LongConsumer progress) throws SQLException {
    DemoSettings.load(connection, plan.agents());
    BulkLoad bulk = new BulkLoad(connection);
    if (plan.customers() >= BULK) {
      bulk.begin(DemoTables.names());
    }
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    DemoTables tables = new DemoTables();
    DemoWorld world = new DemoWorld(plan, clock.micros(), tables);
    while (world.made() < plan.customers()) {
      long until = Math.min(plan.customers(), world.made() + CHUNK);
      while (world.made() < until) {
        world.next(Math.toIntExact(plan.customers() - world.made()));
      }
      tables.send(copies);
      progress.accept(world.made());
    }
    bulk.end(DemoTables.names());
    return world.made();
  }
}
