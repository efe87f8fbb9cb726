package io.cordboard.store.sync;

import io.cordboard.core.sync.Ours;
import io.cordboard.core.sync.SyncStore.Change;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.store.customer.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** Orders as other systems see them. */
final class SyncedOrders {
  private static final String READ =
      """
      select o.id::text, coalesce(c.merged_into, c.id)::text, o.changed_at, o.number, o.title, o.amount_minor,
        o.currency, o.state, o.at
      from sales_order o join customer c on c.id = o.customer_id where o.id = any (?)
      """;
  private static final BigDecimal MOST = new BigDecimal("1000000000000");

  private static final Pattern CODE = Pattern.compile("[A-Z]{3}");
  // the code of no currency: the order has no amount
  private static final String NONE = "XXX";

  private SyncedOrders() {}

  static List<Ours> read(Connection connection, Object ids) throws SQLException {
    return Sql.list(connection, SyncedOrders::ours, READ, ids);
  }

  private static Ours ours(ResultSet row) throws SQLException {
    String currency = row.getString(7);
    SortedMap<String, Value> fields = new TreeMap<>();
    fields.put("number", FactFields.text(row.getString(4)));
    fields.put("title", FactFields.text(row.getString(5)));
    boolean priced = !currency.equals(NONE);
    fields.put(
        "amount", priced ? new Value.Number(BigDecimal.valueOf(row.getLong(6), digits(currency))) : Value.EMPTY);
    fields.put("currency", priced ? FactFields.text(currency) : Value.EMPTY);
    fields.put("state", FactFields.text(row.getString(8)));
    fields.put("at", FactFields.time(row.getLong(9)));
    return new Ours(RecordKind.ORDER, row.getString(1), row.getLong(3), false, row.getString(2), fields);
  }

  private record Order(
      UUID customer, long at, String number, String title, long minor, String currency, String state) {
    BigDecimal amount() {
      return BigDecimal.valueOf(minor, digits(currency));
    }

    Order with(Change change, long now) {
      SortedMap<String, Value> fields = change.fields();
      BigDecimal amount = FactFields.number(fields, "amount", amount());
      String money = code(FactFields.text(fields, "currency", currency), amount);
      long then = FactFields.time(fields, "at", at, at);
      return new Order(
          change.customer() == null ? customer : UUID.fromString(change.customer()),
          then == 0 ? now : then,
          FactFields.text(fields, "number", number),
          FactFields.text(fields, "title", title),
          inMinor(amount, money),
          money,
          FactFields.text(fields, "state", state));
    }
  }

  private static long inMinor(BigDecimal amount, String currency) {
    if (amount.abs().compareTo(MOST) > 0) {
      throw new Fault.Refused("amount: it is too large.");
    }
    try {
      return amount.movePointRight(digits(currency)).longValueExact();
    } catch (ArithmeticException finer) {
      throw new Fault.Refused(
          "amount: %s has more digits than %s has; round it there.".formatted(amount.toPlainString(), currency));
    }
  }

  private static String code(String written, BigDecimal amount) {
    String currency = written.isEmpty() ? NONE : written.toUpperCase(Locale.ROOT);
    if (currency.equals(NONE) ? amount.signum() != 0 : !CODE.matcher(currency).matches()) {
      throw new Fault.Refused(
          "currency: '%s' is no currency; map a field with a code of three letters, such as EUR."
              .formatted(Fault.excerpt(written)));
    }
    return currency;
  }

  private static int digits(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return 2;
    }
  }

  static void apply(Connection connection, Change change, long at) throws SQLException {
    UUID id = UUID.fromString(change.ours());
    Order stands =
        change.make()
            ? new Order(id, 0, "", "", 0, NONE, "")
            : Sql.first(
                connection,
                row ->
                    new Order(
                        row.getObject(1, UUID.class), row.getLong(2), row.getString(3), row.getString(4),
                        row.getLong(5), row.getString(6), row.getString(7)),
                "select customer_id, at, number, title, amount_minor, currency, state from sales_order where id = ?", id);
    if (stands == null) {
      return;
    }
    Order then = stands.with(change, at);
    mustBeFree(connection, id, then);
    if (change.make()) {
      Sql.write(
          connection,
          """
          insert into sales_order (customer_id, at, number, title, amount_minor, currency, state, id, changed_at)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          then.customer, then.at, then.number, then.title, then.minor, then.currency, then.state, id, at);
    } else {
      Sql.write(
          connection,
          """
          update sales_order set customer_id = ?, at = ?, number = ?, title = ?, amount_minor = ?, currency = ?,
            state = ?, changed_at = ? where id = ?
          """,
          then.customer, then.at, then.number, then.title, then.minor, then.currency, then.state, at, id);
    }
  }

  private static void mustBeFree(Connection connection, UUID id, Order then) throws SQLException {
    boolean taken =
        !Sql.list(
                connection, row -> true,
                "select 1 from sales_order where customer_id = ? and at = ? and number = ? and id is distinct from ?",
                then.customer, then.at, then.number, id)
            .isEmpty();
    if (taken) {
      throw new Fault.Refused("number: the customer has another order of the same number and time.");
    }
  }
}
