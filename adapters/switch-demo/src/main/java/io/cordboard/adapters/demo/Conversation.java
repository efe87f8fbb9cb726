package io.cordboard.adapters.demo;

import io.cordboard.adapters.demo.Scripts.Line;
import io.cordboard.adapters.demo.Scripts.Script;
import io.cordboard.adapters.demo.Scripts.Speaker;
import io.cordboard.kernel.CallEvent.CaptionSaid;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A caller: waits for an agent with limited patience, speaks a script with whoever answers at a
 * human pace, stops while the agent cannot hear it, and hangs up. Called under the lock.
 */
final class Conversation implements FarEnd {
  private static final Duration BREATH = Duration.ofMillis(400);
  private static final Duration BEFORE_HANGING_UP = Duration.ofSeconds(2);
  private static final double AGENT_HERTZ = 330;

  private final Callers.Stage stage;
  private final Iterator<Line> lines;
  private @Nullable DemoLeg leg;
  private double hertz;
  private Duration seconds = Duration.ZERO;
  private boolean stays;
  private boolean met;
  private boolean talking;
  private Runnable cancelLimit = Conversation::nothing;
  private Runnable cancelStep = Conversation::nothing;
  private @Nullable Sound sentence;

  Conversation(Callers.Stage stage, Script script) {
    this.stage = stage;
    this.lines = script.lines().iterator();
  }

  /**
   * The caller waits.
   *
   * @param hertz the pitch of the caller's voice
   * @param seconds how long the caller talks at most
   * @param stays whether the caller stays for that long when there is nothing more to say
   */
  void begin(DemoLeg leg, double hertz, Duration patience, Duration seconds, boolean stays) {
    this.leg = leg;
    this.hertz = hertz;
    this.seconds = seconds;
    this.stays = stays;
    cancelLimit = stage.guard().after(patience, this::hangUp);
  }

  @Override
  public void changed() {
    if (agent().isEmpty()) {
      fallSilent();
    } else if (!talking) {
      talk();
    }
  }

  @Override
  public void ended() {
    fallSilent();
    cancelLimit.run();
  }

  private void talk() {
    talking = true;
    if (!met) {
      met = true;
      cancelLimit.run();
      cancelLimit = stage.guard().after(seconds, this::hangUp);
    }
    cancelStep = stage.guard().after(BREATH, this::speak);
  }

  private void fallSilent() {
    talking = false;
    cancelStep.run();
    cancelStep = Conversation::nothing;
    stage.sounds().cut(sentence);
  }

  private void speak() {
    if (lines.hasNext()) {
      Line line = lines.next();
      say(line);
      cancelStep = stage.guard().after(line.spoken().plus(BREATH), this::speak);
    } else if (!stays) {
      cancelStep = stage.guard().after(BEFORE_HANGING_UP, this::hangUp);
    }
  }

  private void say(Line line) {
    boolean customers = line.speaker() == Speaker.CUSTOMER;
    DemoLeg speaker = customers ? leg() : agent().orElseThrow();
    double pitch = customers ? hertz : AGENT_HERTZ;
    sentence = stage.sounds().speak(speaker, stage.exchange().peers(speaker), pitch, line.spoken());
    stage.teller().tell(new CaptionSaid(speaker.key(), stage.clock().micros(), line.text()));
  }

  private void hangUp() {
    stage.exchange().end(leg(), Callers.farewell(leg()));
  }

  /** The first agent who hears the caller. */
  private Optional<DemoLeg> agent() {
    return stage.exchange().peers(leg()).stream()
        .filter(peer -> peer.isPhone() && !peer.held())
        .findFirst();
  }

  private static void nothing() {}

  private DemoLeg leg() {
    return Objects.requireNonNull(leg);
  }
}
