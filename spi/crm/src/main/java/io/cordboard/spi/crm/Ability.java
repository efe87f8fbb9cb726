package io.cordboard.spi.crm;

import java.util.Arrays;
import java.util.Locale;

/** What a system can do with a kind of records; each is an interface. */
public enum Ability {
  FIND_BY_NUMBER(FindByNumber.class),
  FIND_BY_EMAIL(FindByEmail.class),
  READ(ReadRecords.class),
  CHANGES(ReadChanges.class),
  SCAN(ScanRecords.class),
  WRITE(WriteRecords.class),
  REMOVE(RemoveRecords.class),
  HOOKS(ReceiveHooks.class),
  FIELDS(DescribeFields.class);

  private final Class<?> type;

  Ability(Class<?> type) {
    this.type = type;
  }

  /** The interface with its methods. */
  public Class<?> type() {
    return type;
  }

  /** As it stands in messages and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Ability of(Class<?> type) {
    return Arrays.stream(values())
        .filter(ability -> ability.type.equals(type))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No ability: " + type.getName()));
  }
}
