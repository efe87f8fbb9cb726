package io.cordboard.spi.crm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells which fields records of a kind have, so that they can be mapped. */
public interface DescribeFields {
  /** All fields that we may read or write, in the order in which a person would look for them. */
  List<Field> fields(RecordKind kind);

  /**
   * A field of theirs.
   *
   * @param name as in {@link CrmRecord#fields()}
   * @param label for people
   * @param options what may stand in it; empty where anything may
   * @param suits the field of ours that it usually goes with, by its name in docs/crm.md; null where none
   */
  record Field(
      String name,
      String label,
      Type type,
      boolean required,
      boolean readOnly,
      List<String> options,
      @Nullable String suits) {
    public Field {
      options = List.copyOf(options);
    }
  }

  /** What may stand in a field. */
  enum Type {
    TEXT,
    NUMBER,
    FLAG,
    TIME,
    DATE,
    TEXTS,
    /** Their id of another record. */
    LINK
  }
}
