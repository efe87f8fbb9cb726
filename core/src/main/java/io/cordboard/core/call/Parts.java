package io.cordboard.core.call;

import java.util.List;
import java.util.Optional;

/** Who is with whom in a call. It follows from the agents' parts alone: nothing else is kept of it. */
public final class Parts {
  private Parts() {}

  /** The bridge of the customer, and of all who are with them. */
  public static String talkBridge(Call call) {
    return "b-" + call.id();
  }

  /**
   * The bridge of an agent and whoever is asked for advice; never recorded. Another one for each who is
   * asked, since the name of a bridge that was closed is not used again.
   */
  public static String asideBridge(Call call) {
    long asked =
        call.segments().stream().filter(part -> part.by() != 0).count()
            + call.outsiders().stream().filter(party -> party.asked().aside()).count();
    return asked < 2 ? "c-" + call.id() : "c-%s-%d".formatted(call.id(), asked);
  }

  /** Agents who are with the customer, in the order in which they came. */
  public static List<Segment> withCustomer(Call call) {
    return call.segments().stream()
        .filter(part -> part.talking() && part.lostAt() == 0 && part.served() && !part.aside())
        .toList();
  }

  /** The part of the agent who is asked for advice: their phone rings, or they speak. */
  public static Optional<Segment> consultation(Call call) {
    return call.segments().stream()
        .filter(part -> !part.served() && (part.offer().open() || part.talking()))
        .findFirst();
  }

  /** The part of the agent who gives advice, where both are there. */
  static Optional<Segment> speaking(Call call) {
    return consultation(call)
        .filter(second -> second.talking() && second.lostAt() == 0)
        .filter(second -> call.segment(second.by()).lostAt() == 0);
  }

  /** Others who have the customer with this one, in a conference. */
  public static List<Segment> others(Call call, Segment mine) {
    return call.segments().stream()
        .filter(part -> part != mine && part.talking() && part.served())
        .toList();
  }

  /** The customer is gone, and two still speak: agents, or an agent and somebody outside. */
  public static boolean internal(Call call) {
    return call.endedAt() != 0
        && (consultation(call).filter(Segment::talking).isPresent() || call.outside().isPresent());
  }

  /** Somebody outside who is asked before the customer is handed on: their phone rings, or they speak. */
  public static Optional<OutsideParty> askedOutside(Call call) {
    return call.outside().filter(OutsideParty::aside);
  }

  /** Somebody outside who has the customer, alone or with agents. */
  public static Optional<OutsideParty> outsideWithCustomer(Call call) {
    return call.outside().filter(party -> party.talking() && !party.aside());
  }

  /** Whether anybody is with the customer. */
  public static boolean accompanied(Call call) {
    return !withCustomer(call).isEmpty() || outsideWithCustomer(call).isPresent();
  }
}
