package io.cordboard.core.identity;

import io.cordboard.core.identity.TrunkStore.Change;
import io.cordboard.core.identity.TrunkStore.Version;
import io.cordboard.kernel.Fault;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The rules of every trunk as they are now. A call is read by the rules of its trunk, of {@value
 * #USUAL} where it has none of its own. The company's lines and extensions are own numbers on every
 * trunk, without being written down again. Thread-safe.
 */
public final class TrunkBook {
  /** The name under which the rules for all other trunks are kept. */
  public static final String USUAL = "default";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern NUMBER = Pattern.compile("\\+?[1-9]\\d{0,19}");
  private static final TrunkRules FALLBACK = TrunkRules.of(Place.of("CN"));
  private static final Version UNWRITTEN = new Version(0, new Stamp(0, ""), FALLBACK);
  private final TrunkStore store;
  private volatile Map<String, Version> written = Map.of(USUAL, UNWRITTEN);
  private volatile Map<String, TrunkRules> effective = Map.of(USUAL, FALLBACK);
  private NumberSet company = NumberSet.NONE;

  public TrunkBook(TrunkStore store) {
    this.store = store;
  }

  /** Reads what is kept; before the first call, and after another node changed it. */
  public synchronized void reload() {
    show(store.load());
  }

  private void show(Map<String, Version> fresh) {
    Map<String, Version> all = new TreeMap<>(fresh);
    all.putIfAbsent(USUAL, UNWRITTEN);
    written = Map.copyOf(all);
    Map<String, TrunkRules> rules = new HashMap<>();
    all.forEach((trunk, version) -> rules.put(trunk, rulesOf(version).alsoOwning(company)));
    effective = Map.copyOf(rules);
  }

  private static TrunkRules rulesOf(Version version) {
    TrunkRules rules = version.rules();
    return rules == null ? FALLBACK : rules;
  }

  /** How this trunk's numbers are read. */
  public TrunkRules of(String trunk) {
    Map<String, TrunkRules> now = effective;
    TrunkRules own = now.get(trunk);
    return own != null ? own : now.getOrDefault(USUAL, FALLBACK);
  }

  /** The rules as somebody wrote them, by trunk. */
  public Map<String, Version> all() {
    return new TreeMap<>(written);
  }

  /** What the rules of a trunk were, the newest first; see {@link TrunkStore#history}. */
  public List<Version> history(String trunk, int before, int most) {
    return store.history(trunk, before, most);
  }

  /** How numbers would be read by rules that are not kept yet. */
  public synchronized TrunkRules draft(TrunkRules rules) {
    return rules.alsoOwning(company);
  }

  /** {@link Fault.BadRequest} when no trunk may have this name. */
  public static void checkName(String trunk) {
    if (!NAME.matcher(trunk).matches()) {
      throw new Fault.BadRequest(
          "'%s' is no name of a trunk: use letters, digits and . _ - as the switch names it."
              .formatted(Fault.excerpt(trunk)));
    }
  }

  /** Keeps the rules of a trunk; the next call is read by them. */
  public synchronized Version change(String trunk, TrunkRules rules, Change change) {
    checkName(trunk);
    Version kept = store.save(trunk, rules, change);
    Map<String, Version> next = new HashMap<>(written);
    next.put(trunk, kept);
    show(next);
    return kept;
  }

  /** From now on the trunk is read by the usual rules. */
  public synchronized void remove(String trunk, Change change) {
    Version now = written.get(trunk);
    if (now == null || now.n() == 0) {
      throw new Fault.NotFound("This trunk has no rules of its own.");
    }
    store.save(trunk, null, change);
    Map<String, Version> next = new HashMap<>(written);
    next.remove(trunk);
    show(next);
  }

  /** The company's lines and extensions changed; what is no number among them is left out. */
  public synchronized void companyOwns(Collection<String> numbers) {
    company =
        NumberSet.of(
            numbers.stream().filter(n -> NUMBER.matcher(n).matches()).distinct().sorted().toList());
    show(new HashMap<>(written));
  }
}
