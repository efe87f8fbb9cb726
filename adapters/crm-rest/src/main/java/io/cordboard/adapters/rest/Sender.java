package io.cordboard.adapters.rest;

import io.cordboard.adapterkit.http.Allowed;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request of a plan once, and says what the answer means; once more after we had to sign in again. Meanings
 * that are no success of any kind are thrown.
 */
final class Sender implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final String system;
  private final FilePlan plan;
  private final Line line;
  private final Allowed allowed;
  private final Clock clock;
  private final Masks masks;
  private final Session session;
  private final Map<String, Object> open;
  private final Map<String, Object> secret;

  /** An answer: what it means, and what formulas see of it. */
  record Answered(Meaning meaning, Scope scope, Words words) {}

  /** What the system said of it. */
  record Words(String message, String field) {
    @Override
    public String toString() {
      return message + (field.isEmpty() ? "" : " (field '" + field + "')");
    }
  }

  Sender(String system, FilePlan plan, Allowed allowed, Clock clock, Map<String, Object> open, Map<String, Object> secret, Masks masks) {
    this.system = system;
    this.plan = plan;
    this.allowed = allowed;
    this.clock = clock;
    this.masks = masks;
    this.open = open;
    this.secret = secret;
    this.line = new Line(system, allowed, plan.request());
    this.session = new Session(system, plan, line, clock, masks, () -> base(secret));
  }

  /** How long a request takes at most when nobody says less. */
  Duration usual() {
    return plan.request().timeout();
  }

  /** One that changes nothing. */
  Answered ask(RequestPlan request, Map<String, Object> names, Duration within) {
    return send(request, names, within, true);
  }

  /** One that may change something. */
  Answered change(RequestPlan request, Map<String, Object> names) {
    return send(request, names, usual(), false);
  }

  private Answered send(RequestPlan request, Map<String, Object> names, Duration within, boolean harmless) {
    Duration time = within.compareTo(usual()) < 0 ? within : usual();
    long until = clock.nanos() + time.toNanos();
    Session.State state = session.state(left(until));
    Answered first = once(request, names, state, left(until), harmless);
    if (first.meaning() != Meaning.REAUTH) {
      return first;
    }
    if (session.canRenew()) {
      Session.State fresh = session.renewed(state, left(until));
      Answered second = once(request, names, fresh, left(until), harmless);
      if (second.meaning() != Meaning.REAUTH) {
        return second;
      }
    }
    throw new Fault.AuthLapsed(
        "'%s' does not accept our login: look at the name, the password or the key of the connection. It said: %s"
            .formatted(system, first.words()));
  }

  private Duration left(long until) {
    Duration left = Duration.ofNanos(until - clock.nanos());
    if (left.toMillis() < 1) {
      throw new Fault.Unreachable("'%s' was not asked: the time for it was over.".formatted(system), null);
    }
    return left;
  }

  private Answered once(
      RequestPlan request, Map<String, Object> names, Session.State state, Duration time, boolean harmless) {
    Map<String, Object> seen = base(open);
    seen.put("conn", state.conn());
    seen.putAll(names);
    Map<String, Object> all = new HashMap<>(seen);
    all.put("cfg", secret);
    Scope scope = Scope.of(seen);
    Request built = Builder.build(request, plan.request(), plan.auth(), scope, Scope.of(all), time, harmless);
    Answer answer = sent(built);
    Answers.Parsed parsed = Answers.parsed(answer, plan.request());
    seen.put("http", parsed.http());
    seen.put("body", parsed.value());
    return meant(answer, parsed.body(), rule(request, answer, parsed, scope), scope, harmless);
  }

  // a rule that cannot be worked out knows nothing, and neither do those after it
  private @Nullable Rule rule(RequestPlan request, Answer answer, Answers.Parsed parsed, Scope scope) {
    try {
      Rule own = request.answers().fitting(answer.status(), parsed.body(), scope);
      return own != null ? own : plan.answers().fitting(answer.status(), parsed.body(), scope);
    } catch (Fault unreadable) {
      return null;
    }
  }

  private Answer sent(Request request) {
    if (request.harmless()) {
      return line.send(request);
    }
    allowed.mustReach(request.uri());
    try {
      return line.send(request);
    } catch (Fault.Refused tooLong) {
      throw new Fault.OutcomeUnknown(tooLong.getMessage(), tooLong);
    }
  }

  private Answered meant(Answer answer, Body body, @Nullable Rule rule, Scope scope, boolean harmless) {
    Words words = words(answer, rule, scope);
    Meaning meaning = rule == null ? Meaning.REFUSED : rule.is();
    boolean chosen = rule != null && !(rule.statuses().isEmpty() && rule.needs() == null && rule.when() == null);
    if (!chosen && answer.status() == 401) {
      meaning = Meaning.REAUTH;
    }
    if (!chosen && meaning == Meaning.REFUSED) {
      mustBeRefusal(answer, body, words, harmless);
    }
    switch (meaning) {
      case REFUSED -> throw new Fault.Refused("'%s' refused: %s".formatted(system, words));
      case SLOW_DOWN -> {
        Duration asked = rule == null ? null : AnswerRules.pause(rule, scope);
        throw new Fault.Busy(
            "'%s' asks us to come more slowly.".formatted(system), asked == null ? answer.retryAfter(PAUSE) : asked);
      }
      case RETRY -> {
        String told = "'%s' cannot do it at the moment: %s".formatted(system, words);
        throw harmless || (rule != null && rule.nothingDone())
            ? new Fault.Unreachable(told, null) : new Fault.OutcomeUnknown(told, null);
      }
      default -> {
        return new Answered(meaning, scope, words);
      }
    }
  }

  // what no rule knows and is no plain refusal may have been done, or comes from something that stands between
  private void mustBeRefusal(Answer answer, Body body, Words words, boolean harmless) {
    boolean refusal = answer.status() >= 400 && answer.status() < 500;
    String told = "'%s' answered with status %d%s in a way that no rule knows: %s".formatted(
        system, answer.status(), body == Body.JSON ? "" : " and no JSON", words);
    if (!refusal && !harmless) {
      throw new Fault.OutcomeUnknown(told, null);
    }
    if (!refusal && body != Body.JSON) {
      throw new Fault.Unreachable(told, null);
    }
  }

  private Words words(Answer answer, @Nullable Rule rule, Scope scope) {
    String message = rule == null ? null : said(rule.message(), scope);
    String field = rule == null ? null : said(rule.field(), scope);
    return new Words(
        message == null ? "status " + answer.status() : masks.harmless(message), field == null ? "" : masks.harmless(field));
  }

  private static @Nullable String said(@Nullable Expression expression, Scope scope) {
    if (expression == null) {
      return null;
    }
    try {
      Object value = expression.value(scope);
      String text = Texts.filled(value);
      return text != null || !(value instanceof Iterable<?>) ? text : String.join("; ", Texts.many(value));
    } catch (Fault unreadable) {
      return null;
    }
  }

  private Map<String, Object> base(Map<String, Object> cfg) {
    long millis = clock.micros() / 1_000;
    Map<String, Object> names = new HashMap<>();
    names.put("cfg", cfg);
    names.put("call", Map.of("millis", millis, "seconds", millis / 1_000));
    return names;
  }

  @Override
  public void close() {
    line.close();
  }
}
