package io.cordboard.store.customer;

import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.Spelling;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes one field of one entry, and what it was before. */
final class FieldWriter {
  static final String TAG = "tag";
  static final String PROTECTED = "protected:";
  static final Spelling SPELLING = new Spelling();

  private final Connection connection;
  private final Author author;

  FieldWriter(Connection connection, Author author) {
    this.connection = connection;
    this.author = author;
  }

  /**
   * Writes it, if it differs.
   *
   * @param field kind, name, language, level, tag or protected:NAME
   * @param before of a tag: the one to take away
   * @param after of a tag: the one to put there
   */
  boolean write(
      CustomerId customer, String field, @Nullable String before, @Nullable String after)
      throws SQLException {
    if (Objects.equals(before, after)) {
      return false;
    }
    if (field.equals(TAG)) {
      tag(customer, before, after);
    } else if (field.startsWith(PROTECTED)) {
      sensitive(customer, field.substring(PROTECTED.length()), after);
    } else {
      plain(customer, field, Objects.requireNonNull(after));
    }
    keep(customer, field, before, after);
    return true;
  }

  void keep(CustomerId customer, String field, @Nullable String before, @Nullable String after)
      throws SQLException {
    Sql.write(
        connection,
        "insert into customer_change (id, customer_id, at, by, field, before, after, protected) values (?, ?, ?, ?, ?, ?, ?, ?)",
        UUID.randomUUID(),
        customer.value(),
        author.at(),
        author.by(),
        field,
        before,
        after,
        field.startsWith(PROTECTED));
  }

  private void plain(CustomerId customer, String field, String value) throws SQLException {
    String sql =
        switch (field) {
          case "kind" -> "update customer set kind = ? where id = ?";
          case "name" -> "update customer set name = ? where id = ?";
          case "language" -> "update customer set language = ? where id = ?";
          case "level" -> "update customer set level = ? where id = ?";
          default -> throw new Fault.Bug("There is no field " + field + ".", null);
        };
    Sql.write(connection, sql, Sql.clean(value), customer.value());
    if (field.equals("name")) {
      Sql.write(
          connection,
          "update customer set spelled = ? where id = ?",
          SPELLING.of(value),
          customer.value());
    }
  }

  private void tag(CustomerId customer, @Nullable String before, @Nullable String after)
      throws SQLException {
    if (before != null) {
      Sql.write(
          connection,
          "delete from tag where customer_id = ? and name = ?",
          customer.value(),
          before);
    }
    if (after != null) {
      Sql.write(
          connection,
          "insert into tag (customer_id, name, since, tagged_by) values (?, ?, ?, ?) on conflict do nothing",
          customer.value(),
          Sql.clean(after),
          author.at(),
          author.by());
    }
  }

  private void sensitive(CustomerId customer, String name, @Nullable String value)
      throws SQLException {
    if (value == null) {
      Sql.write(
          connection,
          "delete from sensitive_field where customer_id = ? and name = ?",
          customer.value(),
          name);
    } else {
      Sql.write(
          connection,
          "insert into sensitive_field (customer_id, name, value) values (?, ?, ?) on conflict (customer_id, name) do update set value = excluded.value",
          customer.value(),
          name,
          Sql.clean(value));
    }
  }

  /** What a field of an entry is; null for none. A tag is there or not. */
  static @Nullable String value(
      Connection connection, CustomerId customer, String field, @Nullable String tag)
      throws SQLException {
    if (field.equals(TAG)) {
      return Sql.first(
          connection,
          row -> row.getString(1),
          "select name from tag where customer_id = ? and name = ?",
          customer.value(),
          tag);
    }
    if (field.startsWith(PROTECTED)) {
      return Sql.first(
          connection,
          row -> row.getString(1),
          "select value from sensitive_field where customer_id = ? and name = ?",
          customer.value(),
          field.substring(PROTECTED.length()));
    }
    return Sql.first(
        connection,
        row -> row.getString(1),
        "select case ? when 'kind' then kind when 'name' then name when 'language' then language when 'level' then level end from customer where id = ?",
        field,
        customer.value());
  }
}
