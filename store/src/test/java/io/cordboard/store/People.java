package io.cordboard.store;

import static io.cordboard.store.Flushes.AT;

import java.util.UUID;

/** Puts customers and their facts into a database, one short line each. */
public record People(Rows rows) {
  public static final long DAY = 86_400_000_000L;

  public People customer(int number, String name) {
    rows.execute(
        "insert into customer (id, kind, name, language, level, since) values ('%s', 'PERSON', '%s', 'en', 'GOLD', '2020-02-03')"
            .formatted(Flushes.customer(number), name));
    return this;
  }

  public People link(int customer, String kind, String value) {
    rows.execute(
        "insert into identity (id, customer_id, kind, value, since, linked_by) values ('%s', '%s', '%s', '%s', %d, 'test')"
            .formatted(UUID.randomUUID(), Flushes.customer(customer), kind, value, AT));
    return this;
  }

  public People confirmed(int customer, String value, long at) {
    rows.execute(
        "update identity set confirmed_at = %d, confirmed_by = 'test' where value = '%s' and customer_id = '%s'"
            .formatted(at, value, Flushes.customer(customer)));
    return this;
  }

  public People order(int customer, String number, long at) {
    rows.execute(
        "insert into sales_order values ('%s', %d, '%s', 'Kettle', 9900, 'GBP', 'delivered')"
            .formatted(Flushes.customer(customer), at, number));
    return this;
  }

  public People service(int customer, String number, long openedAt, long closedAt) {
    rows.execute(
        "insert into service_record values ('%s', %d, '%s', %d, 'Leaks', 'open')"
            .formatted(Flushes.customer(customer), openedAt, number, closedAt));
    return this;
  }

  public People tag(int customer, String name) {
    rows.execute(
        "insert into tag values ('%s', '%s', 0, 'test')".formatted(Flushes.customer(customer), name));
    return this;
  }

  public People sensitive(int customer, String name, String value) {
    rows.execute(
        "insert into sensitive_field values ('%s', '%s', '%s')"
            .formatted(Flushes.customer(customer), name, value));
    return this;
  }

  public People user(int agent, String name) {
    rows.execute(
        """
        insert into app_user (id, username, display_name, role, active, password_hash,
          must_change_password, created_at)
        values ('%s', 'user%d', '%s', 'AGENT', true, '', false, 0)
        """
            .formatted(Flushes.agent(agent), agent, name));
    return this;
  }

  public People note(int call, int agent, String text) {
    rows.execute(
        "insert into segment_note values ('%s', '%s', '%s', 1, %d)"
            .formatted(Flushes.call(call), Flushes.agent(agent), text, AT));
    return this;
  }

  /** As the editor does it: the link, and what is derived from it. */
  public People merge(int survivor, int absorbed) {
    rows.execute(
        "update customer set merged_into = '%s' where id = '%s'"
            .formatted(Flushes.customer(survivor), Flushes.customer(absorbed)),
        "update customer set absorbed = coalesce(absorbed, '{}') || '%s'::uuid where id = '%s'"
            .formatted(Flushes.customer(absorbed), Flushes.customer(survivor)));
    return this;
  }
}
