package io.cordboard.store.sync;

import io.cordboard.core.sync.Ours;
import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.store.customer.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of calls as other systems see them. */
final class SyncedCalls {
  private static final String READ =
      """
      select r.call_id, coalesce(c.merged_into, c.id)::text, r.arrived_at, r.direction, r.number, r.line, r.outcome,
        coalesce((select max(d.label_en) from disposition d where d.code = r.disposition), r.disposition),
        (select u.display_name from app_user u where u.id = r.agent_id),
        (select string_agg(n.text, E'\\n\\n' order by n.updated_at) from segment_note n
          where n.call_id = r.call_id and n.text <> ''),
        r.talk_millis, r.wait_millis,
        exists (select 1 from recording f where f.call_id = r.call_id and f.state = 'STORED'),
        greatest(r.ended_at, (select coalesce(max(n.updated_at), 0) from segment_note n where n.call_id = r.call_id))
      from call_record r left join customer c on c.id = r.customer_id
      where r.call_id = any (?) and r.ended_at > 0
      """;

  private SyncedCalls() {}

  /**
   * These calls, as far as they have ended.
   *
   * @param base where people find us, for the link to a recording
   */
  static Map<String, Ours> read(Connection connection, Collection<String> ids, String base) throws SQLException {
    Map<String, Ours> read = new HashMap<>();
    Sql.list(
            connection, row -> ours(row, base), READ,
            connection.createArrayOf("uuid", ids.stream().map(UUID::fromString).toArray()))
        .forEach(ours -> read.put(ours.id(), ours));
    return read;
  }

  private static Ours ours(ResultSet row, String base) throws SQLException {
    String id = row.getString(1);
    String customer = row.getString(2);
    String direction = row.getString(4);
    SortedMap<String, Value> fields = new TreeMap<>();
    fields.put("at", new Value.Text(Clock.instant(row.getLong(3)).truncatedTo(ChronoUnit.SECONDS).toString()));
    fields.put("direction", new Value.Text(direction));
    fields.put("number", text(row.getString(5)));
    fields.put("line", text(row.getString(6)));
    fields.put("outcome", text(row.getString(7)));
    fields.put("disposition", text(row.getString(8)));
    fields.put("agent", text(row.getString(9)));
    fields.put("notes", text(row.getString(10)));
    fields.put("seconds", seconds(row.getLong(11)));
    fields.put("waitSeconds", seconds(row.getLong(12)));
    fields.put("recording", row.getBoolean(13) ? new Value.Text(base + "/calls/" + id) : Value.EMPTY);
    fields.put("subject", new Value.Text(subject(direction, row.getString(7))));
    return new Ours(RecordKind.INTERACTION, id, row.getLong(14), customer == null, customer, fields);
  }

  private static String subject(String direction, String outcome) {
    String way = direction.equals("out") ? "Outgoing call" : "Call";
    return way + ": " + outcome.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private static Value text(@Nullable String text) {
    return text == null ? Value.EMPTY : Value.of(text.strip());
  }

  private static Value seconds(long millis) {
    return new Value.Number(BigDecimal.valueOf((millis + 500) / 1000));
  }
}
