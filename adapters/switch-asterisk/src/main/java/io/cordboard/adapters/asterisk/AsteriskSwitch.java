package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Announcing;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.Dialling;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.Mixing;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.Recorder;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal.LinkDown;
import io.cordboard.spi.telephony.TestCaller;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One Asterisk 22. Commands go over REST and AMI; events come over the ARI WebSocket and AMI. */
public final class AsteriskSwitch
    implements PhoneSwitch,
        LegControl,
        Dialling,
        Mixing,
        Announcing,
        Recorder,
        TestCaller {
  private final AsteriskConfig config;
  private final Clock clock;

  /** Makes the switch; it does nothing before {@link #start}. */
  public AsteriskSwitch(AsteriskConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public String id() {
    return config.switchId();
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.VIRTUAL_PHONES));
  }

  @Override
  public void start(SwitchListener listener) {
    listener.on(new LinkDown(id(), clock.micros(), "This adapter does not connect yet."));
  }

  @Override
  public void close() {}

  @Override
  public CompletionStage<@Nullable Void> ring(LegKey leg) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> answer(LegKey leg) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> musicOn(LegKey leg) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> musicOff(LegKey leg) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> hangUp(LegKey leg, HangUp reason) {
    return notYet();
  }

  @Override
  public CompletionStage<LegKey> dial(DialOrder order) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> join(String bridge, LegKey leg) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> leave(String bridge, LegKey leg) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> close(String bridge) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> announce(
      LegKey leg, String playId, Announcement announcement) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> startRecording(LegKey leg, String recording) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> pauseRecording(LegKey leg, String recording) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> resumeRecording(LegKey leg, String recording) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> stopRecording(LegKey leg, String recording) {
    return notYet();
  }

  @Override
  public CompletionStage<Tracks> fetch(String recording, Path directory) {
    return notYet();
  }

  @Override
  public CompletionStage<@Nullable Void> delete(String recording) {
    return notYet();
  }

  @Override
  public CompletionStage<LegKey> placeCall(TestCall call) {
    return notYet();
  }

  private static <T extends @Nullable Object> CompletionStage<T> notYet() {
    return CompletableFuture.failedFuture(
        new Fault.Unreachable("There is no link with this Asterisk.", null));
  }
}
