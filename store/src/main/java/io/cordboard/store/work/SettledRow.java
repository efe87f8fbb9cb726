package io.cordboard.store.work;

import io.cordboard.core.work.WorkStore.Settled;
import org.jspecify.annotations.Nullable;

/** What becomes of an item's row. Null leaves the column as it is. */
record SettledRow(
    long id,
    String state,
    @Nullable Long dueAt,
    boolean inDoubt,
    @Nullable String reason,
    int uncounted) {
  private static final int MAX_REASON = 1_000;

  static SettledRow of(Settled settled) {
    long id = settled.item().id();
    return switch (settled) {
      case Settled.Done _ -> new SettledRow(id, "DONE", null, false, null, 0);
      case Settled.Again a ->
          new SettledRow(id, "OPEN", a.dueAt(), a.inDoubt(), cut(a.reason()), a.counted() ? 0 : 1);
      case Settled.Dead d -> new SettledRow(id, "DEAD", null, d.inDoubt(), cut(d.reason()), 0);
      case Settled.Untouched u -> new SettledRow(id, "OPEN", null, u.item().inDoubt(), null, 1);
    };
  }

  private static String cut(String reason) {
    String text = reason.replace('\0', '·');
    return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
  }
}
