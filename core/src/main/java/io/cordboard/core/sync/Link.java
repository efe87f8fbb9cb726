package io.cordboard.core.sync;

import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One record here and there are the same.
 *
 * @param ours our id
 * @param ref under which their record is found: our id, with a number behind it where it had to be made anew
 * @param theirs their id
 * @param version theirs when it was read or written last; empty where they have none
 * @param agreed what both sides had then, by our names
 * @param customer ours to whom their record belongs; empty where it is a customer itself
 * @param rev rises with every change of the link
 */
public record Link(
    RecordKind kind,
    String ours,
    String ref,
    String theirs,
    String version,
    SortedMap<String, Value> agreed,
    String customer,
    State state,
    long rev) {
  /** How far a link holds. */
  public enum State {
    /** Both records are there. */
    LIVE,
    /** Theirs was deleted there: it is not made again. */
    GONE_THERE,
    /** Theirs was taken away because ours is no more. */
    REMOVED,
    /** Ours is no more, and the system cannot take theirs away: somebody has to. */
    LEFT_OVER
  }

  public Link {
    agreed = Collections.unmodifiableSortedMap(new TreeMap<>(agreed));
  }

  boolean isLive() {
    return state == State.LIVE;
  }

  /** A new one. */
  static Link of(
      RecordKind kind, String ours, String ref, String theirs, String version, SortedMap<String, Value> agreed,
      String customer) {
    return new Link(kind, ours, ref, theirs, version, agreed, customer, State.LIVE, 0);
  }

  Link agreed(String newVersion, SortedMap<String, Value> newAgreed) {
    return new Link(kind, ours, ref, theirs, newVersion, newAgreed, customer, state, rev);
  }

  Link of(String newCustomer) {
    return new Link(kind, ours, ref, theirs, version, agreed, newCustomer, state, rev);
  }

  Link in(State newState) {
    return new Link(kind, ours, ref, theirs, version, agreed, customer, newState, rev);
  }
}
