package io.cordboard.store;

import io.cordboard.kernel.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs statements in a transaction of their own, and turns what fails into a {@link Fault}. */
public final class Transactions {
  private final DataSource source;

  public Transactions(DataSource source) {
    this.source = source;
  }

  /** Statements that give a value. */
  public interface Body<T extends @Nullable Object> {
    T run(Connection connection) throws SQLException;
  }

  /** Statements that only change something. */
  public interface Change {
    void run(Connection connection) throws SQLException;
  }

  /**
   * A change.
   *
   * @param doing to finish the sentence "Could not ..."
   * @throws Fault.OutcomeUnknown when the connection was lost while it was committed
   */
  public void change(String doing, Change change) {
    get(
        doing,
        connection -> {
          change.run(connection);
          return "";
        });
  }

  /**
   * A value; whatever was changed with it is committed.
   *
   * @param doing to finish the sentence "Could not ..."
   * @throws Fault.OutcomeUnknown when the connection was lost while it was committed
   */
  public <T extends @Nullable Object> T get(String doing, Body<T> body) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      T value = body.run(connection);
      commit(connection, doing);
      return value;
    } catch (SQLException failed) {
      // the pool rolls back what was not committed when the connection comes home
      throw SqlFaults.of(failed, doing);
    }
  }

  private static void commit(Connection connection, String doing) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException failed) {
      if (SqlFaults.connectionLost(failed)) {
        throw new Fault.OutcomeUnknown(
            "The connection was lost while trying to %s.".formatted(doing), failed);
      }
      throw failed;
    }
  }
}
