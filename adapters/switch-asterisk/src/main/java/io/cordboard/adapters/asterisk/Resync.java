package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.AriRest.Ask;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * After every connect: what is there? Asterisk replays nothing, so the answer is made by asking,
 * while the events that come meanwhile wait in the queue.
 */
record Resync(AsteriskConfig config, Clock clock, AriRest rest, Ami ami) {
  private static final int SOURCES_AT_ONCE = 100;

  /** Which run of Asterisk this is: the time of its start, in milliseconds. */
  long epoch() {
    String started =
        rest.get(Ask.get("/asterisk/info").with("only", "status"))
            .json()
            .at("status")
            .text("startup_time");
    long epoch = AriEvent.micros(started) / 1000;
    if (epoch <= 0) {
      throw new Fault.Refused("Asterisk does not tell when it was started; is it version 22?");
    }
    return epoch;
  }

  /** The snapshot, and every channel that there is. */
  record Found(LinkUp up, List<AriChannel> channels) {}

  Found snapshot(AriTranslator translator, Legs legs, Devices devices, Recordings recordings) {
    subscribe(devices);
    long skew = skew();
    Set<String> before = legs.channels();
    long at = clock.micros() + skew;
    Set<String> ours = applicationsChannels();
    List<AriChannel> channels = AriChannel.readAll(rest.get(Ask.get("/channels")).body());
    Map<String, String> bridges = bridges();
    Map<String, DeviceState> states =
        devices.snapshot(
            Devices.withCalls(rest.get(Ask.get("/endpoints/PJSIP")).json()),
            ami.await("PJSIPShowContacts", Map.of()));
    List<LiveLeg> live = new ArrayList<>();
    for (AriChannel channel : channels) {
      LiveLeg leg = leg(channel, ours, bridges, translator);
      if (leg != null) {
        adopt(channel, leg, legs);
        live.add(leg);
      }
    }
    Set<String> there = live.stream().map(leg -> leg.leg().channel()).collect(Collectors.toSet());
    // what was dialled since we began to look may not have been there yet
    legs.channels().stream().filter(channel -> !before.contains(channel)).forEach(there::add);
    legs.retain(there);
    List<String> running = recordings.resync(running(live, recordings));
    SwitchSnapshot snapshot = new SwitchSnapshot(at, live, states, running);
    return new Found(
        new LinkUp(config.switchId(), translator.epoch(), snapshot, skew), channels);
  }

  /** Less is sent where Asterisk takes the filter; without it the noise is dropped here. */
  private void subscribe(Devices devices) {
    String app = "/applications/" + config.ari().app();
    String noise =
        AriEvent.NOISE.stream()
            .map(type -> Json.object(Map.of("type", type)))
            .collect(Collectors.joining(","));
    rest.send(new Ask("PUT", app + "/eventFilter", Map.of(), "{\"disallowed\":[" + noise + "]}"))
        .toCompletableFuture()
        .join();
    List<String> sources = devices.sources();
    for (int i = 0; i < sources.size(); i += SOURCES_AT_ONCE) {
      List<String> some = sources.subList(i, Math.min(sources.size(), i + SOURCES_AT_ONCE));
      rest.get(Ask.post(app + "/subscription").with("eventSource", String.join(",", some)));
    }
  }

  /** The switch's clock minus ours. */
  private long skew() {
    long asked = clock.micros();
    Ami.Packet pong = ami.await("Ping", Map.of()).getFirst();
    long answered = clock.micros();
    return pong.at() == 0 ? 0 : pong.at() - (asked + (answered - asked) / 2);
  }

  private Set<String> applicationsChannels() {
    Json app = rest.get(Ask.get("/applications/" + config.ari().app())).json();
    Set<String> ids = new HashSet<>();
    app.at("channel_ids").items().forEach(id -> ids.add(String.valueOf(id.text())));
    return ids;
  }

  private Map<String, String> bridges() {
    Map<String, String> bridgeOf = new HashMap<>();
    for (Json bridge : rest.get(Ask.get("/bridges")).json().items()) {
      if (bridge.at("channels").items().isEmpty()) {
        Bridges.sweep(rest, bridge.text("id"));
      }
      for (Json channel : bridge.at("channels").items()) {
        bridgeOf.put(String.valueOf(channel.text()), bridge.text("id"));
      }
    }
    return bridgeOf;
  }

  /** Null for a channel that is none of ours, or that we do not lead. */
  private @Nullable LiveLeg leg(
      AriChannel channel, Set<String> ours, Map<String, String> bridges, AriTranslator translator) {
    String role = channel.role(config.ari().app());
    LegKey key = new LegKey(config.switchId(), translator.epoch(), channel.id);
    String bridge = bridges.get(channel.id);
    return switch (role) {
      case AriTranslator.INBOUND ->
          new LiveLeg(key, channel.up(), bridge, translator.arrival(channel));
      case AriTranslator.DIALLED -> new LiveLeg(key, true, bridge, null);
      case AriTranslator.OUTSIDE -> outside(channel, key, bridge);
      // it rings, and its application is only entered by the answer
      case "" -> ours.contains(channel.id) ? new LiveLeg(key, false, bridge, null) : null;
      case AriTranslator.OUTBOUND -> new LiveLeg(key, channel.up(), bridge, null);
      default -> null;
    };
  }

  /** One that does not ring yet was perhaps never dialled, and would wait for ever: it is ended. */
  private @Nullable LiveLeg outside(AriChannel channel, LegKey key, @Nullable String bridge) {
    if (channel.state.equals("Down")) {
      rest.send(Ask.delete(Legs.path(key)));
      return null;
    }
    return new LiveLeg(key, channel.up(), bridge, null);
  }

  private void adopt(AriChannel channel, LiveLeg live, Legs legs) {
    Legs.Leg leg =
        switch (channel.role(config.ari().app())) {
          case AriTranslator.INBOUND, AriTranslator.OUTBOUND -> legs.arrived(channel);
          case AriTranslator.OUTSIDE -> legs.dialledOutside(channel.id);
          default -> legs.dialled(channel.id);
        };
    leg.answered = live.answered();
    leg.up = live.answered();
    leg.bridge = live.bridge();
    leg.music = true;
    leg.tone = live.answered() && live.bridge() == null;
  }

  /** Recordings that Asterisk writes now, also of a run of ours before this one. */
  private Map<String, LegKey> running(List<LiveLeg> live, Recordings recordings) {
    Map<LegKey, CompletionStage<Map<String, String>>> asked = new LinkedHashMap<>();
    for (LiveLeg leg : live) {
      if (leg.answered()) {
        asked.put(leg.leg(), recordings.listed(ami, leg.leg().channel()));
      }
    }
    Map<String, LegKey> running = new HashMap<>();
    asked.forEach(
        (leg, answer) ->
            answer.toCompletableFuture().join().keySet().forEach(name -> running.put(name, leg)));
    return running;
  }
}
