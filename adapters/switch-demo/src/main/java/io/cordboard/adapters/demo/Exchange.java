package io.cordboard.adapters.demo;

import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.LegLeft;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The legs that live and the bridges they are in. Called under the lock. */
final class Exchange {
  private static final int REMEMBERED = 10_000;

  private final DemoConfig config;
  private final Clock clock;
  private final Guard guard;
  private final Teller teller;
  private final Tapes tapes;
  private final Sounds sounds;
  private final Map<String, DemoLeg> legs = new LinkedHashMap<>();
  private final Map<String, Boolean> gone =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long epoch;

  Exchange(DemoConfig config, Clock clock, Guard guard, Teller teller, Tapes tapes, Sounds sounds) {
    this.config = config;
    this.clock = clock;
    this.guard = guard;
    this.teller = teller;
    this.tapes = tapes;
    this.sounds = sounds;
    this.epoch = clock.micros();
  }

  long epoch() {
    return epoch;
  }

  List<LiveLeg> snapshot() {
    return legs.values().stream().map(DemoLeg::live).toList();
  }

  LegKey key(String channel) {
    return new LegKey(config.id(), epoch, channel);
  }

  /** Lets a leg begin to live. */
  DemoLeg begin(LegKey key, @Nullable LegArrived arrival, FarEnd farEnd) {
    if (legs.size() >= config.calls()) {
      throw new Fault.Busy(
          "The demo switch is full: %d legs live already.".formatted(legs.size()),
          Duration.ofSeconds(5));
    }
    Playlist playlist = new Playlist(key, clock, guard, teller, sounds);
    DemoLeg leg = new DemoLeg(key, arrival, farEnd, playlist);
    legs.put(key.channel(), leg);
    return leg;
  }

  Optional<DemoLeg> find(LegKey key) {
    return Optional.ofNullable(legs.get(key.channel())).filter(leg -> leg.key().equals(key));
  }

  DemoLeg live(LegKey key) {
    return find(key)
        .orElseThrow(
            () ->
                new Fault.NotFound(
                    "The leg '%s' is not on the demo switch (any more)."
                        .formatted(Fault.excerpt(key.channel()))));
  }

  DemoLeg answered(LegKey key) {
    DemoLeg leg = live(key);
    if (!leg.answered()) {
      throw new Fault.Refused("The leg '%s' is not answered yet.".formatted(key.channel()));
    }
    return leg;
  }

  /** An answered leg that is in no bridge. */
  DemoLeg alone(LegKey key) {
    DemoLeg leg = answered(key);
    if (leg.bridge() != null) {
      throw new Fault.Refused(
          "The leg '%s' is in a bridge: take it out first.".formatted(key.channel()));
    }
    return leg;
  }

  /** Whether a leg had this channel and is over. */
  boolean isGone(String channel) {
    return gone.containsKey(channel);
  }

  void answer(DemoLeg leg) {
    if (!leg.answered()) {
      leg.answer();
      teller.tell(new LegAnswered(leg.key(), clock.micros()));
    }
  }

  void end(DemoLeg leg, EndCause cause) {
    if (legs.remove(leg.key().channel()) == null) {
      return;
    }
    gone.put(leg.key().channel(), true);
    long at = clock.micros();
    leg.playlist().cut(at);
    sounds.musicOff(leg);
    sounds.cut(leg.voice());
    depart(leg, at);
    tapes.stopAllOf(leg.key());
    teller.tell(new LegEnded(leg.key(), at, cause));
    leg.farEnd().ended();
  }

  void join(String bridge, DemoLeg leg) {
    if (bridge.equals(leg.bridge())) {
      return;
    }
    long at = clock.micros();
    depart(leg, at);
    leg.playlist().cut(at);
    sounds.musicOff(leg);
    leg.bridge(bridge);
    teller.tell(new LegJoined(leg.key(), at, bridge));
    changed(leg);
  }

  void leave(String bridge, DemoLeg leg) {
    if (bridge.equals(leg.bridge())) {
      depart(leg, clock.micros());
    }
  }

  void close(String bridge) {
    for (DemoLeg leg : List.copyOf(legs.values())) {
      leave(bridge, leg);
    }
  }

  /** The phone puts the others on hold, or takes them back. */
  void hold(DemoLeg phone, boolean held) {
    phone.hold(held);
    for (DemoLeg peer : peers(phone)) {
      if (held) {
        sounds.musicOn(peer);
      } else {
        sounds.musicOff(peer);
      }
    }
    changed(phone);
  }

  /** Whom the leg hears. */
  List<DemoLeg> peers(DemoLeg leg) {
    String bridge = leg.bridge();
    return bridge == null
        ? List.of()
        : legs.values().stream()
            .filter(other -> other != leg && bridge.equals(other.bridge()))
            .toList();
  }

  /** The switch starts anew: no leg is told of, none lives. */
  void restart() {
    List<DemoLeg> lost = List.copyOf(legs.values());
    legs.clear();
    tapes.stopAll();
    for (DemoLeg leg : lost) {
      leg.playlist().cut(clock.micros());
      leg.bridge(null);
      leg.farEnd().ended();
    }
    epoch = Math.max(epoch + 1, clock.micros());
  }

  private void depart(DemoLeg leg, long at) {
    String bridge = leg.bridge();
    if (bridge == null) {
      return;
    }
    List<DemoLeg> left = peers(leg);
    leg.bridge(null);
    teller.tell(new LegLeft(leg.key(), at, bridge));
    if (leg.held()) {
      left.forEach(sounds::musicOff);
    }
    leg.farEnd().changed();
    left.forEach(peer -> peer.farEnd().changed());
  }

  private void changed(DemoLeg leg) {
    leg.farEnd().changed();
    peers(leg).forEach(peer -> peer.farEnd().changed());
  }
}
