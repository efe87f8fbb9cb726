package io.cordboard.core.sync;

import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands with us, by the names of {@link io.cordboard.spi.crm.OurFields}.
 *
 * @param id ours: the ref under which other systems keep it
 * @param changedAt when it was changed last, microseconds UTC
 * @param gone the other systems shall not have it (any more): merged into another one, or the customer it was of
 *     turned out to be somebody else
 * @param customer ours whom it is of; null for a customer, and where nobody knows
 */
public record Ours(
    RecordKind kind,
    String id,
    long changedAt,
    boolean gone,
    @Nullable String customer,
    SortedMap<String, Value> fields) {
  public Ours {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }
}
