package io.cordboard.store.customer;

import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CustomerSearch;
import io.cordboard.core.profile.SearchQuery;
import io.cordboard.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Search in PostgreSQL: each source by its own index, a bounded number of hits from each. */
public final class JdbcCustomerSearch implements CustomerSearch {
  /** How many hits of one source are looked at. */
  static final int BROAD = 300;

  // greater than every character that may follow
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);
  private static final String BY_WORD = "search_text(c.name) like '%' || ltrim(search_text(?)) || '%'";
  private static final String BY_START =
      "search_text(c.name) like '% ' || ltrim(search_text(?)) || '%'";

  private static final String WHOLE =
      """
      with hit (id, rank, by, value) as (%s),
      counted as (select by, count(*) as n from hit group by by),
      best as (
        select distinct on (coalesce(m.merged_into, m.id)) coalesce(m.merged_into, m.id) as id, h.rank,
          h.by, h.value
        from hit h cross join lateral (select id, merged_into from customer where id = h.id offset 0) m
        order by coalesce(m.merged_into, m.id), h.rank, h.value)
      select c.id, c.kind, c.name, c.level, c.language, c.demo, b.by, b.value, b.rank,
        (select coalesce(max(n), 0) from counted)
      from best b cross join lateral (select * from customer where id = b.id offset 0) c
      where (b.rank, c.name collate "C", c.id) > (?, ?, ?)
      order by b.rank, c.name collate "C", c.id limit ?
      """;

  private final Transactions transactions;

  public JdbcCustomerSearch(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  /** A statement with its parameters. */
  record Text(String sql, List<Object> parameters) {}

  private record Row(Hit hit, int rank, long hits) {}

  @Override
  public Found find(SearchQuery query, @Nullable Position after, int most) {
    Text text = text(query, after, most + 1);
    return transactions.get(
        "search customers",
        connection -> {
          List<Row> rows =
              Sql.list(connection, JdbcCustomerSearch::row, text.sql(), text.parameters().toArray());
          boolean more = rows.size() > most;
          List<Row> shown = more ? rows.subList(0, most) : rows;
          return new Found(
              shown.stream().map(Row::hit).toList(),
              more ? position(shown.getLast()) : null,
              rows.stream().anyMatch(row -> row.hits() >= BROAD));
        });
  }

  private static Position position(Row row) {
    return new Position(row.rank(), row.hit().name(), row.hit().id());
  }

  /** What is asked of the database. */
  static Text text(SearchQuery query, @Nullable Position after, int most) {
    List<String> sources = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    identities(query, sources, parameters);
    papers(query, sources, parameters);
    if (query.digits().isEmpty()) {
      name(query, sources, parameters);
    }
    parameters.add(after == null ? -1 : after.rank());
    parameters.add(after == null ? "" : Sql.clean(after.name()));
    parameters.add(after == null ? new UUID(0, 0) : after.id().value());
    parameters.add(most);
    return new Text(WHOLE.formatted(String.join(" union all ", sources)), parameters);
  }

  private static void identities(SearchQuery query, List<String> sources, List<Object> parameters) {
    if (query.canonical() != null) {
      sources.add(
          """
          (select customer_id, 0, 'NUMBER', value from identity where value = ? and until = 0 limit %d)
          """
              .formatted(BROAD));
      parameters.add(query.canonical());
    }
    List<String> parts = query.digits().isEmpty() ? List.of(query.text()) : query.digits();
    for (String part : parts) {
      if (part.length() >= 3 && !part.contains(" ")) {
        sources.add(
            """
            (select customer_id, case when lower(value) = lower(?) then 0 else 3 end,
                case kind when 'email' then 'EMAIL' when 'foreign-id' then 'FOREIGN_ID' else 'NUMBER' end,
                value
              from identity where value ilike '%%' || ? || '%%' and until = 0 limit %d)
            """
                .formatted(BROAD));
        parameters.add(Sql.clean(part));
        parameters.add(like(part));
      }
    }
  }

  /** Orders and tickets by the beginning or the end of their number. */
  private static void papers(SearchQuery query, List<String> sources, List<Object> parameters) {
    String number = Sql.clean(query.text().toLowerCase(Locale.ROOT));
    if (number.length() < 3 || number.codePoints().noneMatch(Character::isDigit)) {
      return;
    }
    String backwards = new StringBuilder(number).reverse().toString();
    for (String table : List.of("sales_order", "service_record")) {
      String by = table.equals("sales_order") ? "ORDER" : "TICKET";
      String select =
          "(select customer_id, case when lower(number) = ? then 0 else 2 end, '%s', number from %s where %s ~>=~ ? and %s ~<~ ? limit %d)";
      sources.add(select.formatted(by, table, "lower(number)", "lower(number)", BROAD));
      parameters.addAll(List.of(number, number, number + LAST));
      sources.add(
          select.formatted(
              by, table, "reverse(lower(number))", "reverse(lower(number))", BROAD));
      parameters.addAll(List.of(number, backwards, backwards + LAST));
    }
  }

  private static void name(SearchQuery query, List<String> sources, List<Object> parameters) {
    List<String> conditions = new ArrayList<>();
    String whole = String.join(" ", query.words());
    parameters.add(Sql.clean(whole));
    parameters.add(like(whole));
    for (String word : query.words()) {
      conditions.add(SearchQuery.atStartOnly(word) ? BY_START : BY_WORD);
      parameters.add(like(word));
    }
    sources.add(
        """
        (select c.id, case when lower(c.name) = ? then 1 when lower(c.name) like ? || '%%' then 2
            else 4 end, 'NAME', null::text
          from customer c where %s limit %d)
        """
            .formatted(String.join(" and ", conditions), BROAD));
  }

  private static String like(String text) {
    return Sql.clean(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static Row row(ResultSet row) throws SQLException {
    Hit hit =
        new Hit(
            Sql.customer(row, 1),
            Card.Kind.valueOf(row.getString(2)),
            row.getString(3),
            Card.ValueLevel.valueOf(row.getString(4)),
            row.getString(5),
            row.getBoolean(6),
            By.valueOf(row.getString(7)),
            row.getString(8));
    return new Row(hit, row.getInt(9), row.getLong(10));
  }
}
