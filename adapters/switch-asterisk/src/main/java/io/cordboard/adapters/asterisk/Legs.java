package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The channels that are legs of ours, for as long as they live: all others' events are dropped.
 * Used by the thread that translates and by those that give commands.
 */
final class Legs {
  /** What is known of a leg beside its events. */
  static final class Leg {
    final String channel;
    final boolean dialled;
    final boolean outside;
    volatile boolean answered;

    /** Done when the application has a channel that we made: before that it takes no command. */
    final CompletableFuture<Boolean> entered = new CompletableFuture<>();

    /** Whether a number outside has answered. */
    volatile boolean up;

    /** The bridge it is in, as far as we were told or did it ourselves. */
    volatile @Nullable String bridge;

    /** The bridge that it was last told to join. */
    volatile @Nullable String heads;

    /** Whether it may be hearing music. */
    volatile boolean music;

    /** Whether it hears a ringing tone that we must end. */
    volatile boolean tone;

    private String sipCallId = "";

    /** What our command told the far end, when it ends by one. */
    volatile @Nullable EndCause ordered;

    /** What Asterisk told before it ended the channel. */
    volatile @Nullable EndCause announced;

    /** The announcement that it hears now, and the one that we ended. */
    volatile @Nullable String playing;

    volatile @Nullable String cut;

    private Leg(String channel, boolean dialled, boolean outside) {
      this.channel = channel;
      this.outside = outside;
      this.dialled = dialled;
    }

    void left(@Nullable String which) {
      bridge = Objects.equals(which, bridge) ? null : bridge;
    }
  }

  private final Map<String, Leg> alive = new ConcurrentHashMap<>();
  private final Map<String, String> bySipCallId = new ConcurrentHashMap<>();
  private final Set<String> bridges = ConcurrentHashMap.newKeySet();
  private final Map<String, CompletableFuture<String>> awaited = new ConcurrentHashMap<>();

  @Nullable Leg find(@Nullable String channel) {
    return channel == null ? null : alive.get(channel);
  }

  /** A leg that we are about to dial: its events may overtake the answer. */
  Leg dialled(String channel) {
    return alive.computeIfAbsent(channel, id -> new Leg(id, true, false));
  }

  /** The same towards a number outside. */
  Leg dialledOutside(String channel) {
    return alive.computeIfAbsent(channel, id -> new Leg(id, true, true));
  }

  Leg arrived(AriChannel channel) {
    Leg leg = alive.computeIfAbsent(channel.id, id -> new Leg(id, false, false));
    leg.sipCallId = channel.sipCallId;
    bySipCallId.put(channel.sipCallId, channel.id);
    CompletableFuture<String> waiting = awaited.remove(channel.sipCallId);
    if (waiting != null) {
      waiting.complete(channel.id);
    }
    return leg;
  }

  /** The channel of the call with this SIP Call-ID, as soon as it has arrived. */
  CompletableFuture<String> arrival(String sipCallId) {
    CompletableFuture<String> wait =
        awaited.computeIfAbsent(sipCallId, id -> new CompletableFuture<>());
    String here = bySipCallId.get(sipCallId);
    if (here != null) {
      awaited.remove(sipCallId);
      wait.complete(here);
    }
    return wait.whenComplete((channel, failed) -> awaited.remove(sipCallId));
  }

  void ended(String channel) {
    Leg leg = alive.remove(channel);
    if (leg != null) {
      bySipCallId.remove(leg.sipCallId, channel);
    }
  }

  /** After a gap: what the switch does not have any more is forgotten. */
  void retain(Set<String> there) {
    alive.keySet().retainAll(there);
    bySipCallId.values().retainAll(there);
    bridges.clear();
  }

  /** The leg may hear music from now on, or hears none. */
  void music(LegKey leg, boolean on) {
    Leg known = find(leg.channel());
    if (known != null) {
      known.music = on;
    }
  }

  void joined(LegKey leg, String bridge) {
    Leg known = find(leg.channel());
    if (known != null) {
      known.bridge = bridge;
    }
  }

  void left(LegKey leg, String bridge) {
    Leg known = find(leg.channel());
    if (known != null) {
      known.left(bridge);
    }
  }

  /** The channels that share a bridge with this one. */
  Set<String> heardBy(String channel) {
    Leg leg = find(channel);
    String bridge = leg == null ? null : leg.bridge;
    return bridge == null
        ? Set.of()
        : alive.values().stream()
            .filter(other -> bridge.equals(other.bridge) && other != leg)
            .map(other -> other.channel)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Bridges that we made since we connected. */
  Set<String> bridges() {
    return bridges;
  }

  Set<String> channels() {
    return Set.copyOf(alive.keySet());
  }

  /** Notes what an event tells for later ones; returns the leg that it is about, if it is ours. */
  @Nullable Leg note(AriEvent event) {
    Leg leg = find(event.channelId());
    if (leg == null) {
      return null;
    }
    switch (event.type) {
      case "ChannelHangupRequest" ->
          leg.announced = leg.announced == null ? announced(event, leg) : leg.announced;
      case "PlaybackFinished" ->
          leg.playing = event.playId.equals(leg.playing) ? null : leg.playing;
      case "ChannelEnteredBridge" -> leg.bridge = event.bridge;
      case "StasisStart" -> leg.entered.complete(true);
      case "ChannelStateChange" ->
          leg.up = leg.up || event.channel != null && event.channel.up();
      case "ChannelLeftBridge" -> leg.left(event.bridge);
      default -> {}
    }
    return leg;
  }

  private static EndCause announced(AriEvent event, Leg leg) {
    EndCause ordered = leg.ordered;
    if (!event.soft) {
      Side side = event.sip == 0 && BY_ITSELF.contains(event.cause) ? Side.SWITCH : Side.FAR;
      return new EndCause(side, event.cause, event.sip, "");
    }
    // a soft request's cause is a set of flags of Asterisk's own, not of Q.850
    if (ordered == null && leg.outside && !leg.up) {
      return new EndCause(Side.SWITCH, 19, 0, "No answer");
    }
    return ordered != null ? ordered : new EndCause(Side.SWITCH, 0, 0, "soft-hangup");
  }

  /** Without a SIP status: no sound for too long (1, 44), the session was not refreshed (18). */
  private static final Set<Integer> BY_ITSELF = Set.of(1, 18, 44);

  /**
   * @throws Fault unless this answer to a command for the leg is good
   */
  void check(LegKey leg, AriRest.Answer answer) {
    if (!answer.good()) {
      throw fault(leg, answer);
    }
  }

  /** 409: not in our application. It rings at a device, or it is just leaving for good. */
  Fault fault(LegKey leg, AriRest.Answer answer) {
    Leg known = find(leg.channel());
    if (answer.status() == 409 && known != null && known.dialled && !known.answered) {
      return new Fault.Refused("The leg " + leg.channel() + " rings: it is answered at its phone.");
    }
    return answer.status() == 409 || answer.status() == 404 ? gone(leg) : answer.fault();
  }

  static Fault gone(LegKey leg) {
    return new Fault.NotFound(
        "The leg " + Fault.excerpt(leg.channel()) + " is not on the switch any more.");
  }

  static String path(LegKey leg) {
    return "/channels/" + AriRest.encode(leg.channel());
  }
}
