package io.cordboard.store.customer;

import io.cordboard.core.identity.IdentityLedger;
import io.cordboard.core.identity.IdentityLink;
import io.cordboard.core.identity.IdentityStore;
import io.cordboard.core.identity.MergeLedger;
import io.cordboard.kernel.CustomerId;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import javax.sql.DataSource;

/** Links of identities in PostgreSQL. */
public final class JdbcIdentityStore implements IdentityStore {
  private static final String HISTORY =
      """
      select id, customer_id, kind, value, source, at, by, closed_at, closed_by from identity_link
      where customer_id = any (?) order by at desc, id desc limit ?
      """;

  private final Transactions transactions;

  public JdbcIdentityStore(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Optional<IdentityLink> say(
      CustomerId customer, String value, Function<IdentityLedger, Optional<IdentityLink>> saying) {
    return transactions.get(
        "keep what was said of a number",
        connection -> say(connection, customer, Sql.clean(value), saying));
  }

  private static Optional<IdentityLink> say(
      Connection connection,
      CustomerId customer,
      String value,
      Function<IdentityLedger, Optional<IdentityLink>> saying)
      throws SQLException {
    MergeLedger merges = Groups.lock(connection, List.of(customer));
    SortedSet<CustomerId> members = merges.membersOf(customer);
    IdentityRows.adopt(connection, members, value);
    Optional<IdentityLink> link =
        saying.apply(
            new IdentityLedger(IdentityRows.links(connection, members, value), merges));
    if (link.isPresent()) {
      IdentityRows.insert(connection, link.get());
      IdentityRows.derive(connection, merges, members, value, link.get().opened());
      Sql.write(
          connection,
          "update customer set version = version + 1 where id = ?",
          merges.resolve(customer).value());
    }
    return link;
  }

  @Override
  public List<IdentityLink> history(CustomerId customer, int most) {
    return transactions.get(
        "read what was said of a customer's numbers",
        connection -> {
          Optional<Members> members = Members.of(connection, customer);
          return members.isEmpty()
              ? List.<IdentityLink>of()
              : Sql.list(
                  connection, IdentityRows::link, HISTORY,
                  Sql.ids(connection, members.get().all()), most);
        });
  }
}
