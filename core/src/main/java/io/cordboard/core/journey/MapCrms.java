package io.cordboard.core.journey;

import io.cordboard.core.journey.CrmTrial.Sample;
import io.cordboard.core.sync.Connections.File;
import io.cordboard.core.sync.CrmStore;
import io.cordboard.core.sync.CrmStore.MappingVersion;
import io.cordboard.core.sync.CrmStore.Row;
import io.cordboard.core.sync.FieldRule;
import io.cordboard.core.sync.Mapping;
import io.cordboard.core.sync.MappingForm;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.OurFields;
import io.cordboard.spi.crm.RecordKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An administrator says how our fields go with those of another system. Each change is a version of its own. */
public final class MapCrms {
  private final CrmParts parts;
  private final CrmSamples samples;

  public MapCrms(CrmParts parts) {
    this.parts = parts;
    this.samples = new CrmSamples(parts.crms(), parts.sync());
  }

  /**
   * How a kind of records is mapped.
   *
   * @param version of the mapping that was saved; 0 where the file or the adapter says how
   * @param theirs fields of the system; empty where it cannot tell, or does not answer
   * @param trouble why their fields are missing
   */
  public record Mapped(
      RecordKind kind, long version, List<FieldRule> rules, List<OurFields.Field> ours, List<Field> theirs,
      @Nullable String trouble) {}

  /** What a mapping would do, which was not saved. */
  public record Preview(List<Mistake> mistakes, List<Sample> read, List<Sample> written) {}

  /** How it is mapped now. */
  public Mapped read(Principal who, String name, RecordKind kind) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    Row row = parts.row(name);
    String trouble = null;
    List<Field> theirs = List.of();
    try {
      theirs = theirs(row, kind);
    } catch (Fault away) {
      trouble = away.getMessage();
    }
    return new Mapped(
        kind, version(name, kind), rules(parts.crms(), parts.connections().file(row.file(), name), kind, theirs),
        OurFields.of(kind), theirs, trouble);
  }

  private List<Field> theirs(Row row, RecordKind kind) {
    return parts.ask(row, crm -> fields(crm, kind));
  }

  private static List<Field> fields(Crm crm, RecordKind kind) {
    return crm.can(kind, Ability.FIELDS) ? crm.as(DescribeFields.class, kind).fields(kind) : List.of();
  }

  private long version(String name, RecordKind kind) {
    MappingVersion now = parts.crms().mappings(name).get(kind);
    return now == null ? 0 : now.version();
  }

  /** The rules that were saved, or those of the file, or what is usual. */
  static List<FieldRule> rules(CrmStore crms, File file, RecordKind kind, List<Field> theirs) {
    MappingVersion saved = crms.mappings(file.name()).get(kind);
    if (saved != null) {
      return saved.rules();
    }
    return file.lines().containsKey(kind)
        ? MappingForm.read("sync.mapping." + kind.word(), file.lines().get(kind), kind, theirs).rules()
        : MappingForm.usual(kind, theirs);
  }

  /** What it was, the newest first. */
  public List<MappingVersion> versions(Principal who, String name, RecordKind kind) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    parts.row(name);
    return parts.crms().versions(name, kind);
  }

  /** Shows with real records what these lines would do. */
  public Preview preview(Principal who, String name, RecordKind kind, List<Map<String, Object>> lines) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    Row row = parts.row(name);
    parts.audited(who, "crm-mapping-tried", name, Map.of("kind", kind.word()));
    return parts.ask(
        row,
        crm -> {
          MappingForm.Read read = MappingForm.read("rules", lines, kind, fields(crm, kind));
          Mapping mapping = new Mapping(read.rules(), parts.numbers());
          return new Preview(
              read.mistakes(),
              CrmSamples.records(crm, kind).stream().map(record -> CrmSamples.read(record, mapping)).toList(),
              crm.can(kind, Ability.WRITE) ? samples.written(kind, mapping) : List.of());
        });
  }

  /**
   * Keeps these lines as the next version.
   *
   * @param from the version that they were made from
   * @throws Fault.BadRequest naming each line that is wrong
   * @throws Fault.Refused when somebody else saved one meanwhile
   */
  public Mapped save(Principal who, String name, RecordKind kind, long from, List<Map<String, Object>> lines) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    Row row = parts.row(name);
    return keep(who, row, kind, from, MappingForm.read("rules", lines, kind, theirs(row, kind)).orThrow());
  }

  /** Keeps what stood in an earlier version as the next one. */
  public Mapped takeBack(Principal who, String name, RecordKind kind, long from, long to) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    Row row = parts.row(name);
    MappingVersion earlier =
        parts.crms().versions(name, kind).stream()
            .filter(one -> one.version() == to)
            .findFirst()
            .orElseThrow(
                () -> new Fault.NotFound("There is no version %d of this mapping.".formatted(to)));
    // the system may have lost a field since
    List<Map<String, Object>> lines = earlier.rules().stream().map(MappingForm::line).toList();
    return keep(who, row, kind, from, MappingForm.read("rules", lines, kind, theirs(row, kind)).orThrow());
  }

  private Mapped keep(Principal who, Row row, RecordKind kind, long from, List<FieldRule> rules) {
    parts.audited(
        who, "crm-mapping-changed", row.name(), Map.of("kind", kind.word(), "version", String.valueOf(from + 1)));
    parts.crms().saveMapping(row.name(), kind, from, rules, parts.clock().micros(), who.auditName());
    parts.changed().run();
    return read(who, row.name(), kind);
  }
}
