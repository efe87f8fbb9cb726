package io.cordboard.store;

import io.cordboard.core.call.LedgerStore.Twin;
import io.cordboard.core.call.LedgerStore.Entry;
import io.cordboard.core.call.LedgerStore.Flush;
import io.cordboard.core.call.LedgerStore.OfferRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Finds out why a flush met a unique key; asked after it was rolled back. */
record FlushConflicts(Flush flush, Connection connection) {

  private record EntryKey(long at, long hash) {}

  private record OfferKey(UUID call, int n) {}

  /** The entries that are in the journal already, or come a second time in this flush. */
  List<Twin> doubles() throws SQLException {
    Map<EntryKey, Entry> known = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select n, at, h, call_id, type, body from journal
            join unnest(?::int8[], ?::int8[]) sent (at, h) using (at, h)
            """)) {
      statement.setArray(1, connection.createArrayOf("int8", longs(Entry::at)));
      statement.setArray(2, connection.createArrayOf("int8", longs(Entry::hash)));
      for (Entry entry : JdbcLedgerStore.entries(statement)) {
        known.put(new EntryKey(entry.at(), entry.hash()), entry);
      }
    }
    List<Twin> doubles = new ArrayList<>();
    for (Entry sent : flush.entries()) {
      Entry before = known.putIfAbsent(new EntryKey(sent.at(), sent.hash()), sent);
      if (before != null) {
        doubles.add(new Twin(sent, before));
      }
    }
    return doubles;
  }

  private Object[] longs(Function<Entry, Long> column) {
    return flush.entries().stream().map(column).toArray();
  }

  /** The offers whose agent another one holds: in the database, or earlier in this flush. */
  List<OfferRow> taken() throws SQLException {
    Map<UUID, OfferKey> holders = holders();
    for (OfferRow offer : flush.offers()) {
      if (!offer.live()) {
        holders.remove(offer.agent().value(), key(offer));
      }
    }
    List<OfferRow> taken = new ArrayList<>();
    for (OfferRow offer : flush.offers()) {
      if (offer.live()) {
        OfferKey holder = holders.putIfAbsent(offer.agent().value(), key(offer));
        if (holder != null && !holder.equals(key(offer))) {
          taken.add(offer);
        }
      }
    }
    return taken;
  }

  private Map<UUID, OfferKey> holders() throws SQLException {
    Map<UUID, OfferKey> holders = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select agent_id, call_id, n from offer where holds")) {
      while (rows.next()) {
        holders.put(
            rows.getObject(1, UUID.class),
            new OfferKey(rows.getObject(2, UUID.class), rows.getInt(3)));
      }
    }
    return holders;
  }

  private static OfferKey key(OfferRow offer) {
    return new OfferKey(offer.call().value(), offer.n());
  }
}
