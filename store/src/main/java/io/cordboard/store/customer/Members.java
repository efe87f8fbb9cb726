package io.cordboard.store.customer;

import io.cordboard.kernel.CustomerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everybody who is one customer, as the derived columns say: one look-up, for reading.
 *
 * @param all the survivor first
 */
record Members(CustomerId survivor, List<CustomerId> all) {
  private static final String OF =
      """
      select c.id, c.absorbed from customer k
      join customer c on c.id = coalesce(k.merged_into, k.id) where k.id = ?
      """;

  static Optional<Members> of(Connection connection, CustomerId customer) throws SQLException {
    return Optional.ofNullable(
        Sql.first(
            connection,
            row -> {
              CustomerId survivor = Sql.customer(row, 1);
              List<CustomerId> all = new ArrayList<>(List.of(survivor));
              all.addAll(Sql.customers(row.getArray(2)));
              return new Members(survivor, List.copyOf(all));
            },
            OF,
            customer.value()));
  }
}
