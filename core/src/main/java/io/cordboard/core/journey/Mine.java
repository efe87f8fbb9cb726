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
            .orElseThrow(() -> new Fault.NotFound("This call is over and closed."));
    return call.segments().stream()
        .filter(segment -> segment.agent().equals(agent))
        .reduce((a, b) -> b)
        .map(segment -> new Mine(call, segment))
        .orElseThrow(() -> none(call, agent));
  }

  private static Fault none(Call call, AgentId agent) {
    return call.knownAgent().filter(agent::equals).isPresent()
        ? new Fault.Refused(
            "Another switch routes this call: answer, hold and end it at your phone.")
        : new Fault.NotFound("This call is not on your desk.");
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
