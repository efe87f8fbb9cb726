package io.cordboard.core.sync;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps how systems are joined to us. Thread-safe. */
public interface CrmStore {
  /** All, in the order of their names. */
  List<Row> all();

  Optional<Row> find(String name);

  /**
   * Keeps one.
   *
   * @param row with the version that it was made from; 0 for a new one
   * @throws Fault.Refused when it is new and its name is taken, or somebody else changed it meanwhile
   */
  void save(Row row, long at, String by);

  /**
   * Ids of records of ours, in their order: of customers that were not merged away, and of calls that ended. None of
   * other kinds.
   *
   * @param after the last one of the page before; empty for the first
   */
  List<String> ours(RecordKind kind, String after, int most);

  /** Forgets one, with its mappings; what was agreed on stays, so that it can be joined again. */
  void remove(String name);

  /** The mapping of each kind that counts. */
  Map<RecordKind, MappingVersion> mappings(String crm);

  /** All versions of a mapping, the newest first. */
  List<MappingVersion> versions(String crm, RecordKind kind);

  /**
   * Keeps a mapping as the next version.
   *
   * @throws Fault.Refused when another one came after {@code from}
   */
  MappingVersion saveMapping(String crm, RecordKind kind, long from, List<FieldRule> rules, long at, String by);

  /**
   * A system that is joined.
   *
   * @param file its configuration as it was given
   * @param settings what stands in no file, secrets too
   * @param internal whether addresses inside of the own network may be asked
   * @param on whether records flow
   * @param kinds of which records a change here is sent there
   * @param version rises with each change
   */
  record Row(
      String name, String adapter, String file, Map<String, String> settings, boolean internal, boolean on,
      Set<RecordKind> kinds, long version) {
    public Row {
      settings = Map.copyOf(settings);
      kinds = Set.copyOf(kinds);
    }

    /** Without its settings: they may be secret. */
    @Override
    public String toString() {
      return "Row[" + name + ", " + adapter + ", version " + version + "]";
    }
  }

  /** A mapping as it was once. */
  record MappingVersion(long version, long at, String by, List<FieldRule> rules) {
    public MappingVersion {
      rules = List.copyOf(rules);
    }
  }
}
