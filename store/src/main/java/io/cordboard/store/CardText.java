package io.cordboard.store;

/**
 * The SQL of the card. Every branch reads a bounded number of rows by an index, in the index's order;
 * lists come as JSON arrays of arrays, which cost less to make and to read than objects.
 *
 * <p>Most of what such a statement costs is starting its many parts. So the first text knows customers
 * who were never merged, and only tells of the others; those are read once more by the second, which goes
 * through everybody who was merged into the survivor.
 */
final class CardText {
  /** How many columns a card has; what else is selected comes after them. */
  static final int COLUMNS = 15;

  private static final String CALL =
      """
      json_build_array(r.call_id, r.arrived_at, r.direction, r.outcome,
        (select display_name from app_user where id = r.agent_id), r.disposition,
        (select string_agg(text, e'\\n') from segment_note where call_id = r.call_id and text <> ''),
        r.talk_millis,
        exists (select from recording where call_id = r.call_id and state <> 'LOST'),
        r.number, r.line)
      """;

  private static final String PLAIN =
      """
      c.id, c.version, c.kind, c.name, c.language, c.level, c.since, c.demo,
      c.merged_into is not null or c.absorbed is not null,
      (select json_agg(json_build_array(name)) from tag where customer_id = c.id),
      (select json_agg(json_build_array(l.kind, l.value, exists (
          select from identity o where o.value = l.value and o.until = 0 and o.customer_id <> c.id)))
        from (select kind, value from identity where customer_id = c.id and until = 0 limit 50) l),
      (select json_agg(json_build_array(name, value)) from sensitive_field where customer_id = c.id),
      (select json_agg(json_build_array(number, at, title, amount_minor, currency, state))
        from (select * from sales_order where customer_id = c.id order by at desc limit 3) o),
      (select json_agg(json_build_array(number, opened_at, closed_at, title, state))
        from (select * from service_record where customer_id = c.id
          order by (closed_at <> 0), opened_at desc limit 5) v),
      (select json_agg(%s)
        from (select * from call_record where customer_id = c.id
          order by arrived_at desc limit 5) r)
      """
          .formatted(CALL);

  /** Parameter: an array of numbers. At most twenty customers each, the ones confirmed last first. */
  static final String BY_NUMBERS =
      """
      select %s, s.number, i.kind, i.owners, i.confirmed_at
      from unnest(?::text[]) s (number)
      cross join lateral (
        select customer_id, kind, confirmed_at, count(*) over () as owners from identity
        where value = s.number and until = 0 order by confirmed_at desc, since limit 20) i
      join customer c on c.id = i.customer_id
      """
          .formatted(PLAIN);

  /** Parameter: a customer's id. */
  static final String BY_ID =
      """
      select %s from customer c where c.id = ?
      """
          .formatted(PLAIN);

  /** Parameter: the id of a customer who was merged, or into whom somebody was merged. */
  static final String MERGED_BY_ID =
      """
      select c.id, c.version, c.kind, c.name, c.language, c.level, c.since, c.demo, true,
      (select json_agg(json_build_array(t.name)) from (
        select distinct name from tag where customer_id = any (c.members) order by name) t),
      (select json_agg(json_build_array(l.kind, l.value, exists (
          select from identity o where o.value = l.value and o.until = 0
            and o.customer_id <> all (c.members))))
        from (select distinct on (value) kind, value from identity
          where customer_id = any (c.members) and until = 0 order by value, since limit 50) l),
      (select json_agg(json_build_array(f.name, f.value)) from (
        select distinct on (name) name, value from sensitive_field
        where customer_id = any (c.members) order by name, customer_id <> c.id) f),
      (select json_agg(json_build_array(number, at, title, amount_minor, currency, state))
        from (select o.* from unnest(c.members) m (id) cross join lateral (
            select * from sales_order where customer_id = m.id order by at desc limit 3) o
          order by at desc limit 3) o),
      (select json_agg(json_build_array(number, opened_at, closed_at, title, state))
        from (select v.* from unnest(c.members) m (id) cross join lateral (
            select * from service_record where customer_id = m.id
            order by (closed_at <> 0), opened_at desc limit 5) v
          order by (closed_at <> 0), opened_at desc limit 5) v),
      (select json_agg(%s)
        from (select r.* from unnest(c.members) m (id) cross join lateral (
            select * from call_record where customer_id = m.id order by arrived_at desc limit 5) r
          order by arrived_at desc limit 5) r)
      from customer k
      join lateral (
        select *, id || coalesce(absorbed, '{}') as members from customer
        where id = coalesce(k.merged_into, k.id) offset 0) c on true
      where k.id = ?
      """
          .formatted(CALL);

  private CardText() {}
}
