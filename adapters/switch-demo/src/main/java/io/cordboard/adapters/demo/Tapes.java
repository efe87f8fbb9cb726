package io.cordboard.adapters.demo;

import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.CallEvent.RecordingPaused;
import io.cordboard.kernel.CallEvent.RecordingResumed;
import io.cordboard.kernel.CallEvent.RecordingStarted;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The recordings that run. Called under the lock. */
final class Tapes {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private final Clock clock;
  private final Guard guard;
  private final Teller teller;
  private final TapeStore store;
  private final Map<String, Tape> running = new LinkedHashMap<>();
  private final Set<String> beingWritten = new HashSet<>();

  Tapes(Clock clock, Guard guard, Teller teller, TapeStore store) {
    this.clock = clock;
    this.guard = guard;
    this.teller = teller;
    this.store = store;
  }

  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Fault.BadRequest(
          "'%s' names no recording: 1 to 80 letters, digits, hyphens and underscores."
              .formatted(Fault.excerpt(name)));
    }
  }

  /**
   * Starts, in the middle of whatever sounds at this moment.
   *
   * @param says what the leg's far end is saying
   * @param hears what it is hearing
   */
  void start(LegKey leg, String name, List<Sound> says, List<Sound> hears) {
    if (running.containsKey(name)) {
      return;
    }
    if (isFinished(name)) {
      throw new Fault.Refused(
          "The recording '%s' exists already: choose another name.".formatted(name));
    }
    Tape tape = new Tape(name, leg, clock.nanos());
    says.forEach(tape::says);
    hears.forEach(tape::hears);
    running.put(name, tape);
    teller.tell(new RecordingStarted(leg, clock.micros(), name));
  }

  void pause(String name) {
    Tape tape = find(name);
    if (tape.pause(clock.nanos())) {
      teller.tell(new RecordingPaused(tape.leg(), clock.micros(), name));
    }
  }

  void resume(String name) {
    Tape tape = find(name);
    if (tape.resume(clock.nanos())) {
      teller.tell(new RecordingResumed(tape.leg(), clock.micros(), name));
    }
  }

  void stop(String name) {
    if (!isFinished(name)) {
      finish(find(name));
    }
  }

  void stopAllOf(LegKey leg) {
    for (Tape tape : List.copyOf(running.values())) {
      if (tape.leg().equals(leg)) {
        finish(tape);
      }
    }
  }

  void stopAll() {
    List.copyOf(running.values()).forEach(this::finish);
  }

  /** The leg's far end says something. */
  void said(LegKey leg, Sound sound) {
    of(leg).forEach(tape -> tape.says(sound));
  }

  /** The leg hears something. */
  void heard(LegKey leg, Sound sound) {
    of(leg).forEach(tape -> tape.hears(sound));
  }

  List<String> names() {
    return List.copyOf(running.keySet());
  }

  void checkFinished(String name) {
    if (running.containsKey(name)) {
      throw new Fault.Refused("The recording '%s' runs: stop it first.".formatted(name));
    }
  }

  private List<Tape> of(LegKey leg) {
    return running.values().stream().filter(tape -> tape.leg().equals(leg)).toList();
  }

  private void finish(Tape tape) {
    running.remove(tape.name());
    beingWritten.add(tape.name());
    store.write(tape.finish(clock.nanos()), () -> guard.run(() -> written(tape)));
  }

  private void written(Tape tape) {
    beingWritten.remove(tape.name());
    teller.tell(new RecordingEnded(tape.leg(), clock.micros(), tape.name()));
  }

  private boolean isFinished(String name) {
    return beingWritten.contains(name) || store.has(name);
  }

  private Tape find(String name) {
    Tape tape = running.get(name);
    if (tape == null) {
      throw new Fault.NotFound("The recording '%s' does not run.".formatted(name));
    }
    return tape;
  }
}
