package io.cordboard.core.identity;

import java.util.Map;

/** Keeps the rules of trunks. Thread-safe. */
public interface TrunkStore {
  /** All of them by the trunk's name. */
  Map<String, TrunkRules> load();

  /** Puts these in place of those before. */
  void save(String trunk, TrunkRules rules);

  /** Whether there were any. */
  boolean delete(String trunk);
}
