package io.cordboard.testkit.crm;

import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmLedger.Deed;
import io.cordboard.testkit.crm.CrmLedger.Effect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says whether two sides agree, and whether all that was wanted was done once and in its order. Pure. */
public final class SyncCheck {
  private static final int SAMPLES = 10;

  private SyncCheck() {}

  /**
   * Something that was to be done.
   *
   * @param operation its name, as the ledger has it
   * @param key of the record: those of one key have an order
   * @param place in that order
   */
  public record Wanted(String operation, String key, long place) {}

  /**
   * What the ledger shows.
   *
   * @param lost wanted, and never done
   * @param duplicated done, and done again with an effect; also a record made twice for one ref
   * @param outOfOrder done after something that was to come later
   * @param samples some of them, in words
   */
  public record Effects(int wanted, int lost, int duplicated, int outOfOrder, List<String> samples) {
    /** Whether there is nothing wrong. */
    public boolean clean() {
      return lost == 0 && duplicated == 0 && outOfOrder == 0;
    }
  }

  /**
   * How equal two sides are.
   *
   * @param compared keys of either side
   * @param missingHere keys that only the other side has
   * @param missingThere keys that only our side has
   * @param samples some that are not equal, in words
   */
  public record Equality(
      int compared, int equal, int differing, int missingHere, int missingThere, List<String> samples) {
    /** In hundredths; 100 where there was nothing to compare. */
    public double percent() {
      return compared == 0 ? 100 : 100.0 * equal / compared;
    }
  }

  /** Compares two sides by key. */
  public static Equality compare(Map<String, ?> ours, Map<String, ?> theirs) {
    Set<String> keys = new TreeSet<>(ours.keySet());
    keys.addAll(theirs.keySet());
    List<String> samples = new ArrayList<>();
    int equal = 0;
    int missingHere = 0;
    int missingThere = 0;
    for (String key : keys) {
      Object our = ours.get(key);
      Object their = theirs.get(key);
      if (Objects.equals(our, their)) {
        equal++;
      } else {
        missingHere += our == null ? 1 : 0;
        missingThere += their == null ? 1 : 0;
        sample(samples, "%s: ours %s, theirs %s".formatted(key, our, their));
      }
    }
    int differing = keys.size() - equal - missingHere - missingThere;
    return new Equality(keys.size(), equal, differing, missingHere, missingThere, samples);
  }

  /**
   * Looks for everything that was wanted in a ledger.
   *
   * @param mayOvertake a later one of the same key stands for those before it that were never done
   */
  public static Effects effects(List<Wanted> wanted, List<Effect> ledger, boolean mayOvertake) {
    Map<String, Wanted> byOperation = new HashMap<>();
    wanted.forEach(one -> byOperation.put(one.operation(), one));
    Map<String, Long> furthest = new HashMap<>();
    Set<String> done = new HashSet<>();
    Set<String> withEffect = new HashSet<>();
    Set<String> refs = new HashSet<>();
    List<String> samples = new ArrayList<>();
    int duplicated = 0;
    int outOfOrder = 0;
    for (Effect effect : ledger) {
      Wanted one = byOperation.get(effect.operation());
      boolean first = done.add(effect.operation());
      if (isDuplicate(effect, one, withEffect, refs)) {
        duplicated++;
        sample(samples, "again: " + effect);
      }
      if (one != null && first && furthest.merge(one.key(), one.place(), Math::max) > one.place()) {
        outOfOrder++;
        sample(samples, "too late: " + effect);
      }
    }
    int lost = 0;
    for (Wanted one : wanted) {
      boolean overtaken = mayOvertake && furthest.getOrDefault(one.key(), Long.MIN_VALUE) > one.place();
      if (!done.contains(one.operation()) && !overtaken) {
        lost++;
        sample(samples, "lost: " + one);
      }
    }
    return new Effects(wanted.size(), lost, duplicated, outOfOrder, samples);
  }

  private static boolean isDuplicate(
      Effect effect, @Nullable Wanted one, Set<String> withEffect, Set<String> refs) {
    boolean again = one != null && effect.deed() != Deed.UNCHANGED && !withEffect.add(effect.operation());
    String ref = effect.kind() + "/" + effect.ref();
    boolean second = effect.deed() == Deed.MADE && !effect.ref().isEmpty() && !refs.add(ref);
    if (effect.deed() == Deed.DELETED || effect.deed() == Deed.MERGED) {
      refs.remove(ref);
    }
    return again || second;
  }

  private static void sample(List<String> samples, String words) {
    if (samples.size() < SAMPLES) {
      samples.add(words);
    }
  }

  /** The fields of records by our id, as {@link #compare} wants them; those without one are left out. */
  public static Map<String, SortedMap<String, Value>> byRef(List<CrmRecord> records) {
    Map<String, SortedMap<String, Value>> made = new HashMap<>();
    for (CrmRecord record : records) {
      if (record.ref() != null && record.state() == CrmRecord.State.LIVE) {
        made.put(record.ref(), record.fields());
      }
    }
    return made;
  }

  /** A number that differs where fields do, the same on every machine. */
  public static long hash(SortedMap<String, Value> fields) {
    long hash = 0xcbf29ce484222325L;
    for (Map.Entry<String, Value> field : fields.entrySet()) {
      hash = mixed(hash, field.getKey());
      hash = mixed(hash, field.getValue().toString());
    }
    return hash;
  }

  private static long mixed(long hash, String words) {
    long mixed = hash;
    for (byte one : words.getBytes(StandardCharsets.UTF_8)) {
      mixed = (mixed ^ (one & 0xff)) * 0x100000001b3L;
    }
    return (mixed ^ 0x1f) * 0x100000001b3L;
  }
}
