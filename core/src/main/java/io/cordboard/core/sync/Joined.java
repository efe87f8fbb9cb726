package io.cordboard.core.sync;

import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.RecordKind;
import java.util.Map;

/**
 * A system that is joined to us.
 *
 * @param mappings of the kinds that flow; a kind without one does not
 * @param makeCustomers whether a customer whom only they know is made with us
 */
public record Joined(Crm crm, CrmGate gate, Map<RecordKind, Mapping> mappings, boolean makeCustomers) {
  public Joined {
    mappings = Map.copyOf(mappings);
  }

  /** The kind of durable work that brings records to it. */
  public static String workKind(String crm) {
    return "crm:" + crm;
  }

  /** The kind of durable work that takes over what it told us of. */
  public static String hookKind(String crm) {
    return "crm-hook:" + crm;
  }

  String name() {
    return crm.name();
  }

  Mapping mapping(RecordKind kind) {
    return mappings.getOrDefault(kind, NONE);
  }

  boolean flows(RecordKind kind) {
    return mappings.containsKey(kind);
  }

  private static final Mapping NONE = new Mapping(java.util.List.of(), written -> java.util.Optional.empty());
}
