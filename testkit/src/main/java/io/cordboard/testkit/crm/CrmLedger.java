package io.cordboard.testkit.crm;

import io.cordboard.spi.crm.RecordKind;
import java.util.ArrayList;
import java.util.List;

/** Everything that was done to a CRM, in the order in which it was done. Only grows. Thread-safe. */
public final class CrmLedger {
  private final List<Effect> effects = new ArrayList<>();

  /** What was done to a record. */
  public enum Deed {
    MADE,
    CHANGED,
    /** It stood there like this already. */
    UNCHANGED,
    DELETED,
    MERGED
  }

  /**
   * One effect.
   *
   * @param nanos when, by the CRM's monotonic clock
   * @param ref empty where the record carries none
   * @param version of the record since then
   * @param operation as the writer named it; empty where it did not, and for what people did there
   * @param hash of the fields that were written
   * @param ours it came through the CRM's interface; else a person did it there
   */
  public record Effect(
      long nanos,
      RecordKind kind,
      String ref,
      String id,
      long version,
      String operation,
      Deed deed,
      long hash,
      boolean ours) {}

  synchronized void add(Effect effect) {
    effects.add(effect);
  }

  /** All so far. */
  public synchronized List<Effect> effects() {
    return List.copyOf(effects);
  }

  /** Those from this place on: lets a reader follow. */
  public synchronized List<Effect> since(int place) {
    return List.copyOf(effects.subList(Math.min(place, effects.size()), effects.size()));
  }

  /** How many there are. */
  public synchronized int size() {
    return effects.size();
  }

  /** Effects of a record that carries this id of ours, without those that left it as it was. */
  public synchronized List<Effect> of(RecordKind kind, String ref) {
    return effects.stream()
        .filter(effect -> effect.kind() == kind && effect.ref().equals(ref) && effect.deed() != Deed.UNCHANGED)
        .toList();
  }
}
