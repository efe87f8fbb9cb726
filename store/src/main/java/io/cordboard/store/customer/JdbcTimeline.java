package io.cordboard.store.customer;

import io.cordboard.core.profile.Timeline;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.store.AnswerText;
import io.cordboard.store.JsonRows;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The timeline from PostgreSQL: each source is read by its index in order, then they are merged. */
public final class JdbcTimeline implements Timeline {
  private static final String CALLS =
      """
      select 'CALL', r.arrived_at as at, 'c' || r.call_id as key, r.customer_id as file,
        r.call_id::text as id, null::text as title, r.outcome as state, 0::bigint as closed_at,
        0::bigint as amount, null::text as currency, r.call_id as call
      from unnest(?::uuid[]) m (id) cross join lateral (
        select * from call_record where customer_id = m.id and arrived_at <= ?
          and (arrived_at, ('c' || call_id) collate "C") < (?, ?)
        order by arrived_at desc, ('c' || call_id) collate "C" desc limit ?) r
      """;
  private static final String ORDERS =
      """
      select 'ORDER', o.at, 'o' || o.number || o.customer_id, o.customer_id, o.number, o.title, o.state,
        0::bigint, o.amount_minor, o.currency, null::uuid
      from unnest(?::uuid[]) m (id) cross join lateral (
        select * from sales_order where customer_id = m.id and at <= ?
          and (at, ('o' || number || customer_id) collate "C") < (?, ?)
        order by at desc, ('o' || number || customer_id) collate "C" desc limit ?) o
      """;
  private static final String SERVICE =
      """
      select 'SERVICE', v.opened_at, 's' || v.number || v.customer_id, v.customer_id, v.number, v.title,
        v.state, v.closed_at, 0::bigint, null::text, null::uuid
      from unnest(?::uuid[]) m (id) cross join lateral (
        select * from service_record where customer_id = m.id and opened_at <= ?
          and (opened_at, ('s' || number || customer_id) collate "C") < (?, ?)
        order by opened_at desc, ('s' || number || customer_id) collate "C" desc limit ?) v
      """;
  private static final String WHOLE =
      """
      select e.*, r.direction, r.number, r.line, r.queue,
        (select display_name from app_user where id = r.agent_id), r.disposition, r.wait_millis,
        r.talk_millis, r.verified_by, r.approximate_from, r.approximate_to,
        (select json_agg(json_build_array(n.agent_id, u.display_name, n.text) order by n.updated_at)
          from segment_note n left join app_user u on u.id = n.agent_id
          where n.call_id = e.call and n.text <> ''),
        (select json_agg(json_build_array(c.name, c.state, c.alarm,
            case when c.duration_millis > 0 then c.duration_millis
              else greatest(0, c.ended_at - c.started_at) / 1000 end, s.agent_id) order by c.started_at)
          from recording c left join segment s on s.call_id = c.call_id and s.n = c.segment
          where c.call_id = e.call),
        (select s.answers from segment s where s.call_id = e.call and s.answered_at <> 0
            and s.agent_id = r.agent_id and s.outcome <> 'CONSULTED'
          order by s.n desc limit 1), r.fallback, r.agent_id,
        (select json_agg(json_build_array(k.at, u.display_name, k.disposition, k.answers, k.notes) order by k.at)
          from record_correction k left join app_user u on u.id = k.agent_id
          where k.call_id = e.call)
      from (select * from (%s) a (kind, at, key, file, id, title, state, closed_at, amount, currency, call)
        order by at desc, key collate "C" desc limit ?) e
      left join call_record r on r.call_id = e.call
      order by e.at desc, e.key collate "C" desc
      """;
  // after every key
  private static final Position NEWEST = new Position(Long.MAX_VALUE, "~");

  private final Transactions transactions;

