package io.cordboard.web.fake;

import io.cordboard.core.sync.CrmStore;
import io.cordboard.core.sync.FieldRule;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Connections in memory. */
public final class FakeCrms implements CrmStore {
  private final Map<String, Row> rows = new TreeMap<>();
  private final Map<String, List<MappingVersion>> mappings = new TreeMap<>();

  @Override
  public synchronized List<Row> all() {
    return List.copyOf(rows.values());
  }

  @Override
  public synchronized Optional<Row> find(String name) {
    return Optional.ofNullable(rows.get(name));
  }

  @Override
  public synchronized void save(Row row, long at, String by) {
    Row now = rows.get(row.name());
    if ((now == null ? 0 : now.version()) != row.version()) {
      throw new Fault.Refused("Somebody else changed the connection '%s' meanwhile.".formatted(row.name()));
    }
    rows.put(row.name(), next(row));
  }

  private static Row next(Row row) {
    return new Row(
        row.name(), row.adapter(), row.file(), row.settings(), row.internal(), row.on(), row.kinds(),
        row.version() + 1);
  }

  @Override
  public List<String> ours(RecordKind kind, String after, int most) {
    return kind == RecordKind.CUSTOMER && after.isEmpty() ? List.of("0190a1b2-0000-7000-8000-0000000000c1") : List.of();
  }

  @Override
  public synchronized void remove(String name) {
    rows.remove(name);
  }

  @Override
  public synchronized Map<RecordKind, MappingVersion> mappings(String crm) {
    Map<RecordKind, MappingVersion> now = new EnumMap<>(RecordKind.class);
    for (RecordKind kind : RecordKind.values()) {
      versions(crm, kind).stream().findFirst().ifPresent(one -> now.put(kind, one));
    }
    return now;
  }

  @Override
  public synchronized List<MappingVersion> versions(String crm, RecordKind kind) {
    return mappings.getOrDefault(crm + "/" + kind, List.of()).reversed();
  }

  @Override
  public synchronized MappingVersion saveMapping(
      String crm, RecordKind kind, long from, List<FieldRule> rules, long at, String by) {
    List<MappingVersion> all = mappings.computeIfAbsent(crm + "/" + kind, any -> new ArrayList<>());
    if (all.size() != from) {
      throw new Fault.Refused("Somebody else changed this mapping meanwhile.");
    }
    MappingVersion next = new MappingVersion(from + 1, at, by, rules);
    all.add(next);
    rows.computeIfPresent(crm, (name, row) -> next(row));
    return next;
  }
}
