package io.cordboard.spi.crm;

import java.math.BigDecimal;
import java.util.List;

/**
 * What stands in a field of a record. A field that the record does not carry at all is absent from its map, which is
 * something else than {@link Empty}: only the latter says that the field was cleared.
 */
public sealed interface Value {
  /** The one empty value. */
  Value EMPTY = new Empty();

  /** Words, a code, an id, or a time as ISO 8601 in UTC. */
  record Text(String text) implements Value {}

  /** A number, exact. */
  record Number(BigDecimal number) implements Value {}

  /** Yes or no. */
  record Flag(boolean yes) implements Value {}

  /** Several words, in their order. */
  record Many(List<String> texts) implements Value {
    public Many {
      texts = List.copyOf(texts);
    }
  }

  /** It is there, and nothing stands in it. */
  record Empty() implements Value {}

  /** It may not be read with our login: nothing follows from it. */
  record Hidden() implements Value {}

  /** Words; empty where there are none. */
  static Value of(String text) {
    return text.isEmpty() ? EMPTY : new Text(text);
  }

  /** Several words; empty where there are none. */
  static Value of(List<String> texts) {
    return texts.isEmpty() ? EMPTY : new Many(texts);
  }
}
