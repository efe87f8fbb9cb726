package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.CallBackAsked;
import io.cordboard.core.call.LedgerFact.CallBackOver;
import io.cordboard.core.call.LedgerFact.CallerRead;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskHub;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.TurnWords;
import io.cordboard.core.service.CallBackTasks;
import io.cordboard.core.service.CallBackTasks.Given;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent.DigitPressed;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Announcing.Announcement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A waiting caller hangs up and keeps their place. The task is made at once, so nothing can be lost; the
 * place stays in the queue as old as it is, and when its turn comes {@link DialBack} rings a free agent.
 * Where nothing can be dialled the agent is given the task instead.
 */
final class CallBacks {
  static final String PLAY = "c-";

  private static final long SECOND = 1_000_000;
  /** After that the place lapses; the task stays where all of them are listed. */
  private static final long KEPT = 4 * 3600 * SECOND;
  private static final long RETRY = 10 * SECOND;
  private static final String REASON = "call-back";

  private final Supplier<Directory> directory;
  private final DeskHub hub;
  private final Set<AgentId> givenTo = new HashSet<>();
  private final Map<CallId, Long> askAgainAt = new HashMap<>();
  private @Nullable CallBackTasks tasks;
  private Executor slow = Runnable::run;
  private Predicate<String> dials = switchId -> false;
  private BiFunction<String, String, OutboundCall.Wish> wishes =
      (number, queue) -> {
        throw new Fault.Refused("Nothing is dialled here.");
      };
  private @Nullable DialBack dialBack;

  CallBacks(Supplier<Directory> directory, DeskHub hub) {
    this.directory = directory;
    this.hub = hub;
  }

  /** From where tasks are given; before that nobody is given one. */
  void from(CallBackTasks tasks, Executor slow) {
    this.tasks = tasks;
    this.slow = slow;
  }

  /** How calls are made of them; before that nothing is dialled. */
  void dialledBy(DialBack way) {
    this.dialBack = way;
  }

  /**
   * What may be dialled, and where.
   *
   * @param allowed makes of number and queue what an agent could have wished; beside the ledger
   */
  void dialledWhere(
      Predicate<String> switches, BiFunction<String, String, OutboundCall.Wish> allowed) {
    this.dials = switches;
    this.wishes = allowed;
  }

  /** A call to a customer has ended who did not answer. */
  void notReached(Turn turn, Call call, @Nullable String customer, @Nullable String number) {
    if (dialBack != null) {
      dialBack.notReached(turn, call, customer, number);
    }
  }

  void changed(Call call) {
    if (dialBack != null) {
      dialBack.changed(call);
    }
  }

  // ---- the caller asks -----------------------------------------------------------------------

  /** The key by which this caller may ask, if they may: who hides the number cannot be called. */
  Optional<String> key(Call call) {
    boolean reachable = number(call) != null;
    return call.queued()
        .filter(queued -> reachable)
        .map(queued -> directory.get().queues().get(queued.queue()))
        .map(queue -> queue.comfort().callBackKey());
  }

  private static @Nullable String number(Call call) {
    return call.read()
        .filter(read -> read.state().equals("KNOWN"))
        .map(CallerRead::number)
        .orElse(null);
  }

  /** Whether the key was this one; then the caller is thanked, and the call ends after that. */
  boolean asked(Turn turn, Call call, DigitPressed event, String language) {
    boolean asks =
        call.waiting()
            && event.leg().equals(call.customerLeg().key())
            && call.customerLeg().bridge() == null
            && key(call).filter(event.digit()::equals).isPresent();
    if (!asks) {
      return false;
    }
    turn.record(call, new CallBackAsked(turn.now()));
    turn.task(
        new TaskChange.Missed(
            call.id(), call.customer().map(Object::toString).orElse(null), number(call),
            call.queued().map(Queued::queue).orElse(""), turn.now(), REASON));
    turn.effect(call, new Effect.Music(call.customerLeg().key(), false));
    turn.effect(
        call,
        new Effect.Say(
            call.customerLeg().key(), PLAY + call.id(),
            new Announcement(TurnWords.thanks(language), language)));
    return true;
  }

