package io.cordboard.store;

import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CardStore;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.kernel.CustomerId;
import io.cordboard.store.CardRow.Contact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Cards from PostgreSQL: one statement a read, and one more for each merged customer among them. */
public final class JdbcCardStore implements CardStore {
  private final DataSource pool;

  public JdbcCardStore(DataSource pool) {
    this.pool = pool;
  }

  private record Owner(String number, CustomerId customer) {}

  private record Found(
      CardRow row, String number, String kind, int owners, @Nullable Instant confirmedAt) {}

  @Override
  public List<NumberMatch> byNumbers(Collection<String> e164) {
    if (e164.isEmpty()) {
      return List.of();
    }
    try (Connection connection = pool.getConnection()) {
      Map<Owner, Found> found = new LinkedHashMap<>();
      Map<String, Integer> twice = new LinkedHashMap<>();
      for (Found one : found(connection, e164)) {
        Found whole = one.row().merged() ? whole(connection, one) : one;
        Owner owner = new Owner(whole.number(), whole.row().card().id());
        // a survivor and somebody who was merged into it may both have the number
        if (found.putIfAbsent(owner, whole) != null) {
          twice.merge(whole.number(), 1, Integer::sum);
        }
      }
      return found.values().stream()
          .map(one -> match(one, twice.getOrDefault(one.number(), 0)))
          .toList();
    } catch (SQLException e) {
      throw SqlFaults.of(e, "read the customers of a number");
    }
  }

  @Override
  public Optional<Card> byId(CustomerId id) {
    try (Connection connection = pool.getConnection()) {
      CardRow row = byId(connection, CardText.BY_ID, id);
      if (row != null && row.merged()) {
        row = byId(connection, CardText.MERGED_BY_ID, id);
      }
      return Optional.ofNullable(row).map(CardRow::card);
    } catch (SQLException e) {
      throw SqlFaults.of(e, "read a customer");
    }
  }

  private static List<Found> found(Connection connection, Collection<String> e164)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CardText.BY_NUMBERS)) {
      Object[] numbers = e164.stream().distinct().map(OutsideText::clean).toArray();
      statement.setArray(1, connection.createArrayOf("text", numbers));
      List<Found> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          int c = CardText.COLUMNS;
          found.add(
              new Found(
                  CardRow.read(row),
                  row.getString(c + 1),
                  row.getString(c + 2),
                  row.getInt(c + 3),
                  JsonRows.instant(row.getLong(c + 4))));
        }
      }
      return found;
    }
  }

  private static @Nullable CardRow byId(Connection connection, String sql, CustomerId id)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id.value());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? CardRow.read(row) : null;
      }
    }
  }

  private static Found whole(Connection connection, Found part) throws SQLException {
    CardRow row = byId(connection, CardText.MERGED_BY_ID, part.row().card().id());
    return row == null
        ? part
        : new Found(row, part.number(), part.kind(), part.owners(), part.confirmedAt());
  }

  private static NumberMatch match(Found found, int twice) {
    Card card = found.row().card();
    Contact last =
        found.row().contacts().stream()
            .filter(contact -> found.number().equals(contact.number()))
            .findFirst()
            .orElse(null);
    return new NumberMatch(
        found.number(),
        card,
        found.kind(),
        found.owners() - twice,
        found.confirmedAt(),
        last == null ? null : last.call().at(),
        last == null ? null : last.line(),
        card.orders().isEmpty() ? null : card.orders().getFirst().at(),
        (int) card.service().stream().filter(record -> record.closedAt() == null).count());
  }
}
