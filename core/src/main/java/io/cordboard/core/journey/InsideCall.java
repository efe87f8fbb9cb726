package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.call.LedgerFact.DialledOut;
import io.cordboard.core.call.LedgerFact.Placed;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.Parts;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An agent calls a colleague: their own phone is rung, then the colleague's, and the two speak apart as
 * those of a consultation do. The customer's leg of such a call is never made; the call is over with the
 * first of the two. Holds no state.
 */
final class InsideCall {
  /** Why somebody is rung, in the record; not counted as a customer's call. */
  static final String WHY = "inside";

  private final Supplier<Directory> directory;
  private final Offers offers;
  private final HandingOn handingOn;

  InsideCall(Supplier<Directory> directory, Offers offers, HandingOn handingOn) {
    this.directory = directory;
    this.offers = offers;
    this.handingOn = handingOn;
  }

  /**
   * The agent's phone from which this colleague can be reached now; a fault that says why there is none.
   *
   * @param handset at which they dialled by hand; null where theirs is still to be rung
   */
  Device device(Turn turn, AgentId by, Directory.Agent to, @Nullable Handset handset) {
    if (by.equals(to.id())) {
      throw new Fault.Refused("This is your own extension: choose a colleague's.");
    }
    List<Device> there = handset == null ? there(turn, by) : List.of(handset.device());
    if (there.isEmpty()) {
      throw new Fault.Refused(
          "Your phone is not there, or busy: look at the phone's light, then dial again.");
    }
    String why = null;
    for (Device device : there) {
      String here = handingOn.whyNot(turn, to, device.switchId());
      if (here == null) {
        return device;
      }
      why = why == null ? here : why;
    }
    throw new Fault.Refused("%s %s: try again later.".formatted(to.name(), why));
  }

  private List<Device> there(Turn turn, AgentId by) {
    Directory.Agent own = directory.get().agents().get(by);
    return own == null
        ? List.of()
        : own.devices().stream()
            .filter(device -> turn.agents().linkUp(device.switchId()))
            .filter(device -> offers.reachable(turn, by, device.switchId()))
            .toList();
  }

  /**
   * How it is begun.
   *
   * @param extension as it was dialled
   * @param rest the break from which the agent dials, null for none
   * @param handset the leg at which they dialled by hand, null for none
   */
  record Begin(AgentId by, String extension, @Nullable String rest, @Nullable LegKey handset) {}

  /** Begins the call; nobody but the one who dials is rung yet. */
  CallId begin(Turn turn, Device device, Directory.Agent to, Begin how) {
    long epoch = turn.agents().epoch(device.switchId());
    long now = turn.now();
    Call call =
        turn.open(
            id ->
                new DialledOut(
                    now, how.by(), new LegKey(device.switchId(), epoch, "x-" + id),
                    how.extension(), null, "", 0, false, how.rest(), null, 0, to.id(),
                    how.handset()));
    turn.record(call, new CallerMatched(turn.now(), "INTERNAL", null, List.of()));
    offers.inside(turn, call, how.by(), device);
    return call.id();
  }

  /** Whoever dials is at the phone: the colleague is rung, unless they were given a call meanwhile. */
  void ring(Turn turn, Call call, Segment first) {
    AgentId to = Objects.requireNonNull(call.dialledOut().orElseThrow().inside());
    Directory.Agent known = directory.get().agents().get(to);
    turn.record(call, new Placed(turn.now(), first.n(), false));
    if (known == null || handingOn.whyNot(turn, known, first.leg().switchId()) != null) {
      over(turn, call, new EndCause(Side.SWITCH, 17, 0, "busy"));
      return;
    }
    offers.offer(turn, call, to, AgentSignal.OFFER, List.of(WHY), first.n());
    turn.effect(call, new Effect.Ring(first.leg()));
  }

  /** After a restart or a lost link. */
  void resumed(Turn turn, Call call) {
    Segment second = Parts.consultation(call).orElse(null);
    if (second == null) {
      over(turn, call, new EndCause(Side.US, 16, 0, "given-up"));
    } else if (second.offer().open()) {
      offers.ringAgain(turn, call, second);
    }
  }

  /** The colleague did not answer. */
  static void notAnswered(Turn turn, Call call) {
    OfferState why = call.lastSegment().map(Segment::offer).orElse(OfferState.FAILED);
    over(
        turn, call,
        switch (why) {
          case DECLINED -> new EndCause(Side.FAR, 21, 0, "declined");
          case NO_ANSWER -> new EndCause(Side.SWITCH, 19, 0, "no-answer");
          default -> new EndCause(Side.SWITCH, 127, 0, "not-rung");
        });
  }

  /** There is no leg that a switch could tell the end of. */
  static void over(Turn turn, Call call, EndCause cause) {
    if (call.endedAt() == 0) {
      turn.concluded(new LegEnded(call.customerLeg().key(), turn.now(), cause));
    }
  }

  /** Of the other one, as seen from this part: what a phone shows; null where they have none any more. */
  static @Nullable String extensionFor(Call call, int part, Directory directory) {
    DialledOut out = call.dialledOut().orElseThrow();
    Directory.Agent by = directory.agents().get(out.by());
    return part == 1
        ? out.number()
        : by == null
            ? null
            : by.deviceOn(out.leg().switchId()).map(Device::address).orElse(null);
  }

  /** The other one's name, as seen from this part. */
  static String nameFor(Call call, int part, Directory directory) {
    DialledOut out = call.dialledOut().orElseThrow();
    AgentId other = part == 1 ? Objects.requireNonNull(out.inside()) : out.by();
    Directory.Agent known = directory.agents().get(other);
    return known == null ? "" : known.name();
  }

  /** Refuses what is done with a customer. */
  static void checkCustomer(Call call) {
    if (call.inside()) {
      throw new Fault.Refused("You speak to a colleague: there is no customer in this call.");
    }
  }
}
