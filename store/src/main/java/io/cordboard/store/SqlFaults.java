package io.cordboard.store;

import io.cordboard.kernel.Fault;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a failure of the database means to us. */
public final class SqlFaults {
  private SqlFaults() {}

  /**
   * The fault for a failure outside a flush, where nothing is in doubt that may not be repeated.
   *
   * @param doing what was tried, to finish the sentence "Could not ..."
   */
  public static Fault of(SQLException e, String doing) {
    String state = state(e);
    String text = "Could not " + doing + ": " + reason(e);
    if (state.startsWith("28")) {
      return new Fault.AuthLapsed(text + " Check the database's user and password.");
    }
    return temporary(state) ? new Fault.Unreachable(text, e) : new Fault.Bug(text, e);
  }

  /** Whether the connection is gone, or cannot be trusted any more. */
  public static boolean connectionLost(SQLException e) {
    String state = state(e);
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
  }

  /** The SQLSTATE, empty when there is none. */
  public static String state(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state == null ? "" : state;
  }

  // the database is away, full, overloaded, or asked to wait: the same may work later
  private static boolean temporary(String state) {
    return state.isEmpty()
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57")
        || state.startsWith("58")
        || state.startsWith("40")
        || state.startsWith("3D")
        || state.startsWith("55");
  }

  static String reason(SQLException e) {
    String mend =
        switch (state(e)) {
          case "53100" -> " The database's disk is full: free some space.";
          case "53300" -> " The database has no connection left: raise max_connections.";
          case "3D000" -> " Create the database, or correct its name in the URL.";
          default -> state(e).startsWith("08") ? " Is PostgreSQL running and reachable?" : "";
        };
    return firstLine(e) + mend;
  }

  // the following lines may carry the row's data
  private static String firstLine(SQLException e) {
    @Nullable String message = e.getMessage();
    String line = message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    return Fault.excerpt(line) + (line.endsWith(".") ? "" : ".");
  }
}
