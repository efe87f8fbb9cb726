package io.cordboard.core.identity;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the rules of trunks, and every version that they ever had. Thread-safe. */
public interface TrunkStore {
  /** The rules of all trunks that have some, by the trunk's name. */
  Map<String, Version> load();

  /**
   * Puts rules in place of those before.
   *
   * @param rules null when the trunk has none of its own from now on
   * @throws Fault.Refused when somebody changed them since the version that the change is based on
   */
  Version save(String trunk, @Nullable TrunkRules rules, Change change);

  /**
   * What the rules of a trunk were, the newest first.
   *
   * @param before versions below this number; {@link Integer#MAX_VALUE} for the first page
   */
  List<Version> history(String trunk, int before, int most);

  /**
   * Rules as they were after one change.
   *
   * @param n counted for each trunk from 1
   * @param rules null when the trunk had none of its own then
   */
  record Version(int n, Stamp how, @Nullable TrunkRules rules) {}

  /**
   * A change of a trunk's rules.
   *
   * @param basedOn the version that was looked at, 0 for a trunk that had no rules then; null when it
   *     does not matter
   */
  record Change(@Nullable Integer basedOn, Stamp how) {}
}
