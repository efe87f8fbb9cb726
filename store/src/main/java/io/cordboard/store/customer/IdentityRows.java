package io.cordboard.store.customer;

import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.identity.IdentityLedger;
import io.cordboard.core.identity.IdentityLink;
import io.cordboard.core.identity.IdentityLink.Source;
import io.cordboard.core.identity.MergeLedger;
import io.cordboard.core.identity.Owner;
import io.cordboard.core.identity.Stamp;
import io.cordboard.kernel.CustomerId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was said of identities, and the rows of {@code identity} that follow from it. */
final class IdentityRows {
  private static final String LINKS =
      """
      select id, customer_id, kind, value, source, at, by, closed_at, closed_by from identity_link
      where customer_id = any (?) and (?::text is null or value = ?) order by at, id
      """;
  // an import says that it is theirs, and may know that it was confirmed
  private static final String ADOPT =
      """
      with taken as (
        update identity set adopted = true
        where customer_id = any (?) and not adopted and (?::text is null or value = ?)
        returning *)
      insert into identity_link (id, customer_id, kind, value, source, at, by, closed_at, closed_by)
      select id, customer_id, kind, value, 'IMPORTED', since, linked_by, until, closed_by from taken
      union all
      select gen_random_uuid(), customer_id, kind, value, 'CONFIRMED', greatest(confirmed_at, since + 1),
        confirmed_by, until, closed_by from taken where confirmed_at > 0
      """;
  private static final String OPEN =
      """
      update identity set until = 0, closed_by = null, kind = ?, confirmed_at = ?, confirmed_by = ?
      where id = (select id from identity where customer_id = ? and value = ?
        order by until = 0 desc, until desc limit 1)
      """;
  private static final String INSERT =
      """
      insert into identity (id, customer_id, kind, value, since, linked_by, confirmed_at, confirmed_by,
        adopted) values (gen_random_uuid(), ?, ?, ?, ?, ?, ?, ?, true)
      """;
  private static final String CLOSE =
      "update identity set until = ?, closed_by = ? where customer_id = ? and value = ? and until = 0";

  private IdentityRows() {}

  /** From now on what an import said is a link like any other. */
  static void adopt(
      Connection connection, Collection<CustomerId> members, @Nullable String value)
      throws SQLException {
    Sql.write(connection, ADOPT, Sql.ids(connection, members), value, value);
  }

  /** All links of these members, or those about one value. */
  static List<IdentityLink> links(
      Connection connection, Collection<CustomerId> members, @Nullable String value)
      throws SQLException {
    return Sql.list(
        connection, IdentityRows::link, LINKS, Sql.ids(connection, members), value, value);
  }

  static IdentityLink link(ResultSet row) throws SQLException {
    long closed = row.getLong(8);
    return new IdentityLink(
        row.getObject(1, UUID.class),
        Sql.customer(row, 2),
        IdentityKind.of(row.getString(3)),
        row.getString(4),
        Source.valueOf(row.getString(5)),
        new Stamp(row.getLong(6), row.getString(7)),
        closed == 0 ? null : new Stamp(closed, row.getString(9)));
  }

  static void insert(Connection connection, IdentityLink link) throws SQLException {
    Sql.write(
        connection,
        "insert into identity_link (id, customer_id, kind, value, source, at, by) values (?, ?, ?, ?, ?, ?, ?)",
        link.id(),
        link.customer().value(),
        link.kind().code(),
        link.value(),
        link.source().name(),
        link.opened().at(),
        link.opened().by());
  }

  static void close(Connection connection, UUID link, Stamp stamp) throws SQLException {
    Sql.write(
        connection,
        "update identity_link set closed_at = ?, closed_by = ? where id = ? and closed_at = 0",
        stamp.at(),
        stamp.by(),
        link);
  }

  /** The rows of one group, all of them or those of one value, as the links say now. */
  static void derive(
      Connection connection,
      MergeLedger merges,
      Collection<CustomerId> members,
      @Nullable String value,
      Stamp stamp)
      throws SQLException {
    adopt(connection, members, value);
    List<IdentityLink> links = links(connection, members, value);
    IdentityLedger ledger = new IdentityLedger(links, merges);
    Map<String, List<IdentityLink>> byValue =
        links.stream().collect(Collectors.groupingBy(IdentityLink::value));
    for (Map.Entry<String, List<IdentityLink>> said : byValue.entrySet()) {
      Owner owner = ledger.owners(said.getKey()).stream().findFirst().orElse(null);
      Map<CustomerId, List<IdentityLink>> byEntry =
          said.getValue().stream().collect(Collectors.groupingBy(IdentityLink::customer));
      for (Map.Entry<CustomerId, List<IdentityLink>> entry : byEntry.entrySet()) {
        row(connection, entry.getKey(), entry.getValue(), owner, confirmedBy(said.getValue()), stamp);
      }
    }
  }

  private static @Nullable String confirmedBy(List<IdentityLink> links) {
    return links.stream()
        .filter(link -> link.isOpen() && link.source() == Source.CONFIRMED)
        .max(Comparator.comparingLong(link -> link.opened().at()))
        .map(link -> link.opened().by())
        .orElse(null);
  }

  private static void row(
      Connection connection,
      CustomerId entry,
      List<IdentityLink> said,
      @Nullable Owner owner,
      @Nullable String confirmedBy,
      Stamp stamp)
      throws SQLException {
    String value = said.getFirst().value();
    IdentityLink first =
        said.stream()
            .filter(link -> link.isOpen() && link.source() != Source.CORRECTED)
            .findFirst()
            .orElse(null);
    if (owner == null || !owner.owns() || first == null) {
      Sql.write(connection, CLOSE, stamp.at(), stamp.by(), entry.value(), value);
      return;
    }
    String by = owner.confirmedAt() == 0 ? null : confirmedBy;
    int known =
        Sql.write(
            connection, OPEN, owner.kind().code(), owner.confirmedAt(), by, entry.value(), value);
    if (known == 0) {
      Sql.write(
          connection, INSERT, entry.value(), owner.kind().code(), value, first.opened().at(),
          first.opened().by(), owner.confirmedAt(), by);
    }
  }
}
