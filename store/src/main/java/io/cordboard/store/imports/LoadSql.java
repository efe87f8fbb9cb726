package io.cordboard.store.imports;

import io.cordboard.core.profile.ImportKind;
import java.util.List;

/** What an import asks of the database, for all of its rows at once. */
final class LoadSql {
  static final String RESOLVE_IDS =
      """
      update staged s set id = coalesce(c.merged_into, c.id) from customer c where c.id = s.ref_id
      """;

  // a value may be several customers'; then nobody guesses
  private static final String RESOLVE =
      """
      update staged s set id = o.owner, kind = o.owners::text
      from (
        select r.value, count(distinct coalesce(c.merged_into, c.id)) as owners,
          (array_agg(coalesce(c.merged_into, c.id)))[1] as owner
        from (select distinct %1$s as value from staged where id is null) r
        join identity i on i.value = r.value and i.until = 0
        join customer c on c.id = i.customer_id
        group by r.value) o
      where s.id is null and s.%1$s = o.value
      """;

  /** As it stands in the file: an id of another system may look like a number. */
  static final String RESOLVE_TEXTS = RESOLVE.formatted("ref");

  static final String RESOLVE_VALUES = RESOLVE.formatted("ref_value");

  static final String NOBODY =
      """
      select n, line, ref as value, 'No customer has this id, number or e-mail.' as why from staged
      where id is null
      """;

  static final String SEVERAL =
      """
      select n, line, ref as value, kind || ' customers have it: name the one by its id.' as why from staged
      where kind is not null and kind <> '1'
      """;

  private static final String REPEATED_CUSTOMERS =
      """
      select s.n, s.line, k.value, 'Row ' || k.first || ' has the same id.' as why
      from (
        select l.n, l.value, min(l.n) over (partition by l.value) as first from staged_link l
        where l.kind = 'foreign-id') k
      join staged s on s.n = k.n where k.first < k.n
      """;

  private static final String REPEATED_NUMBERS =
      """
      select n, line, number as value, 'Row ' || first || ' has the same number of the same customer.' as why
      from (select n, line, number, min(n) over (partition by id, number) as first from staged) s
      where first < n
      """;

  private static final String KNOWN_CUSTOMERS =
      """
      delete from staged s using staged_link l, identity i
      where l.n = s.n and l.kind = 'foreign-id' and i.kind = 'foreign-id' and i.value = l.value
        and i.until = 0
      """;

  // what somebody took away from a customer does not come back with the file that brought it
  private static final String LINKS =
      """
      insert into identity (id, customer_id, kind, value, since, linked_by)
      select gen_random_uuid(), s.id, l.kind, l.value, w.at, w.by
      from staged s join staged_link l on l.n = s.n
      cross join (select ?::bigint as at, ?::text as by) w
      where not exists (select from identity i where i.customer_id = s.id and i.value = l.value)
      on conflict do nothing
      """;

  private LoadSql() {}

  /** Rows that say again what another row of the file says. */
  static String repeated(ImportKind kind) {
    return switch (kind) {
      case CUSTOMERS -> REPEATED_CUSTOMERS;
      case IDENTITIES -> "";
      case ORDERS, SERVICE -> REPEATED_NUMBERS;
    };
  }

  /** Takes away rows whose content is there already. */
  static String known(ImportKind kind) {
    return switch (kind) {
      case CUSTOMERS -> KNOWN_CUSTOMERS;
      case IDENTITIES -> "";
      case ORDERS -> knownNumber("sales_order");
      case SERVICE -> knownNumber("service_record");
    };
  }

  private static String knownNumber(String table) {
    return """
        delete from staged s using %s o, customer c
        where o.number = s.number and o.customer_id = c.id and coalesce(c.merged_into, c.id) = s.id
        """
        .formatted(table);
  }

  /** Writes what is left; each parameter pair is when and by whom. */
  static List<String> write(ImportKind kind) {
    return switch (kind) {
      case CUSTOMERS ->
          List.of(
              """
              insert into customer (id, kind, name, spelled, language, level, since)
              select id, kind, name, spelled, language, level, since from staged order by id
              """,
              """
              insert into customer_change (id, customer_id, at, by, field, before, after, protected)
              select gen_random_uuid(), id, ?, ?, 'created', null, name, false from staged
              """,
              LINKS,
              """
              insert into tag (customer_id, name, since, tagged_by)
              select s.id, t.name, w.at, w.by from staged s join staged_tag t on t.n = s.n
              cross join (select ?::bigint as at, ?::text as by) w on conflict do nothing
              """);
      case IDENTITIES -> List.of(LINKS);
      case ORDERS ->
          List.of(
              """
              insert into sales_order (customer_id, at, number, title, amount_minor, currency, state)
              select id, at, number, title, amount_minor, currency, state from staged
              """);
      case SERVICE ->
          List.of(
              """
              insert into service_record (customer_id, opened_at, number, closed_at, title, state)
              select id, at, number, closed_at, title, state from staged
              """);
    };
  }
}
