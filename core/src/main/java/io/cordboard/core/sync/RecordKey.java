package io.cordboard.core.sync;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import java.util.Locale;

/**
 * A record, as work names it: {@code customer:0199...}.
 *
 * @param id ours, or theirs in work of a hook
 */
public record RecordKey(RecordKind kind, String id) {
  /** As work names it. */
  public String text() {
    return kind.word() + ":" + id;
  }

  static RecordKey of(String text) {
    int colon = text.indexOf(':');
    try {
      return new RecordKey(
          RecordKind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT)), text.substring(colon + 1));
    } catch (RuntimeException unreadable) {
      throw new Fault.BadRequest("'%s' names no record.".formatted(Fault.excerpt(text)));
    }
  }
}
