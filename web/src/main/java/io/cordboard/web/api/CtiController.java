package io.cordboard.web.api;

import io.cordboard.core.call.CallDoor;
import io.cordboard.core.call.CallDoor.CallStatus;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.spi.telephony.SwitchSignal.Happened;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Events of a switch that has no adapter: the card pops and the record is kept. */
@Tag(name = "cti")
@RestController
@RequestMapping("/api/v1/cti")
class CtiController {
  private final CallDoor calls;
  private final Clock clock;
  // the events of one call follow each other; different calls do not wait
  private final Lock[] turns =
      Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

  CtiController(CallDoor calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  record Taken(String interactionId, @Nullable String customer) {}

  @Operation(summary = "Tell an event of a call; repeated and reordered posts are harmless")
  @Needs(Permission.SEND_EVENTS)
  @PostMapping("/events")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Taken take(@RequestBody CtiEvent event, Principal who) {
    ForeignCall call = new ForeignCall(who.name(), event, clock.micros());
    Lock turn = turns[Math.floorMod(call.leg().hashCode(), turns.length)];
    turn.lock();
    try {
      return answer(tell(call));
    } finally {
      turn.unlock();
    }
  }

  private CallId tell(ForeignCall call) {
    CallId id = calls.callOf(call.leg()).orElseGet(() -> observe(call.arrival()));
    for (CallEvent event : call.events()) {
      id = observe(event);
    }
    return id;
  }

  private CallId observe(CallEvent event) {
    return Stages.wait(calls.observe(new Happened(event)));
  }

  private Taken answer(CallId id) {
    String customer = calls.status(id).map(CallStatus::customer).orElse("");
    return new Taken(id.toString(), customer.isEmpty() ? null : customer);
  }
}
