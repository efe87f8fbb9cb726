package io.cordboard.core.sync;

import io.cordboard.core.sync.FieldRule.Way;
import io.cordboard.core.sync.FieldRule.Wins;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.Value.Hidden;
import io.cordboard.spi.crm.Value.Many;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done so that both sides have the same, given what they agreed on last. Pure. After it was done, the
 * same comparison finds nothing to do: no change goes to and fro.
 *
 * @param here what is written into ours
 * @param there what is written into theirs, by our names
 * @param agreed what both have afterwards
 * @param clashes where one side lost
 */
public record ThreeWay(
    SortedMap<String, Value> here,
    SortedMap<String, Value> there,
    SortedMap<String, Value> agreed,
    List<Clash> clashes) {
  private static final Value NOTHING = Value.EMPTY;
  /** Fields of ours in which something always stands. */
  private static final Set<String> NEVER_EMPTY = Set.of("name", "kind", "language", "level");

  /**
   * A value that lost.
   *
   * @param ours whether it was ours
   */
  public record Clash(String field, boolean ours, Value lost, Value stands) {}

  /**
   * The two sides.
   *
   * @param weAreNewer by the times at which the records were changed
   */
  record Sides(SortedMap<String, Value> ours, SortedMap<String, Value> theirs, boolean weAreNewer) {}

  static ThreeWay of(List<FieldRule> rules, @Nullable SortedMap<String, Value> agreed, Sides sides) {
    Merging merging = new Merging(agreed, sides);
    rules.forEach(merging::field);
    return new ThreeWay(merging.here, merging.there, merging.after, merging.clashes);
  }

  boolean isNothing() {
    return here.isEmpty() && there.isEmpty();
  }

  private static final class Merging {
    private final @Nullable SortedMap<String, Value> agreed;
    private final Sides sides;
    private final SortedMap<String, Value> here = new TreeMap<>();
    private final SortedMap<String, Value> there = new TreeMap<>();
    private final SortedMap<String, Value> after;
    private final List<Clash> clashes = new ArrayList<>();

    Merging(@Nullable SortedMap<String, Value> agreed, Sides sides) {
      this.agreed = agreed;
      this.sides = sides;
      this.after = agreed == null ? new TreeMap<>() : new TreeMap<>(agreed);
    }

    void field(FieldRule rule) {
      String name = rule.ours();
      Value ours = sides.ours().get(name);
      Value theirs = sides.theirs().get(name);
      if (theirs instanceof Hidden || ours instanceof Hidden) {
        return;
      }
      switch (rule.way()) {
        case OUT -> out(rule, ours, theirs);
        case IN -> in(name, ours, theirs);
        case BOTH -> both(rule, ours, theirs);
      }
    }

    private void out(FieldRule rule, @Nullable Value given, @Nullable Value theirs) {
      String name = rule.ours();
      if (given == null) {
        return;
      }
      Value base = agreed == null ? null : agreed.get(name);
      Value ours = rule.conversion().first() ? oneOf(given, theirs == null ? base : theirs) : given;
      if (base != null && theirs != null && !rule.same(theirs, base) && !rule.same(theirs, ours)) {
        if (rule.wins() != Wins.OURS) {
          // it stays what it was agreed on, so that it is seen as somebody's own for ever
          return;
        }
        clashes.add(new Clash(name, false, theirs, ours));
      }
      if (!rule.same(ours, theirs == null ? base == null ? NOTHING : base : theirs)) {
        there.put(name, ours);
      }
      after.put(name, ours);
    }

    private void in(String name, @Nullable Value ours, @Nullable Value theirs) {
      if (theirs == null) {
        return;
      }
      boolean cannotBeEmpty = theirs instanceof Value.Empty && NEVER_EMPTY.contains(name);
      if (!theirs.equals(ours) && !cannotBeEmpty) {
        here.put(name, theirs);
      }
      after.put(name, theirs);
    }

    private void both(FieldRule rule, @Nullable Value ours, @Nullable Value theirs) {
      String name = rule.ours();
      if (ours == null || theirs == null) {
        if (ours != null) {
          out(rule, ours, null);
        }
        return;
      }
      Value base = agreed == null ? null : agreed.get(name);
      if (ours instanceof Many || theirs instanceof Many || base instanceof Many) {
        several(rule, ours, theirs, base);
      } else if (rule.same(ours, theirs)) {
        after.put(name, ours);
      } else if (rule.same(theirs, base == null ? NOTHING : base)) {
        there.put(name, ours);
        after.put(name, ours);
      } else if (rule.same(ours, base == null ? NOTHING : base)) {
        here.put(name, theirs);
        after.put(name, theirs);
      } else {
        clash(rule, ours, theirs);
      }
    }

    private void clash(FieldRule rule, Value ours, Value theirs) {
      boolean ourWin =
          switch (rule.wins()) {
            case OURS -> true;
            case THEIRS -> false;
            case NEWER -> sides.weAreNewer();
          };
      Value stands = ourWin ? ours : theirs;
      (ourWin ? there : here).put(rule.ours(), stands);
      after.put(rule.ours(), stands);
      clashes.add(new Clash(rule.ours(), !ourWin, ourWin ? theirs : ours, stands));
    }

    // several values are no clash: what one side added or took away is added and taken away on the other
    private void several(FieldRule rule, Value ours, Value theirs, @Nullable Value base) {
      String name = rule.ours();
      Set<String> was = texts(base == null ? NOTHING : base);
      Set<String> o = texts(ours);
      Set<String> t = texts(theirs);
      if (rule.conversion().first()) {
        first(rule, o, t, was);
        return;
      }
      Set<String> both = new LinkedHashSet<>();
      o.stream().filter(one -> t.contains(one) || !was.contains(one)).forEach(both::add);
      t.stream().filter(one -> !was.contains(one)).forEach(both::add);
      Value stands = value(both);
      if (!both.equals(o)) {
        here.put(name, stands);
      }
      if (!both.equals(t)) {
        there.put(name, stands);
      }
      after.put(name, stands);
    }

    // they have room for one of ours: only what they did with that one counts
    private void first(FieldRule rule, Set<String> ours, Set<String> theirs, Set<String> was) {
      String name = rule.ours();
      Set<String> stands = new LinkedHashSet<>();
      if (theirs.equals(was)) {
        stands.addAll(ours);
      } else {
        stands.addAll(theirs);
        ours.stream().filter(one -> theirs.contains(one) || !was.contains(one)).forEach(stands::add);
      }
      if (!stands.equals(ours)) {
        here.put(name, value(stands));
      }
      // one that is still a number of ours stays where it is, also if it is not the first
      boolean fine = theirs.isEmpty() ? stands.isEmpty() : stands.containsAll(theirs);
      if (!fine) {
        there.put(name, value(stands));
      }
      after.put(name, fine ? value(theirs) : value(stands.stream().sorted().limit(1).toList()));
    }

    // the one of ours that they have room for: the one that stands there, as long as it is one of ours
    private static Value oneOf(Value ours, @Nullable Value stands) {
      Set<String> there = texts(stands == null ? NOTHING : stands);
      Set<String> all = texts(ours);
      boolean fine = !there.isEmpty() && all.containsAll(there);
      return fine ? value(there) : value(all.stream().sorted().limit(1).toList());
    }

    private static Value value(java.util.Collection<String> texts) {
      return Value.of(List.copyOf(texts).stream().sorted().toList());
    }

    private static Set<String> texts(Value value) {
      return switch (value) {
        case Many many -> new LinkedHashSet<>(many.texts());
        case Value.Text text -> new LinkedHashSet<>(List.of(text.text()));
        case Value.Number _, Value.Flag _, Value.Empty _, Hidden _ -> new LinkedHashSet<>();
      };
    }
  }
}
