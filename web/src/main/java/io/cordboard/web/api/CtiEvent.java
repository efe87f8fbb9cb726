package io.cordboard.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cordboard.kernel.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a switch without an adapter tells of a call.
 *
 * @param callId the switch's own id of the call
 * @param from number of the calling side; empty when it was withheld
 * @param to number of the called side
 * @param agent user name or extension of the agent who has the call
 * @param at when it happened; now when not told
 * @param cause why it ended, in the switch's words or as a number of Q.850
 */
record CtiEvent(
    String callId,
    Type event,
    Direction direction,
    @Nullable String from,
    @Nullable String to,
    @Nullable String agent,
    @Nullable Instant at,
    @Nullable String cause,
    @Nullable String recordingUrl) {
  private static final int MAX_ID = 100;
  // longer than any number, so that an odd one is kept and shown as unreadable
  private static final int MAX_NUMBER = 256;
  private static final int MAX_TEXT = 100;
  private static final int MAX_URL = 2000;

  enum Type {
    @JsonProperty("ringing")
    RINGING,
    @JsonProperty("answered")
    ANSWERED,
    @JsonProperty("held")
    HELD,
    @JsonProperty("ended")
    ENDED
  }

  enum Direction {
    @JsonProperty("in")
    IN,
    @JsonProperty("out")
    OUT
  }

  CtiEvent {
    callId = Input.text("callId", callId, MAX_ID);
    from = Input.optional("from", from, MAX_NUMBER);
    to = Input.optional("to", to, MAX_NUMBER);
    agent = Input.optional("agent", agent, MAX_TEXT);
    cause = Input.optional("cause", cause, MAX_TEXT);
    recordingUrl = checkedUrl(Input.optional("recordingUrl", recordingUrl, MAX_URL));
  }

  private static @Nullable String checkedUrl(@Nullable String url) {
    if (url == null) {
      return null;
    }
    try {
      URI uri = new URI(url);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return url;
      }
    } catch (URISyntaxException noUrl) {
      // told below
    }
    throw new Fault.BadRequest("'recordingUrl' must be an address of http or https.");
  }
}
