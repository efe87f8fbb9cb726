package io.cordboard.store.customer;

import io.cordboard.core.profile.Leads;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Leads in PostgreSQL. */
public final class JdbcLeads implements Leads {
  private static final String NEWEST =
      """
      select id, customer_id, title, state, number, notes, created_at, changed_at, by from lead
      where customer_id = any (?) order by created_at desc, id limit ?
      """;
  private static final String MAKE =
      """
      insert into lead (id, customer_id, title, state, number, notes, created_at, changed_at, by)
      select ?, coalesce(merged_into, id), ?, '', '', ?, ?, ?, ? from customer where id = ?
      """;

  private final Transactions transactions;

  public JdbcLeads(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Optional<List<Lead>> of(CustomerId customer, int most) {
    return transactions.get(
        "read leads",
        connection -> {
          Optional<Members> members = Members.of(connection, customer);
          return members.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  Sql.list(
                      connection, JdbcLeads::lead, NEWEST, Sql.ids(connection, members.get().all()), most));
        });
  }

  private static Lead lead(ResultSet row) throws SQLException {
    return new Lead(
        row.getObject(1, UUID.class), Sql.customer(row, 2), row.getString(3), row.getString(4), row.getString(5),
        row.getString(6), Clock.instant(row.getLong(7)), Clock.instant(row.getLong(8)), row.getString(9));
  }

  @Override
  public boolean make(UUID id, CustomerId customer, Words words, long at, String by) {
    return transactions.get(
            "keep a lead",
            connection ->
                Sql.write(
                    connection, MAKE, id, Sql.clean(words.title()), Sql.clean(words.notes()), at, at, by,
                    customer.value()))
        > 0;
  }
}
