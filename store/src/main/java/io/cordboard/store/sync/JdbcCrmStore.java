package io.cordboard.store.sync;

import io.cordboard.core.sync.CrmStore;
import io.cordboard.core.sync.FieldRule;
import io.cordboard.core.sync.MappingForm;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.store.Transactions;
import io.cordboard.store.customer.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** Connections and mappings in PostgreSQL, their settings sealed. */
public final class JdbcCrmStore implements CrmStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ROWS = "select name, adapter, file, settings, internal, state, kinds, version from crm ";
  private static final String VERSIONS = "select version, at, by, rules, kind from crm_mapping ";

  private final Transactions transactions;
  private final Seal seal;

  public JdbcCrmStore(DataSource source, Seal seal) {
    this.transactions = new Transactions(source);
    this.seal = seal;
  }

  @Override
  public List<Row> all() {
    return transactions.get("list the connections", c -> Sql.list(c, this::row, ROWS + "order by name"));
  }

  @Override
  public Optional<Row> find(String name) {
    return transactions.get(
        "read a connection", c -> Sql.list(c, this::row, ROWS + "where name = ?", name).stream().findFirst());
  }

  private Row row(ResultSet row) throws SQLException {
    Map<String, String> settings = new HashMap<>();
    JSON.readTree(seal.open(row.getString(1), row.getBytes(4)))
        .properties()
        .forEach(setting -> settings.put(setting.getKey(), setting.getValue().stringValue()));
    Set<RecordKind> kinds =
        Arrays.stream((String[]) row.getArray(7).getArray())
            .map(kind -> RecordKind.valueOf(kind.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
    return new Row(
        row.getString(1), row.getString(2), row.getString(3), settings, row.getBoolean(5),
        row.getString(6).equals("ON"), kinds, row.getLong(8));
  }

  @Override
  public void save(Row row, long at, String by) {
    transactions.change(
        "keep a connection",
        connection -> {
          byte[] settings = seal.close(row.name(), JSON.writeValueAsString(new TreeMap<>(row.settings())));
          java.sql.Array kinds = Sql.texts(connection, row.kinds().stream().map(RecordKind::word).sorted().toList());
          String state = row.on() ? "ON" : "OFF";
          int written =
              row.version() == 0
                  ? Sql.write(
                      connection,
                      "insert into crm (name, adapter, file, settings, internal, state, kinds, version, changed_at, changed_by) values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?) on conflict do nothing",
                      row.name(), row.adapter(), Sql.clean(row.file()), settings, row.internal(), state, kinds, at, by)
                  : Sql.write(
                      connection,
                      "update crm set adapter = ?, file = ?, settings = ?, internal = ?, state = ?, kinds = ?, version = version + 1, changed_at = ?, changed_by = ? where name = ? and version = ?",
                      row.adapter(), Sql.clean(row.file()), settings, row.internal(), state, kinds, at, by, row.name(),
                      row.version());
          if (written == 0) {
            throw new Fault.Refused(
                row.version() == 0
                    ? "There is a connection '%s' already: change that one, or take another name.".formatted(row.name())
                    : "Somebody else changed the connection '%s' meanwhile: look at what stands now.".formatted(row.name()));
          }
        });
  }

  @Override
  public List<String> ours(RecordKind kind, String after, int most) {
    UUID from = after.isEmpty() ? new UUID(0, 0) : UUID.fromString(after);
    String all =
        switch (kind) {
          case CUSTOMER -> "select id from customer where merged_into is null and id > ? order by id limit ?";
          case INTERACTION -> "select call_id from call_record where ended_at > 0 and call_id > ? order by call_id limit ?";
          case TASK, TICKET, LEAD, ORDER -> "";
        };
    return all.isEmpty()
        ? List.of()
        : transactions.get(
            "list records of ours", connection -> Sql.list(connection, row -> row.getString(1), all, from, most));
  }

  @Override
  public void remove(String name) {
    transactions.change(
        "forget a connection",
        connection -> {
          if (Sql.write(connection, "delete from crm where name = ?", name) == 0) {
            throw new Fault.NotFound("There is no connection '%s'.".formatted(Fault.excerpt(name)));
          }
        });
  }

  @Override
  public Map<RecordKind, MappingVersion> mappings(String crm) {
    Map<RecordKind, MappingVersion> mappings = new EnumMap<>(RecordKind.class);
    for (RecordKind kind : RecordKind.values()) {
      versions(crm, kind).stream().findFirst().ifPresent(version -> mappings.put(kind, version));
    }
    return mappings;
  }

  @Override
  public List<MappingVersion> versions(String crm, RecordKind kind) {
    return transactions.get(
        "read mappings",
        connection ->
            Sql.list(
                connection, JdbcCrmStore::version, VERSIONS + "where crm = ? and kind = ? order by version desc", crm,
                kind.word()));
  }

  private static MappingVersion version(ResultSet row) throws SQLException {
    RecordKind kind = RecordKind.valueOf(row.getString(5).toUpperCase(Locale.ROOT));
    List<?> lines = JSON.readValue(row.getString(4), List.class);
    return new MappingVersion(
        row.getLong(1), row.getLong(2), row.getString(3), MappingForm.read("mapping", lines, kind, List.of()).rules());
  }

  @Override
  public MappingVersion saveMapping(
      String crm, RecordKind kind, long from, List<FieldRule> rules, long at, String by) {
    String text = JSON.writeValueAsString(rules.stream().map(MappingForm::line).toList());
    return transactions.get(
        "keep a mapping",
        connection -> {
          int written = insert(connection, crm, kind, from, text, at, by);
          if (written == 0) {
            throw new Fault.Refused(
                "Somebody else changed this mapping meanwhile, or the connection is gone: look at what stands now.");
          }
          Sql.write(connection, "update crm set version = version + 1 where name = ?", crm);
          return new MappingVersion(from + 1, at, by, rules);
        });
  }

  private static int insert(
      Connection connection, String crm, RecordKind kind, long from, String rules, long at, String by)
      throws SQLException {
    return Sql.write(
        connection,
        """
        insert into crm_mapping (crm, kind, version, at, by, rules)
          select c.name, ?, ?, ?, ?, ? from crm c
          where c.name = ? and ? = (select coalesce(max(version), 0) from crm_mapping m where m.crm = c.name and m.kind = ?)
        on conflict do nothing
        """,
        kind.word(), from + 1, at, by, rules, crm, from, kind.word());
  }
}
