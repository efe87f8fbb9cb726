package io.cordboard.core.call;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Announcing;
import io.cordboard.spi.telephony.Dialling;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.Mixing;
import io.cordboard.spi.telephony.OutsideDialling;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.Recorder;
import io.cordboard.spi.telephony.VirtualPhones;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The switches that are connected; carries effects out on them. Thread-safe. */
public final class SwitchBoard {
  private final Map<String, PhoneSwitch> switches = new ConcurrentHashMap<>();

  /** Adds a switch, or replaces the one of the same name. */
  public void add(PhoneSwitch phoneSwitch) {
    switches.put(phoneSwitch.id(), phoneSwitch);
  }

  /** Takes a switch away; it is not closed. */
  public void remove(String switchId) {
    switches.remove(switchId);
  }

  public Optional<PhoneSwitch> get(String switchId) {
    return Optional.ofNullable(switches.get(switchId));
  }

  public Collection<PhoneSwitch> all() {
    return switches.values();
  }

  /** Carries an effect out; {@code failed} hears the fault, on any thread. */
  void perform(Effect effect, BiConsumer<Effect, Fault> failed) {
    PhoneSwitch target = switches.get(effect.leg().switchId());
    if (target == null) {
      failed.accept(
          effect,
          new Fault.Unreachable(
              "The switch '%s' is not connected.".formatted(effect.leg().switchId()), null));
      return;
    }
    try {
      order(target, effect)
          .whenComplete(
              (done, thrown) -> {
                if (thrown != null) {
                  failed.accept(effect, Fault.of(thrown, "A switch command failed."));
                }
              });
    } catch (Fault fault) {
      failed.accept(effect, fault);
    }
  }

  private static CompletionStage<?> order(PhoneSwitch target, Effect effect) {
    LegKey leg = effect.leg();
    return switch (effect) {
      case Effect.Ring e -> target.as(LegControl.class).ring(leg);
      case Effect.Answer e -> target.as(LegControl.class).answer(leg);
      case Effect.Music e ->
          e.on()
              ? target.as(LegControl.class).musicOn(leg)
              : target.as(LegControl.class).musicOff(leg);
      case Effect.Say e ->
          target.as(Announcing.class).announce(leg, e.playId(), e.announcement());
      case Effect.Beep e -> target.as(Announcing.class).beep(leg, e.playId());
      case Effect.Dial e -> target.as(Dialling.class).dial(e.order());
      case Effect.DialOutside e -> target.as(OutsideDialling.class).dialOutside(e.order());
      case Effect.Join e -> target.as(Mixing.class).join(e.bridge(), leg);
      case Effect.Leave e -> target.as(Mixing.class).leave(e.bridge(), leg);
      case Effect.CloseBridge e -> target.as(Mixing.class).close(e.bridge());
      case Effect.End e -> target.as(LegControl.class).hangUp(leg, e.reason());
      case Effect.Lift e -> target.as(VirtualPhones.class).lift(leg);
      case Effect.SendKeys e -> target.as(LegControl.class).sendKeys(leg, e.keys());
      case Effect.Record e -> record(target.as(Recorder.class), e);
    };
  }

  private static CompletionStage<Void> record(Recorder recorder, Effect.Record e) {
    return switch (e.what()) {
      case START -> recorder.startRecording(e.leg(), e.recording());
      case PAUSE -> recorder.pauseRecording(e.leg(), e.recording());
      case RESUME -> recorder.resumeRecording(e.leg(), e.recording());
      case STOP -> recorder.stopRecording(e.leg(), e.recording());
    };
  }
}
