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
  private static final String SPELLED = "c.spelled like '%' || ? || '%'";
  private static final String SPELLED_START = "c.spelled like '% ' || ? || '%'";

  // in the order of the index: else all that begin so would be collected before the first is looked at
  private static final String IN_ORDER = "order by %s using ~<~ ";

  /** The sources one after the other until there are enough hits: the cheap ones stand first. */
  private static final String IN_TURN = "(select * from (%s) s limit " + BROAD + ")";

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

  private static final String EVERYBODY =
      """
      select id, kind, name, level, language, demo, 'NAME', null, 0, 0 from customer
      where id > ? and merged_into is null order by id limit ?
      """;

  // with the limits the planner would rather read the whole table and hope
  private static final String BY_INDEX =
      "select set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)";

  private final Transactions transactions;

  public JdbcCustomerSearch(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  /** A statement with its parameters. */
  record Text(String sql, List<Object> parameters) {}

  private record Row(Hit hit, int rank, long hits) {}

  @Override
  public Found find(SearchQuery query, @Nullable Position after, int most) {
    return page(text(query, after, most + 1), most);
  }

  @Override
  public Found all(@Nullable Position after, int most) {
    return page(everybody(after, most + 1), most);
  }

  static Text everybody(@Nullable Position after, int most) {
    return new Text(
        EVERYBODY, List.of(after == null ? new UUID(0, 0) : after.id().value(), most));
  }

  private Found page(Text text, int most) {
    return transactions.get(
        "search customers",
        connection -> {
          Sql.list(connection, row -> "", BY_INDEX);
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
    if (!query.digits().isEmpty()) {
      sources.add(number(query, parameters));
    } else if (query.text().length() >= 3 && !query.text().contains(" ")) {
      sources.add(address(Sql.clean(query.text()), parameters));
    }
  }

  /** By how it begins, how it ends, what stands in it. */
  private static String number(SearchQuery query, List<Object> parameters) {
    List<String> ways = new ArrayList<>();
    for (String beginning : query.beginnings()) {
      ways.add(identity(2, "value ~>=~ ? and value ~<~ ?", IN_ORDER.formatted("value")));
      parameters.addAll(List.of(beginning, beginning, beginning + LAST));
    }
    for (String part : query.digits()) {
      String backwards = new StringBuilder(part).reverse().toString();
      ways.add(
          identity(
              3, "reverse(value) ~>=~ ? and reverse(value) ~<~ ?",
              IN_ORDER.formatted("reverse(value)")));
      parameters.addAll(List.of(part, backwards, backwards + LAST));
    }
    // with its plus it is a beginning
    for (String part : query.text().startsWith("+") ? List.<String>of() : query.digits()) {
      ways.add(identity(4, "value ilike '%' || ? || '%'", ""));
      parameters.addAll(List.of(part, part));
    }
    return IN_TURN.formatted(String.join(" union all ", ways));
  }

  private static String address(String text, List<Object> parameters) {
    String small = text.toLowerCase(Locale.ROOT);
    String begins = identity(2, "value ~>=~ ? and value ~<~ ?", IN_ORDER.formatted("value"));
    parameters.addAll(List.of(text, small, small + LAST));
    // the index knows three letters or digits in a row, and would be read as a whole without
    if (!text.matches(".*[\\p{L}\\p{N}]{3}.*")) {
      return IN_TURN.formatted(begins);
    }
    parameters.addAll(List.of(text, like(text)));
    return IN_TURN.formatted(begins + " union all " + identity(4, "value ilike '%' || ? || '%'", ""));
  }

  private static String identity(int rank, String condition, String order) {
    return """
        (select customer_id, case when lower(value) = lower(?) then 0 else %d end as rank,
            case kind when 'email' then 'EMAIL' when 'foreign-id' then 'FOREIGN_ID' else 'NUMBER' end as by,
            value
          from identity where %s and until = 0 %slimit %d)
        """
        .formatted(rank, condition, order, BROAD);
  }

  /** Orders and tickets by the beginning or the end of their number. */
  private static void papers(SearchQuery query, List<String> sources, List<Object> parameters) {
    String number = Sql.clean(query.text().toLowerCase(Locale.ROOT));
    if (number.length() < 3 || number.codePoints().noneMatch(Character::isDigit)) {
      return;
    }
    String backwards = new StringBuilder(number).reverse().toString();
    String start = "lower(number)";
    String end = "reverse(lower(number))";
    for (String table : List.of("sales_order", "service_record")) {
      String by = table.equals("sales_order") ? "ORDER" : "TICKET";
      String select =
          "(select customer_id, case when lower(number) = ? then 0 else 2 end, '%s', number from %s where %s ~>=~ ? and %s ~<~ ? order by %s using ~<~ limit %d)";
      sources.add(select.formatted(by, table, start, start, start, BROAD));
      parameters.addAll(List.of(number, number, number + LAST));
      sources.add(select.formatted(by, table, end, end, end, BROAD));
      parameters.addAll(List.of(number, backwards, backwards + LAST));
    }
  }

  /** Names that begin so, in their order, and then others in which every word stands. */
  private static void name(SearchQuery query, List<String> sources, List<Object> parameters) {
    List<String> ways = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    List<Object> others = new ArrayList<>();
    String whole = Sql.clean(String.join(" ", query.words()));
    if (query.words().stream().allMatch(SearchQuery::inCharacters)) {
      ways.add(named("case when lower(c.name) = ? then 1 else 2 end", "lower(c.name)"));
      parameters.addAll(List.of(whole, whole, whole + LAST));
      conditions.add("not (lower(c.name) ~>=~ ? and lower(c.name) ~<~ ?)");
      others.addAll(List.of(whole, whole + LAST));
    } else if (query.words().stream().noneMatch(SearchQuery::inCharacters)) {
      ways.add(named("case when c.spelled || ' ' like ? then 1 else 2 end", "c.spelled"));
      parameters.addAll(List.of(" " + whole + " %", " " + whole, " " + whole + LAST));
      conditions.add("not (c.spelled ~>=~ ? and c.spelled ~<~ ?)");
      others.addAll(List.of(" " + whole, " " + whole + LAST));
    }
    for (String word : query.words()) {
      boolean start = SearchQuery.atStartOnly(word);
      conditions.add(
          SearchQuery.inCharacters(word)
              ? start ? BY_START : BY_WORD
              : start ? SPELLED_START : SPELLED);
      others.add(like(word));
    }
    ways.add(
        "(select c.id, 4 as rank, 'NAME', null::text from customer c where %s limit %d)"
            .formatted(String.join(" and ", conditions), BROAD));
    parameters.addAll(others);
    sources.add(IN_TURN.formatted(String.join(" union all ", ways)));
  }

  private static String named(String rank, String by) {
    return """
        (select c.id, %s as rank, 'NAME', null::text from customer c
          where %s ~>=~ ? and %s ~<~ ? order by %s using ~<~ limit %d)
        """
        .formatted(rank, by, by, by, BROAD);
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
