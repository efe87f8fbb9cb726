package io.cordboard.core.journey;

import io.cordboard.core.profile.ImportKind;
import io.cordboard.kernel.Fault;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of a file mean.
 *
 * @param columns the others are left out
 * @param zone of times without one
 * @param currency of amounts without one
 */
public record ImportMapping(List<Column> columns, String zone, String currency) {
  /**
   * One column.
   *
   * @param index from 0
   * @param target such as {@code mobile}
   */
  public record Column(int index, String target) {}

  public ImportMapping {
    columns = List.copyOf(columns);
    try {
      ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      throw new Fault.BadRequest(
          "Zone '%s' is unknown: use one such as Asia/Shanghai.".formatted(Fault.excerpt(zone)));
    }
    try {
      Currency.getInstance(currency);
    } catch (IllegalArgumentException unknown) {
      throw new Fault.BadRequest(
          "Currency '%s' is unknown: use a code such as CNY.".formatted(Fault.excerpt(currency)));
    }
  }

  /** Finds out whether rows of this kind can be read by it. */
  void check(ImportKind kind, int width) {
    Set<Integer> used = new HashSet<>();
    Map<String, Integer> targets = new HashMap<>();
    for (Column column : columns) {
      if (!kind.knows(column.target())) {
        throw new Fault.BadRequest(
            "'%s' is nothing that %s have: use %s."
                .formatted(
                    Fault.excerpt(column.target()), kind.code(),
                    String.join(", ", kind.required()) + ", " + String.join(", ", kind.optional())));
      }
      if (column.index() < 0 || column.index() >= width || !used.add(column.index())) {
        throw new Fault.BadRequest(
            "Column %d is named twice or is not in the file, which has %d."
                .formatted(column.index(), width));
      }
      if (targets.merge(column.target(), 1, Integer::sum) > 1
          && !ImportKind.IDENTITIES_OF.contains(column.target())) {
        throw new Fault.BadRequest("Two columns are '%s': choose one.".formatted(column.target()));
      }
    }
    for (String required : kind.required()) {
      if (!targets.containsKey(required)) {
        throw new Fault.BadRequest(
            "No column is '%s', which %s must have.".formatted(required, kind.code()));
      }
    }
  }
}
