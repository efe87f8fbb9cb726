package io.cordboard.core.call;

import io.cordboard.kernel.LegKey;
import org.jspecify.annotations.Nullable;

/** One leg of a call, as its mailbox knows it. Touched by the ledger's thread only. */
public final class Leg {
  private final LegKey key;
  private final Role role;
  private final int offer;
  long dialledAt;
  LegState state;
  @Nullable String bridge;
  long answeredAt;

  private Leg(LegKey key, Role role, int offer, long dialledAt, LegState state) {
    this.key = key;
    this.role = role;
    this.offer = offer;
    this.dialledAt = dialledAt;
    this.state = state;
  }

  static Leg ofCustomer(LegKey key) {
    return new Leg(key, Role.CUSTOMER, 0, 0, LegState.RINGING);
  }

  /** A customer whom we call: not dialled before the agent is there. */
  static Leg ofCalled(LegKey key) {
    return new Leg(key, Role.CUSTOMER, 0, 0, LegState.DIALLED);
  }

  static Leg ofAgent(LegKey key, int offer, long dialledAt) {
    return new Leg(key, Role.AGENT, offer, dialledAt, LegState.DIALLED);
  }

  static Leg ofOutside(LegKey key, long dialledAt) {
    return new Leg(key, Role.OUTSIDE, 0, dialledAt, LegState.DIALLED);
  }

  /** Whose leg it is. */
  public enum Role {
    CUSTOMER,
    AGENT,
    /** Somebody outside whom an agent called into a customer's call. */
    OUTSIDE
  }

  public LegKey key() {
    return key;
  }

  public Role role() {
    return role;
  }

  /** Number of the offer that an agent's leg belongs to; 0 for any other. */
  public int offer() {
    return offer;
  }

  /** When we ordered it, by our own clock; 0 for one from outside. */
  public long dialledAt() {
    return dialledAt;
  }

  /** It will be dialled, and no switch knows of it. */
  public boolean planned() {
    return state == LegState.DIALLED && dialledAt == 0;
  }

  public LegState state() {
    return state;
  }

  /** The bridge it is in. */
  public @Nullable String bridge() {
    return bridge;
  }

  public boolean alive() {
    return state != LegState.ENDED;
  }

  /** Connected to its far end. */
  public boolean up() {
    return state == LegState.UP || state == LegState.HELD;
  }

  /** When the far end answered, microseconds; 0 before. */
  public long answeredAt() {
    return answeredAt;
  }
}
