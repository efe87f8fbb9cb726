package io.cordboard.web.api;

import io.cordboard.core.identity.TrunkRules;

/** How each trunk's numbers are read. Thread-safe. */
@FunctionalInterface
public interface Trunks {
  /** The rules of a trunk; those that hold for all others when it has none of its own. */
  TrunkRules of(String trunk);
}
