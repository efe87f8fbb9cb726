package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.ChannelEvents.Event;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.SwitchRecords.Outcome;
import io.cordboard.spi.telephony.SwitchRecords.OwnCall;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts events together to the calls that Asterisk looked after alone: those with a mark of our dialplan.
 * Pure.
 */
final class OwnCalls {
  private static final Pattern RECORDING = Pattern.compile("fallback-[A-Za-z0-9_-]{1,70}");
  private static final Set<String> MARKS = Set.of("UNSERVED", "FALLBACK", "FALLBACK_ENDS");
  private static final String AGENT = "PJSIP/";

  private final Predicate<String> goesOn;
  private final Map<String, Mailbox> calls = new LinkedHashMap<>();

  private OwnCalls(Predicate<String> goesOn) {
    this.goesOn = goesOn;
  }

  /**
   * What was found.
   *
   * @param firstOpen where the first line of a call begins that goes on; -1 for none
   */
  record Found(List<OwnCall> calls, int firstOpen, int goesOn) {}

  /**
   * @param goesOn whether a channel of which no end was read may still have one
   */
  static Found in(List<Event> events, Predicate<String> goesOn) {
    OwnCalls calls = new OwnCalls(goesOn);
    events.forEach(calls::take);
    return calls.found();
  }

  private static final class Mailbox {
    final int start;
    final String channel;
    final String linkedId;
    long arrivedAt;
    long lastAt;
    long answeredAt;
    long endedAt;
    boolean queued;
    @Nullable Event mark;
    @Nullable String device;
    @Nullable String recording;
    @Nullable EndCause cause;
    String end = "";
    final Map<String, String> bridges = new HashMap<>();

    Mailbox(Event first) {
      start = first.start();
      channel = first.channel();
      linkedId = first.linkedId();
      arrivedAt = first.at();
    }
  }

  private void take(Event event) {
    Mailbox call = calls.get(event.linkedId());
    if (call == null) {
      if (!MARKS.contains(event.type())) {
        return;
      }
      call = new Mailbox(event);
      calls.put(event.linkedId(), call);
    }
    call.lastAt = Math.max(call.lastAt, event.at());
    boolean customer = event.channel().equals(call.channel);
    switch (event.type()) {
      case "UNSERVED" -> call.mark = event;
      case "FALLBACK" -> call.queued = true;
      case "FALLBACK_RECORDS" -> {
        String name = event.extra("extra");
        call.recording = RECORDING.matcher(name).matches() ? name : null;
      }
      case "FALLBACK_ENDS" -> call.end = event.extra("extra");
      case "BRIDGE_ENTER" -> joined(call, event, customer);
      case "HANGUP" -> {
        if (customer) {
          call.endedAt = event.at();
          call.cause = cause(event);
        }
      }
      default -> {}
    }
  }

  /** The customer and somebody else in one bridge: that is the talk, and the other one's phone. */
  private static void joined(Mailbox call, Event event, boolean customer) {
    String bridge = event.extra("bridge_id");
    if (!call.queued || bridge.isEmpty()) {
      return;
    }
    String who = customer ? "" : device(event.name());
    String before = call.bridges.putIfAbsent(bridge, who);
    if (before != null && !before.equals(who)) {
      call.answeredAt = call.answeredAt == 0 ? event.at() : call.answeredAt;
      call.device = who.isEmpty() ? before : who;
    }
  }

  private static String device(String channel) {
    int dash = channel.lastIndexOf('-');
    return channel.startsWith(AGENT) && dash > AGENT.length()
        ? channel.substring(AGENT.length(), dash)
        : channel;
  }

  private static EndCause cause(Event event) {
    String number = event.extra("hangupcause");
    int q850 = number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : 0;
    boolean far = event.extra("hangupsource").equals(event.name());
    return new EndCause(far ? EndCause.Side.FAR : EndCause.Side.SWITCH, q850, 0, "without-server");
  }

  private Found found() {
    List<OwnCall> over = new ArrayList<>();
    int firstOpen = -1;
    int open = 0;
    for (Mailbox call : calls.values()) {
      if (call.endedAt == 0 && goesOn.test(call.channel)) {
        firstOpen = firstOpen < 0 ? call.start : firstOpen;
        open++;
      } else {
        over.add(own(call));
      }
    }
    return new Found(over, firstOpen, open);
  }

  private static OwnCall own(Mailbox call) {
    Event mark = call.mark;
    Map<String, String> facts = mark == null ? Map.of() : facts(mark.extra("extra"));
    String sipCallId = facts.getOrDefault("CB_CALLID", "");
    // Asterisk died with it: no end was written, and it is not there any more
    boolean cut = call.endedAt == 0;
    EndCause cause = call.cause;
    return new OwnCall(
        call.channel,
        call.linkedId,
        sipCallId.isEmpty() ? null : sipCallId,
        mark == null ? null : claims(mark, facts),
        call.arrivedAt,
        call.answeredAt,
        call.answeredAt == 0 ? null : call.device,
        cut ? call.lastAt : call.endedAt,
        cut || cause == null ? EndCause.switchRestart() : cause,
        call.recording,
        call.queued,
        outcome(call));
  }

  private static Outcome outcome(Mailbox call) {
    if (call.answeredAt != 0) {
      return Outcome.ANSWERED;
    }
    return switch (call.end) {
      case "" -> Outcome.ABANDONED;
      case "CLOSED" -> Outcome.CLOSED;
      case "NOLINE" -> Outcome.NO_LINE;
      default -> Outcome.MISSED;
    };
  }

  private static NumberClaims claims(Event mark, Map<String, String> facts) {
    return AriChannel.past(
            mark.name(), mark.caller(), facts.getOrDefault("CB_DIALLED", ""), facts)
        .claims();
  }

  /** {@code NAME=encoded&NAME=encoded}; what was cut off at the end is left out. */
  private static Map<String, String> facts(String text) {
    Map<String, String> facts = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          String value =
              URLDecoder.decode(
                  pair.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
          if (!value.isEmpty()) {
            facts.put("CB_" + pair.substring(0, equals), value);
          }
        } catch (IllegalArgumentException cutOff) {
          // the mark was longer than Asterisk writes
        }
      }
    }
    return facts;
  }
}