  /** The place that the same number kept in this queue: who calls again goes on from there. */
  Optional<Queued> takenUpAgain(Turn turn, Call call, String queue) {
    String number = number(call);
    for (Call before : number == null ? java.util.List.<Call>of() : turn.calls()) {
      Queued kept = before.placeKept() ? before.queued().orElse(null) : null;
      if (kept != null && kept.queue().equals(queue) && Objects.equals(number, number(before))) {
        turn.record(before, new CallBackOver(turn.now(), "CALLED_AGAIN", null));
        if (dialBack != null) {
          dialBack.withdraw(turn, before);
        }
        return Optional.of(kept);
      }
    }
    return Optional.empty();
  }

  // ---- their turn comes ----------------------------------------------------------------------

  /** Whether this agent is being given one: nothing else is offered meanwhile. */
  boolean busy(AgentId agent) {
    return givenTo.contains(agent);
  }

  /** Whether it can be given now: it is not being given, and did not fail a moment ago. */
  boolean ready(Call call, long now) {
    return tasks != null
        && askAgainAt.getOrDefault(call.id(), Long.MIN_VALUE) <= now
        && (dialBack == null || dialBack.ready(call, now));
  }

  private record Found(Given given, OutboundCall.@Nullable Wish wish) {}

  /** Gives the task to this agent, beside the ledger, and looks up whom its number points to. */
  void give(Turn turn, Call call, AgentId agent) {
    CallBackTasks from = Objects.requireNonNull(tasks);
    long now = turn.now();
    String number = number(call);
    String queue = call.queued().map(Queued::queue).orElse("");
    boolean dialled = dialBack != null && number != null && dialBack.possible(call, dials);
    givenTo.add(agent);
    askAgainAt.put(call.id(), Long.MAX_VALUE);
    turn.later(
        CompletableFuture.supplyAsync(
            () -> {
              Given given = from.give(call.id(), agent, now);
              return new Found(
                  given, given == Given.GIVEN && dialled ? wish(number, queue) : null);
            },
            slow),
        (then, found, fault) -> given(then, call.id(), agent, found));
  }

  /** Null for a number that nobody may dial: then a person decides what to do with the task. */
  private OutboundCall.@Nullable Wish wish(@Nullable String number, String queue) {
    try {
      return number == null ? null : wishes.apply(number, queue);
    } catch (Fault.Refused | Fault.BadRequest notAllowed) {
      return null;
    }
  }

  private void given(Turn turn, CallId id, AgentId agent, @Nullable Found found) {
    givenTo.remove(agent);
    askAgainAt.remove(id);
    Call call = turn.call(id).orElse(null);
    Given given = found == null ? Given.NONE : found.given();
    if (call == null || !call.placeKept()) {
      if (call != null && given == Given.GIVEN) {
        giveBack(turn, call);
      }
    } else if (given == Given.NONE) {
      askAgainAt.put(id, turn.now() + RETRY);
    } else if (given == Given.TAKEN) {
      turn.record(call, new CallBackOver(turn.now(), "TAKEN", null));
    } else if (found != null && found.wish() != null && dialBack != null) {
      if (!dialBack.offer(turn, call, agent, found.wish())) {
        giveBack(turn, call);
      }
    } else {
      turn.record(call, new CallBackOver(turn.now(), "GIVEN", agent));
      turn.signal(agent, AgentSignal.GO_NOT_READY, REASON, turn.agent(agent).call());
      hub.notice(agent, "call-back-given", call.customer().map(Object::toString).orElse(null));
    }
  }

  /** The agent for whom it was meant has gone meanwhile, or the customer has called. */
  private static void giveBack(Turn turn, Call call) {
    turn.task(
        new TaskChange.Tried(
            call.id(), call.customer().map(Object::toString).orElse(null), number(call),
            call.queued().map(Queued::queue).orElse(""), turn.now(), null, 0));
  }

  // ---- by time -------------------------------------------------------------------------------

  long due(Call call) {
    return call.placeKept()
        ? call.callBackAsked().map(CallBackAsked::at).orElse(0L) + KEPT
        : Long.MAX_VALUE;
  }

  void come(Turn turn, Call call) {
    if (due(call) <= turn.now()) {
      askAgainAt.remove(call.id());
      turn.record(call, new CallBackOver(turn.now(), "LAPSED", null));
    }
  }
}