  public JdbcTimeline(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Optional<Page> page(
      CustomerId customer, Set<Kind> kinds, @Nullable Position after, int most) {
    return transactions.get(
        "read a customer's timeline",
        connection -> {
          Optional<Members> members = Members.of(connection, customer);
          if (members.isEmpty()) {
            return Optional.<Page>empty();
          }
          Set<Kind> wanted = kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds;
          return Optional.of(page(connection, members.get(), wanted, after, most));
        });
  }

  private record Row(Entry entry, Position position) {}

  private static Page page(
      Connection connection, Members members, Set<Kind> kinds, @Nullable Position after, int most)
      throws SQLException {
    Position from = after == null ? NEWEST : after;
    List<Row> rows =
        Sql.list(
            connection, JdbcTimeline::row, text(kinds),
            parameters(connection, members, kinds.size(), from, most + 1));
    boolean more = rows.size() > most;
    List<Row> shown = more ? rows.subList(0, most) : rows;
    return new Page(
        shown.stream().map(Row::entry).toList(), more ? shown.getLast().position() : null);
  }

  /** The statement for these kinds. */
  static String text(Set<Kind> kinds) {
    return WHOLE.formatted(
        EnumSet.copyOf(kinds).stream()
            .map(
                kind ->
                    switch (kind) {
                      case CALL -> CALLS;
                      case ORDER -> ORDERS;
                      case SERVICE -> SERVICE;
                    })
            .collect(Collectors.joining(" union all ")));
  }

  private static Object[] parameters(
      Connection connection, Members members, int sources, Position from, int most)
      throws SQLException {
    Object[] all = new Object[sources * 5 + 1];
    for (int i = 0; i < sources; i++) {
      all[i * 5] = Sql.ids(connection, members.all());
      all[i * 5 + 1] = from.at();
      all[i * 5 + 2] = from.at();
      all[i * 5 + 3] = from.key();
      all[i * 5 + 4] = most;
    }
    all[sources * 5] = most;
    return all;
  }

  private static Row row(ResultSet row) throws SQLException {
    Kind kind = Kind.valueOf(row.getString(1));
    String currency = row.getString(10);
    Entry entry =
        new Entry(
            kind,
            row.getString(5),
            Clock.instant(row.getLong(2)),
            Sql.customer(row, 4),
            row.getString(6),
            row.getString(7),
            JsonRows.instant(row.getLong(8)),
            currency == null || currency.equals("XXX") ? null : new Amount(row.getLong(9), currency),
            kind == Kind.CALL ? call(row) : null);
    return new Row(entry, new Position(row.getLong(2), row.getString(3)));
  }

  private static Call call(ResultSet row) throws SQLException {
    long to = row.getLong(22);
    return new Call(
        row.getString(12),
        row.getString(13),
        row.getString(14),
        row.getString(15),
        row.getString(16),
        row.getString(17),
        row.getLong(18),
        row.getLong(19),
        row.getString(20),
        to == 0 ? null : new Interval(Clock.instant(row.getLong(21)), Clock.instant(to)),
        JsonRows.read(row.getString(23), JdbcTimeline::note),
        JsonRows.read(row.getString(24), JdbcTimeline::recording),
        filledIn(row.getString(25)),
        row.getBoolean(26),
        agent(row.getString(27)),
        JsonRows.read(row.getString(28), JdbcTimeline::correction));
  }

  private static List<FilledIn> filledIn(@Nullable String answers) {
    return AnswerText.read(answers).stream()
        .map(answer -> new FilledIn(answer.field(), answer.value()))
        .toList();
  }

  private static @Nullable AgentId agent(@Nullable String id) {
    return id == null ? null : new AgentId(UUID.fromString(id));
  }

  private static Note note(JsonRows row) {
    return new Note(agent(row.textOrNull()), row.textOrNull(), row.text());
  }

  private static Correction correction(JsonRows row) {
    return new Correction(
        row.time(), row.textOrNull(), row.textOrNull(), filledIn(row.textOrNull()),
        row.textOrNull());
  }

  private static Recording recording(JsonRows row) {
    String name = row.text();
    String state = row.text();
    String alarm = row.textOrNull();
    long millis = row.number();
    return new Recording(name, state, alarm, millis, agent(row.textOrNull()));
  }
}
