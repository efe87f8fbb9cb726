package io.cordboard.adapters.rest;

import io.cordboard.adapterkit.http.Answer;
import io.cordboard.adapterkit.http.Request;
import io.cordboard.adapters.rest.AnswerRules.Body;
import io.cordboard.adapters.rest.AnswerRules.Meaning;
import io.cordboard.adapters.rest.AnswerRules.Rule;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gets us in and keeps us in: one request for a token at a time, and not more of them than are allowed. */
final class Session {
  private static final Duration LONGEST = Duration.ofDays(30);

  private final String system;
  private final FilePlan plan;
  private final Line line;
  private final Clock clock;
  private final Masks masks;
  private final Supplier<Map<String, Object>> secrets;
  private final AtomicReference<@Nullable CompletableFuture<State>> underWay = new AtomicReference<>();
  private final Map<String, Deque<Long>> sent = new HashMap<>();
  private volatile State state = new State(Map.of(), Map.of(), 0);

  /**
   * What was found.
   *
   * @param conn as formulas see it
   * @param until by step, in nanoseconds of the clock
   */
  record State(Map<String, Object> conn, Map<String, Long> until, int age) {
    /** Without what was found: it lets in. */
    @Override
    public String toString() {
      return "State[" + conn.keySet() + "]";
    }
  }

  Session(String system, FilePlan plan, Line line, Clock clock, Masks masks, Supplier<Map<String, Object>> secrets) {
    this.system = system;
    this.plan = plan;
    this.line = line;
    this.clock = clock;
    this.masks = masks;
    this.secrets = secrets;
  }

  /** What is known, fetched where it is not there or no longer good. */
  State state(Duration within) {
    State known = state;
    return isGood(known) ? known : renewed(null, within);
  }

  /** Anew, unless somebody did that since. */
  State renewed(@Nullable State refused, Duration within) {
    CompletableFuture<State> ours = new CompletableFuture<>();
    CompletableFuture<State> theirs = underWay.compareAndExchange(null, ours);
    if (theirs != null) {
      return awaited(theirs, within);
    }
    try {
      State known = state;
      boolean done = isGood(known) && (refused == null || known.age() != refused.age());
      State fresh = done ? known : fetched(known, refused != null, within);
      ours.complete(fresh);
      return fresh;
    } catch (RuntimeException failed) {
      ours.completeExceptionally(failed);
      throw failed;
    } finally {
      underWay.set(null);
    }
  }

  private State awaited(CompletableFuture<State> theirs, Duration within) {
    try {
      return theirs.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw Fault.of(failed.getCause(), "'%s' could not be signed in to.".formatted(system));
    } catch (TimeoutException late) {
      throw new Fault.Unreachable("'%s' is being signed in to, which takes too long.".formatted(system), late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Fault.Unreachable("'%s' was not signed in to, because we stop.".formatted(system), stopped);
    }
  }

  /** Whether anything can be fetched anew. */
  boolean canRenew() {
    return !plan.auth().steps().isEmpty();
  }

  private boolean isGood(State known) {
    if (plan.auth().steps().isEmpty()) {
      return true;
    }
    long now = clock.nanos();
    return known.until().size() == plan.auth().steps().size()
        && known.until().values().stream().allMatch(until -> until - now > 0);
  }

  private State fetched(State known, boolean lastAnew, Duration within) {
    Map<String, Object> conn = new HashMap<>(known.conn());
    Map<String, Long> until = new HashMap<>(known.until());
    if (lastAnew) {
      until.remove(plan.auth().steps().getLast().as());
    }
    for (AuthPlan.Step step : plan.auth().steps()) {
      Long good = until.get(step.as());
      if (good == null || good - clock.nanos() <= 0) {
        Scope answer = ask(step, conn, within);
        step.set().forEach((name, expression) -> conn.put(name, found(step, name, expression, answer)));
        until.put(step.as(), clock.nanos() + kept(step, answer).toNanos());
      }
    }
    State fresh = new State(Map.copyOf(conn), Map.copyOf(until), known.age() + 1);
    state = fresh;
    return fresh;
  }

  private Object found(AuthPlan.Step step, String name, Expression expression, Scope answer) {
    String text = Texts.filled(expression.value(answer));
    if (text == null) {
      throw new Fault.AuthLapsed(
          "'%s' let us in without '%s' in its answer to the step '%s': look at 'auth'.".formatted(system, name, step.as()));
    }
    masks.learn(text);
    return text;
  }

  private static Duration kept(AuthPlan.Step step, Scope answer) {
    if (step.keep() == null) {
      return step.kept();
    }
    BigDecimal seconds = Texts.number(step.keep().value(answer));
    if (seconds == null || seconds.signum() <= 0) {
      return Duration.ofSeconds(1);
    }
    return Duration.ofSeconds(seconds.min(BigDecimal.valueOf(LONGEST.toSeconds())).longValue());
  }

  private Scope ask(AuthPlan.Step step, Map<String, Object> conn, Duration within) {
    mustBeAllowed(step);
    Map<String, Object> names = new HashMap<>(secrets.get());
    names.put("conn", Map.copyOf(conn));
    Scope scope = Scope.of(names);
    Request request = Builder.build(step.request(), plan.request(), null, scope, scope, within, true);
    Answer answer = line.send(request);
    Answers.Parsed parsed = Answers.parsed(answer, plan.request());
    names.put("http", parsed.http());
    names.put("body", parsed.value());
    Rule rule = step.request().answers().fitting(answer.status(), parsed.body(), scope);
    Meaning meaning = rule != null ? rule.is() : usual(answer.status(), parsed.body());
    switch (meaning) {
      case OK -> {
        return scope;
      }
      case SLOW_DOWN -> throw new Fault.Busy(
          "'%s' lets us in less often than we ask.".formatted(system), answer.retryAfter(Duration.ofSeconds(30)));
      case RETRY -> throw new Fault.Unreachable(
          "'%s' cannot let us in at the moment (status %d).".formatted(system, answer.status()), null);
      default -> throw new Fault.AuthLapsed(
          "'%s' does not let us in (step '%s', status %d): look at the name, the password or the key of the connection."
              .formatted(system, step.as(), answer.status()));
    }
  }

  private static Meaning usual(int status, Body body) {
    if (status >= 200 && status < 300 && body == Body.JSON) {
      return Meaning.OK;
    }
    return status == 429 ? Meaning.SLOW_DOWN : status >= 500 ? Meaning.RETRY : Meaning.REFUSED;
  }

  // some systems lock out who signs in too often
  private void mustBeAllowed(AuthPlan.Step step) {
    Deque<Long> times = sent.computeIfAbsent(step.as(), as -> new ArrayDeque<>());
    long now = clock.nanos();
    while (!times.isEmpty() && now - times.getFirst() >= step.window().toNanos()) {
      times.removeFirst();
    }
    if (times.size() >= step.most()) {
      throw new Fault.Busy(
          "'%s' was signed in to %d times within %d s already: more would lock us out."
              .formatted(system, step.most(), step.window().toSeconds()),
          Duration.ofNanos(times.getFirst() + step.window().toNanos() - now));
    }
    times.addLast(now);
  }
}
