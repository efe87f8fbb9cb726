package io.cordboard.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cordboard.core.call.CallDoor;
import io.cordboard.core.call.CallDoor.CallStatus;
import io.cordboard.core.trust.Permission;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Test calls, and how a call stands. */
@Tag(name = "calls")
@RestController
@RequestMapping("/api/v1/calls")
class CallController {
  private static final int MAX_NUMBER = 40;
  private static final int MAX_WORDS = 500;
  private static final int DEFAULT_SECONDS = 30;
  private static final int MAX_SECONDS = 3600;
  private final CallDoor calls;

  CallController(CallDoor calls) {
    this.calls = calls;
  }

  /**
   * A call from a pretended customer to one of our lines.
   *
   * @param say what the caller says; null for the switch's own script
   * @param seconds when the caller hangs up, 30 when not told
   * @param switchId on which switch; null for the best one that can
   */
  record TestCallOrder(
      String from,
      String to,
      @Nullable String say,
      @Nullable Integer seconds,
      @JsonProperty("switch") @Nullable String switchId) {
    TestCall call() {
      int length = seconds == null ? DEFAULT_SECONDS : seconds;
      return new TestCall(
          Input.text("from", from, MAX_NUMBER),
          dialled(Input.text("to", to, MAX_NUMBER)),
          Input.optional("say", say, MAX_WORDS),
          Input.between("seconds", length, 1, MAX_SECONDS));
    }

    /** What a switch may take for the name of a channel is none. */
    private static String dialled(String to) {
      if (!to.matches("[+0-9*#(). -]+")) {
        throw new Fault.BadRequest(
            "'to' is no number: '%s'. Name a line as customers dial it.".formatted(Fault.excerpt(to)));
      }
      return to;
    }
  }

  record Placed(String callId) {}

  /** A call in short; what is not known yet is null. */
  record CallView(
      String callId,
      String phase,
      @Nullable String answeredBy,
      @Nullable String outcome,
      @Nullable String customer) {
    static CallView of(CallStatus status) {
      return new CallView(
          status.call().toString(),
          status.phase(),
          orNull(status.answeredBy()),
          orNull(status.outcome()),
          orNull(status.customer()));
    }

    private static @Nullable String orNull(String text) {
      return text.isEmpty() ? null : text;
    }
  }

  @Operation(summary = "Place a test call")
  @Needs(Permission.PLACE_TEST_CALLS)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Placed place(@RequestBody TestCallOrder order) {
    Optional<String> on = Optional.ofNullable(Input.optional("switch", order.switchId(), 40));
    return new Placed(Stages.wait(calls.placeTestCall(on, order.call())).toString());
  }

  @Operation(summary = "How a call stands, live or lately ended")
  @Needs(Permission.PLACE_TEST_CALLS)
  @GetMapping("/{id}")
  CallView show(@PathVariable String id) {
    return calls
        .status(CallId.parse(id))
        .map(CallView::of)
        .orElseThrow(() -> new Fault.NotFound("This call is not live, and did not end lately."));
  }
}
