package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Turn;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;

/** An agent's own part of a live call. */
record Mine(Call call, Segment segment) {

  /** The agent's last part of it; a fault when there is none. */
  static Mine part(Turn turn, AgentId agent, String callId) {
    Call call =
        turn.call(CallId.parse(callId))
            .orElseThrow(Mine::notHere);
    return call.segments().stream()
        .filter(segment -> segment.agent().equals(agent))
        .reduce((a, b) -> b)
        .map(segment -> new Mine(call, segment))
        .orElseThrow(() -> none(call, agent));
  }

  /**
   * What an agent says the outcome of.
   *
   * @param n the segment, 0 where another switch routed the call to them
   * @param wrappingUp the talk is over and the record is not complete
   */
  record Own(Call call, int n, boolean wrappingUp) {}

  /** The agent's talk, in whosever hand the call is; a fault when there is none. */
  static Own own(Turn turn, AgentId agent, String callId) {
    return turn.call(CallId.parse(callId))
        .filter(call -> !call.controlled() && call.knownAgent().filter(agent::equals).isPresent())
        .map(call -> new Own(call, 0, call.observedWrapUpUntil() != 0))
        .orElseGet(() -> part(turn, agent, callId).own());
  }

  private Own own() {
    return new Own(call, segment.n(), segment.wrappingUp());
  }

  private static Fault none(Call call, AgentId agent) {
    return call.knownAgent().filter(agent::equals).isPresent()
        ? new Fault.Refused(
            "Another switch routes this call: answer, hold and end it at your phone.")
        : notHere();
  }

  /** The same for a call that is over, for somebody else's, and for one that never was. */
  static Fault notHere() {
    return new Fault.NotFound("This call is not on your desk: it is over, or it is not yours.");
  }

  /** A short code from outside; {@link Fault.BadRequest} when it is none. */
  static String code(String text, String what) {
    if (!text.matches("[a-z0-9-]{1,40}")) {
      throw new Fault.BadRequest(
          "'%s' is no %s: a short code such as lunch.".formatted(Fault.excerpt(text), what));
    }
    return text;
  }
}
