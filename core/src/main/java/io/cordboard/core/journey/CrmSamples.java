package io.cordboard.core.journey;

import io.cordboard.core.journey.CrmTrial.Look;
import io.cordboard.core.journey.CrmTrial.Sample;
import io.cordboard.core.sync.CrmStore;
import io.cordboard.core.sync.FieldRule.Way;
import io.cordboard.core.sync.Mapping;
import io.cordboard.core.sync.Ours;
import io.cordboard.core.sync.SyncStore;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.FindByEmail;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks at a system without changing anything there, and shows some real records on both sides. */
final class CrmSamples {
  private static final int SHOWN = 5;
  private static final int MOST_FIELDS = 80;
  private static final int MOST_LETTERS = 200;
  private static final Duration WITHIN = Duration.ofSeconds(10);
  // nobody has them: the number is kept free for films, the domain by RFC 2606
  private static final PhoneNumber NOBODY = new PhoneNumber("+447700900999");
  private static final String NO_ADDRESS = "nobody@cordboard.invalid";
  private static final String NO_REF = "00000000-0000-7000-8000-000000000000";

  private final CrmStore crms;
  private final SyncStore sync;

  CrmSamples(CrmStore crms, SyncStore sync) {
    this.crms = crms;
    this.sync = sync;
  }

  /** What a kind is like there, and what would flow. */
  CrmTrial.Kind kind(Crm crm, RecordKind kind, Mapping mapping) {
    List<CrmRecord> records = new ArrayList<>();
    List<Look> looks = new ArrayList<>();
    for (Ability ability : new TreeSet<>(crm.abilities().getOrDefault(kind, Set.of()))) {
      look(crm, kind, ability, records).ifPresent(looks::add);
    }
    boolean writes = crm.can(kind, Ability.WRITE);
    return new CrmTrial.Kind(
        kind, crm.abilities().getOrDefault(kind, Set.of()), mapping.rules(), looks,
        records.stream().map(record -> read(record, mapping)).toList(),
        writes ? written(kind, mapping) : List.of());
  }

  private static Optional<Look> look(
      Crm crm, RecordKind kind, Ability ability, List<CrmRecord> records) {
    try {
      switch (ability) {
        case FIND_BY_NUMBER -> crm.as(FindByNumber.class, kind).findByNumber(NOBODY, WITHIN);
        case FIND_BY_EMAIL -> crm.as(FindByEmail.class, kind).findByEmail(NO_ADDRESS, WITHIN);
        case READ -> crm.as(ReadRecords.class, kind).findByRef(kind, NO_REF);
        case CHANGES -> crm.as(ReadChanges.class, kind).changes(kind, null, 1);
        case SCAN -> records.addAll(records(crm, kind));
        case FIELDS -> crm.as(DescribeFields.class, kind).fields(kind);
        // they cannot be tried without changing something, or wait for the other side
        case WRITE, REMOVE, HOOKS -> {
          return Optional.empty();
        }
      }
      return Optional.of(new Look(ability, null));
    } catch (Fault failed) {
      return Optional.of(new Look(ability, failed.getMessage()));
    }
  }

  /** The first records that are there; empty where the system cannot list them. */
  static List<CrmRecord> records(Crm crm, RecordKind kind) {
    return crm.can(kind, Ability.SCAN)
        ? crm.as(ScanRecords.class, kind).scan(kind, null, SHOWN).records().stream()
            .filter(record -> record.state() == CrmRecord.State.LIVE)
            .limit(SHOWN)
            .toList()
        : List.of();
  }

  /** A record of theirs, and what would stand with us. */
  static Sample read(CrmRecord record, Mapping mapping) {
    SortedMap<String, Value> here = new TreeMap<>(mapping.here(record));
    mapping.rules().stream().filter(rule -> rule.way() == Way.OUT).forEach(rule -> here.remove(rule.ours()));
    return new Sample(Fault.cut(record.id(), MOST_LETTERS), shown(record.fields()), shown(here), null);
  }

  /** Some records of ours, and what would be written there. */
  List<Sample> written(RecordKind kind, Mapping mapping) {
    List<String> ids = crms.ours(kind, "", SHOWN);
    Map<String, Ours> ours = sync.ours(kind, ids);
    return ids.stream()
        .flatMap(id -> Optional.ofNullable(ours.get(id)).stream())
        .map(one -> written(one.id(), one.fields(), mapping))
        .toList();
  }

  private static Sample written(String id, SortedMap<String, Value> ours, Mapping mapping) {
    SortedMap<String, Value> out = new TreeMap<>(ours);
    mapping.rules().stream().filter(rule -> rule.way() == Way.IN).forEach(rule -> out.remove(rule.ours()));
    try {
      return new Sample(id, shown(mapping.there(out)), shown(ours), null);
    } catch (Fault unfit) {
      return new Sample(id, Map.of(), shown(ours), unfit.getMessage());
    }
  }

  private static Map<String, String> shown(SortedMap<String, Value> fields) {
    Map<String, String> shown = new LinkedHashMap<>();
    fields.entrySet().stream()
        .limit(MOST_FIELDS)
        .forEach(field -> shown.put(Fault.cut(field.getKey(), MOST_LETTERS), Fault.cut(text(field.getValue()), MOST_LETTERS)));
    return shown;
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Number number -> number.number().toPlainString();
      case Value.Flag flag -> String.valueOf(flag.yes());
      case Value.Many many -> many.texts().stream().limit(20).collect(Collectors.joining(", "));
      case Value.Empty _ -> "";
      case Value.Hidden _ -> "•••";
    };
  }
}
