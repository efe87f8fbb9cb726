package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.GivenUp;
import io.cordboard.core.call.LedgerFact.MessageTaken;
import io.cordboard.core.call.LedgerFact.RecordingOrdered;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.RecordingLife;
import io.cordboard.core.call.Turn;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Line.Voicemail;
import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.CallEvent.DigitPressed;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.LegControl.HangUp;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A caller whom nobody can take leaves a message: words → a tone → they are recorded until they hang up,
 * press {@code #}, or have spoken as long as may be. The task is made when the call has ended. Holds no
 * state.
 */
final class LeaveMessage {
  static final String PLAY = "m-";

  /** Why a caller was not waited for any more who chose to leave a message. */
  static final String CHOSEN = "MESSAGE";

  private static final String WORDS = PLAY + "w-";
  private static final String TONE = PLAY + "t-";
  private static final String END_KEY = "#";
  private static final long SECOND = 1_000_000;

  /** Longer than the words, the tone, or a hang-up that a switch does not tell. */
  private static final long PATIENCE = 120 * SECOND;

  private final Supplier<Directory> directory;

  LeaveMessage(Supplier<Directory> directory) {
    this.directory = directory;
  }

  /** The line's voicemail; nobody could call back whoever hid the number and was not recognised. */
  Optional<Voicemail> of(Call call) {
    boolean known =
        call.customer().isPresent() || call.read().map(read -> read.number() != null).orElse(false);
    return call.read()
        .filter(read -> known)
        .flatMap(read -> directory.get().line(read.line()))
        .map(Line::access)
        .map(Line.Access::voicemail);
  }

  /** Whether the key was the one that leads here. */
  boolean chosen(Call call, DigitPressed event) {
    return call.waiting()
        && event.leg().equals(call.customerLeg().key())
        && call.customerLeg().bridge() == null
        && of(call).map(Voicemail::key).filter(event.digit()::equals).isPresent();
  }

  /** Speaks the words before the tone; the leg is up. */
  void begin(Turn turn, Call call, Voicemail voicemail) {
    if (life(call).isPresent()) {
      goOn(turn, call);
      return;
    }
    if (call.queued().isPresent()) {
      turn.effect(call, new Effect.Music(call.customerLeg().key(), false));
    }
    Line.Notice words = voicemail.words();
    turn.effect(
        call,
        new Effect.Say(
            call.customerLeg().key(), WORDS + call.id(),
            new Announcement(words.text(), words.language())));
  }

  /** After a restart: what is recorded goes on by itself. */
  private static void goOn(Turn turn, Call call) {
    if (call.messageTaken().isPresent() || life(call).map(RecordingLife::over).orElse(true)) {
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.NORMAL));
    }
  }

  void spoken(Turn turn, Call call, AnnouncementEnded event) {
    Leg customer = call.customerLeg();
    if (call.endedAt() != 0 || life(call).isPresent()) {
      return;
    }
    if (!event.whole()) {
      turn.effect(call, new Effect.End(customer.key(), HangUp.NORMAL));
    } else if (event.playId().startsWith(WORDS)) {
      turn.effect(call, new Effect.Beep(customer.key(), TONE + call.id()));
    } else {
      String name = RecordingRow.MESSAGE + call.id();
      turn.record(call, new RecordingOrdered(turn.now(), 0, name));
      turn.effect(call, new Effect.Record(customer.key(), name, Effect.Recording.START));
    }
  }

  /** Any other key is part of the message, and leads nowhere. */
  void digit(Turn turn, Call call, DigitPressed event) {
    if (event.digit().equals(END_KEY) && event.leg().equals(call.customerLeg().key())) {
      taken(turn, call, "KEY");
    }
  }

  private static void taken(Turn turn, Call call, String how) {
    RecordingLife life = life(call).orElse(null);
    if (life == null || call.messageTaken().isPresent() || call.endedAt() != 0) {
      return;
    }
    turn.record(call, new MessageTaken(turn.now(), how));
    if (!life.over()) {
      turn.effect(
          call,
          new Effect.Record(call.customerLeg().key(), life.name(), Effect.Recording.STOP));
    }
    turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.NORMAL));
  }

  /** The recording could not begin, or ended by itself: there is nothing to wait for. */
  static void recordingOver(Turn turn, Call call) {
    if (life(call).isPresent() && call.endedAt() == 0) {
      taken(turn, call, "STOPPED");
    }
  }

  private static Optional<RecordingLife> life(Call call) {
    return call.recordings().stream().filter(LeaveMessage::message).findFirst();
  }

  static boolean message(RecordingLife life) {
    return life.segment() == 0 && RecordingRow.isMessage(life.name());
  }

  /** Whether what was left is long enough to be listened to. */
  boolean left(Call call) {
    RecordingLife life = life(call).orElse(null);
    if (life == null || life.startedAt() == 0) {
      return false;
    }
    long until = life.endedAt() == 0 ? call.endedAt() : Math.min(life.endedAt(), call.endedAt());
    int least = of(call).map(Voicemail::leastSeconds).orElse(Voicemail.LEAST_SECONDS);
    return until - life.startedAt() >= least * SECOND;
  }

  // ---- by time -------------------------------------------------------------------------------

  /** When it is looked at again, for a caller who is not waited for any more. */
  long due(Call call) {
    if (call.messageTaken().isPresent()) {
      return call.messageTaken().get().at() + PATIENCE;
    }
    RecordingLife life = life(call).orElse(null);
    return life == null
        ? call.givenUp().map(GivenUp::at).orElse(call.arrivedAt()) + PATIENCE
        : life.orderedAt() + of(call).map(Voicemail::mostSeconds).orElse(Voicemail.MOST_SECONDS) * SECOND;
  }

  /** Whether it was this call's message that was due; else nothing was heard of the call. */
  boolean come(Turn turn, Call call) {
    boolean runs = life(call).isPresent() && call.messageTaken().isEmpty();
    if (runs) {
      taken(turn, call, "FULL");
    }
    return runs;
  }
}
