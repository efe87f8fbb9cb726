package io.cordboard.store.customer;

import io.cordboard.core.profile.Spelling;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Spells the names of rows that came without: of an older version, or written by hand. */
public final class JdbcSpellings {
  private static final int BATCH = 1_000;

  private final Transactions transactions;
  private final Spelling spelling = new Spelling();

  public JdbcSpellings(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  private record Named(UUID id, String name) {}

  /** Spells all that are not yet; stops early when interrupted. Returns how many it did. */
  public long fill() {
    long filled = 0;
    int done;
    do {
      done = transactions.get("spell names", this::batch);
      filled += done;
    } while (done > 0 && !Thread.currentThread().isInterrupted());
    return filled;
  }

  // the rows are locked in the order of their ids, and those that somebody holds are left for the next look
  private int batch(Connection connection) throws SQLException {
    List<Named> rows =
        Sql.list(
            connection,
            row -> new Named(row.getObject(1, UUID.class), row.getString(2)),
            "select id, name from customer where spelled is null order by id limit %d for no key update skip locked"
                .formatted(BATCH));
    List<UUID> ids = new ArrayList<>();
    List<String> spelled = new ArrayList<>();
    for (Named row : rows) {
      ids.add(row.id());
      spelled.add(spelling.of(row.name()));
    }
    return Sql.write(
        connection,
        "update customer c set spelled = v.spelled from unnest(?::uuid[], ?::text[]) v (id, spelled) where c.id = v.id",
        connection.createArrayOf("uuid", ids.toArray()),
        connection.createArrayOf("text", spelled.toArray()));
  }
}
