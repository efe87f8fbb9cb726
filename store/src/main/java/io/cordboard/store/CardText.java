package io.cordboard.store;

/**
 * The SQL of the card: one statement, whose every branch reads a bounded number of rows by an index.
 *
 * <p>A customer's facts are those of everybody who was merged into it: {@code members}. Each branch goes
 * through them one by one, because an index gives its order only for one customer. Lists come as JSON
 * arrays of arrays, which cost less to make and to read than objects.
 */
final class CardText {
  private static final String CARD =
      """
      c.id, c.version, c.kind, c.name, c.language, c.level, c.since, c.demo,
      (select json_agg(t.name order by t.name) from (
        select distinct t.name from unnest(c.members) m (id) join tag t on t.customer_id = m.id
        limit 50) t) tags,
      (select json_agg(json_build_array(i.kind, i.value, exists (
          select from identity o where o.value = i.value and o.until = 0
            and o.customer_id <> all (c.members))) order by i.since, i.value)
        from (select i.kind, i.value, i.since from unnest(c.members) m (id)
          join identity i on i.customer_id = m.id and i.until = 0 limit 50) i) identities,
      (select json_agg(json_build_array(f.name, f.value) order by f.name) from (
        select f.name, f.value from unnest(c.members) m (id)
        join sensitive_field f on f.customer_id = m.id limit 20) f) sensitive,
      (select json_agg(json_build_array(o.number, o.at, o.title, o.amount_minor, o.currency, o.state)
          order by o.at desc)
        from (select o.* from unnest(c.members) m (id) cross join lateral (
            select * from sales_order where customer_id = m.id order by at desc limit 3) o
          order by o.at desc limit 3) o) orders,
      (select json_agg(json_build_array(s.number, s.opened_at, s.closed_at, s.title, s.state)
          order by s.closed_at = 0 desc, s.opened_at desc)
        from (select s.* from unnest(c.members) m (id) cross join lateral (
            (select * from service_record where customer_id = m.id and closed_at = 0
              order by opened_at desc limit 5)
            union all
            (select * from service_record where customer_id = m.id
              order by opened_at desc limit 5)) s) s) service,
      (select json_agg(json_build_array(r.call_id, r.arrived_at, r.direction, r.outcome,
          u.display_name, r.disposition, n.text, r.talk_millis, exists (
            select from recording where call_id = r.call_id and state <> 'LOST'))
          order by r.arrived_at desc)
        from (select r.* from unnest(c.members) m (id) cross join lateral (
            select * from call_record where customer_id = m.id order by arrived_at desc limit 5) r
          order by r.arrived_at desc limit 5) r
        left join app_user u on u.id = r.agent_id
        left join lateral (
          select string_agg(text, e'\\n' order by updated_at) as text from segment_note
          where call_id = r.call_id and text <> '') n on true) calls
      """;

  /** Parameter: an array of numbers. At most twenty customers each, the ones confirmed last first. */
  static final String BY_NUMBERS =
      """
      select %s, s.number, i.kind, i.owners, i.confirmed_at, l.arrived_at, l.line,
        (select count(*) from (select from unnest(c.members) m (id)
          join service_record v on v.customer_id = m.id and v.closed_at = 0 limit 100) v) open_service
      from unnest(?::text[]) s (number)
      cross join lateral (
        select customer_id, kind, confirmed_at, count(*) over () owners from identity
        where value = s.number and until = 0 order by confirmed_at desc, since limit 20) i
      join customer k on k.id = i.customer_id
      join lateral (
        select *, id || coalesce(absorbed, '{}') as members from customer
        where id = coalesce(k.merged_into, k.id)) c on true
      left join lateral (
        select r.* from unnest(c.members) m (id) cross join lateral (
          select arrived_at, line from call_record where number = s.number and customer_id = m.id
          order by arrived_at desc limit 1) r
        order by r.arrived_at desc limit 1) l on true
      """
          .formatted(CARD);

  /** Parameter: a customer's id, merged or not. */
  static final String BY_ID =
      """
      select %s
      from customer k
      join lateral (
        select *, id || coalesce(absorbed, '{}') as members from customer
        where id = coalesce(k.merged_into, k.id)) c on true
      where k.id = ?
      """
          .formatted(CARD);

  private CardText() {}
}
