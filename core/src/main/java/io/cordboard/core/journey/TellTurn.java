package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerFact.TurnTold;
import io.cordboard.core.call.LedgerFact.TurnToldEnded;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Policy.Waiting;
import io.cordboard.core.routing.QueuePace;
import io.cordboard.core.routing.TurnWords;
import io.cordboard.kernel.AgentId;
import io.cordboard.spi.telephony.Announcing.Announcement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells waiting callers which place they have and how long it will take, at the interval of their queue:
 * the music stops, the sentences are spoken one after the other, the music goes on. While an agent is
 * rung nothing is told.
 */
final class TellTurn {
  static final String PLAY = "q-";

  private static final long SECOND = 1_000_000;
  private static final long NEVER = Long.MAX_VALUE;
  /** A switch that cannot speak, or does not tell the end of it, must not leave the caller in silence. */
  private static final long LONGEST = 30 * SECOND;
  private static final String ANY_LANGUAGE = "zh-CN";

  private final Supplier<Directory> directory;
  private final Offers offers;
  private final QueuePace pace = new QueuePace();

  TellTurn(Supplier<Directory> directory, Offers offers) {
    this.directory = directory;
    this.offers = offers;
  }

  QueuePace pace() {
    return pace;
  }

  /** The call is over: how long its agents took for it. */
  void over(Call call) {
    String queue = call.queued().map(Queued::queue).orElse(null);
    for (Segment segment : call.segments()) {
      if (queue != null && segment.answeredAt() != 0 && segment.endedAt() != 0) {
        pace.took(
            queue, Math.max(segment.endedAt(), segment.wrappedUpAt()) - segment.answeredAt());
      }
    }
  }

  /** When a call that waits is told, or has been told for long enough. */
  long due(Call call) {
    if (call.telling()) {
      return call.turnTold().map(TurnTold::at).orElse(0L) + LONGEST;
    }
    int seconds = call.queued().map(q -> seconds(q.queue())).orElse(0);
    if (seconds == 0 || !hears(call)) {
      return NEVER;
    }
    long last = call.turnTold().map(TurnTold::at).orElse(0L);
    return Math.max(last, call.queued().map(Queued::at).orElse(0L)) + seconds * SECOND;
  }

  private int seconds(String queue) {
    Directory.Queue known = directory.get().queues().get(queue);
    return known == null ? 0 : known.comfort().announceSeconds();
  }

  /** A caller who hears the ringing tone has not been answered, and pays nothing yet. */
  private static boolean hears(Call call) {
    Leg customer = call.customerLeg();
    return customer.up() && customer.bridge() == null;
  }

  void come(Turn turn, Call call) {
    if (call.telling()) {
      ended(turn, call);
      return;
    }
    Queued queued = call.queued().orElseThrow();
    int position = position(call, queued.queue());
    if (position == 0) {
      return;
    }
    String language = language(call);
    int minutes = pace.minutes(queued.queue(), position, there(turn, queued.queue()));
    int n = call.turnTold().map(TurnTold::n).orElse(0) + 1;
    List<String> words = new ArrayList<>(TurnWords.of(position, minutes, language));
    offers.callBacks().key(call).map(key -> TurnWords.offer(key, language)).ifPresent(words::add);
    TurnTold told = new TurnTold(turn.now(), n, position, minutes, language, words);
    turn.record(call, told);
    turn.effect(call, new Effect.Music(call.customerLeg().key(), false));
    say(turn, call, told, 0);
  }

  /** A sentence is over: the next one, or the music. */
  void spoken(Turn turn, Call call, String playId) {
    TurnTold told = call.turnTold().orElse(null);
    if (told == null || !call.telling() || call.endedAt() != 0) {
      return;
    }
    for (int i = 0; i < told.words().size(); i++) {
      if (playId(call, told, i).equals(playId)) {
        if (i + 1 < told.words().size() && call.waiting() && hears(call)) {
          say(turn, call, told, i + 1);
        } else {
          ended(turn, call);
        }
        return;
      }
    }
  }

  private void ended(Turn turn, Call call) {
    turn.record(
        call, new TurnToldEnded(turn.now(), call.turnTold().map(TurnTold::n).orElse(0)));
    boolean waits = call.waiting() || call.openOffer().isPresent();
    if (waits && hears(call)) {
      turn.effect(call, new Effect.Music(call.customerLeg().key(), true));
    }
  }

  private static void say(Turn turn, Call call, TurnTold told, int part) {
    turn.effect(
        call,
        new Effect.Say(
            call.customerLeg().key(), playId(call, told, part),
            new Announcement(told.words().get(part), told.language())));
  }

  private static String playId(Call call, TurnTold told, int part) {
    return PLAY + call.id() + "-" + told.n() + "-" + part;
  }

  /** Counted from 1; 0 for a call that is in no queue. */
  private int position(Call call, String queue) {
    int n = 0;
    for (Waiting waiting : offers.room().turn(queue)) {
      n++;
      if (waiting.call().equals(call.id())) {
        return n;
      }
    }
    return 0;
  }

  /** Agents of the queue who take calls, now or after the one that they have. */
  private int there(Turn turn, String queue) {
    Directory.Queue known = directory.get().queues().get(queue);
    Set<AgentId> members = known == null ? Set.of() : known.members();
    return (int) members.stream().map(turn::agent).filter(TellTurn::serves).count();
  }

  private static boolean serves(AgentBook.Agent agent) {
    return switch (agent.state()) {
      case READY, OFFERED, TALKING, WRAP_UP -> true;
      case OFFLINE, NOT_READY, TALKING_BREAK_NEXT, WRAP_UP_BREAK_NEXT -> false;
    };
  }

  /** In which the line speaks elsewhere, if we have words for it. */
  String language(Call call) {
    return TurnWords.language(lineLanguage(call));
  }

  private String lineLanguage(Call call) {
    Line line = call.read().flatMap(read -> directory.get().line(read.line())).orElse(null);
    return line == null
        ? ANY_LANGUAGE
        : Stream.<Line.@Nullable Notice>of(
                line.announcement(), line.sorry(), line.access().closed(), line.access().full())
            .filter(notice -> notice != null)
            .map(Line.Notice::language)
            .findFirst()
            .orElse(ANY_LANGUAGE);
  }
}
