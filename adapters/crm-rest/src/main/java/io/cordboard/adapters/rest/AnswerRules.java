package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an answer means: the first rule that fits says so. */
record AnswerRules(List<Rule> rules) {
  static final AnswerRules NONE = new AnswerRules(List.of());
  private static final Pattern STATUS = Pattern.compile("([1-5])xx|([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

  /** What an answer means. */
  enum Meaning {
    OK,
    NONE,
    NOT_FOUND,
    REFUSED,
    REAUTH,
    SLOW_DOWN,
    AMBIGUOUS,
    RETRY,
    STALE,
    GAP;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the body of an answer is. */
  enum Body {
    JSON,
    EMPTY,
    OTHER
  }

  /**
   * A rule.
   *
   * @param needs which bodies it fits; null for any
   * @param nothingDone whether the system certainly changed nothing
   */
  record Rule(
      List<Status> statuses, @Nullable Body needs, @Nullable Expression when, Meaning is, @Nullable Expression message,
      @Nullable Expression field, @Nullable Expression pause, boolean nothingDone) {
    boolean fits(int status, Body body, Scope scope) {
      return (statuses.isEmpty() || statuses.stream().anyMatch(range -> range.has(status)))
          && (needs == null || needs == body)
          && (when == null || when.holds(scope));
    }
  }

  /** From one status to another, both included. */
  record Status(int low, int high) {
    boolean has(int status) {
      return status >= low && status <= high;
    }
  }

  /** The rule that fits; null where none does. */
  @Nullable Rule fitting(int status, Body body, Scope scope) {
    for (Rule rule : rules) {
      if (rule.fits(status, body, scope)) {
        return rule;
      }
    }
    return null;
  }

  /** How long a rule says that we shall wait; null where it does not. */
  static @Nullable Duration pause(Rule rule, Scope scope) {
    BigDecimal seconds = rule.pause() == null ? null : Texts.number(rule.pause().value(scope));
    return seconds == null || seconds.signum() < 0
        ? null
        : Duration.ofMillis(seconds.min(BigDecimal.valueOf(86_400)).movePointRight(3).longValue());
  }

  /** Whether the last rule fits whatever comes. */
  boolean isClosed() {
    return !rules.isEmpty() && isFinal(rules.getLast());
  }

  private static boolean isFinal(Rule rule) {
    return rule.statuses().isEmpty() && rule.needs() == null && rule.when() == null;
  }

  static AnswerRules read(Part part, String key, Compiler compiler) {
    List<Rule> rules = new ArrayList<>();
    boolean closed = false;
    for (Part each : part.parts(key)) {
      if (closed) {
        each.mistake("This rule is never reached: the one before it fits whatever comes.");
      }
      Rule rule = rule(each, compiler);
      rules.add(rule);
      closed = isFinal(rule);
    }
    return rules.isEmpty() ? NONE : new AnswerRules(rules);
  }

  private static Rule rule(Part part, Compiler compiler) {
    List<Status> statuses = new ArrayList<>();
    part.texts("status").forEach(text -> statuses.add(status(part, text)));
    String is = part.mustText("is");
    Meaning meaning = Meaning.REFUSED;
    try {
      meaning = Meaning.valueOf(is.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      part.mistake("is", "An answer is ok, none, not_found, refused, reauth, slow_down, ambiguous, retry, stale or gap.");
    }
    boolean good = meaning == Meaning.OK || meaning == Meaning.NONE || meaning == Meaning.NOT_FOUND;
    String body = part.word("body", good ? "json" : "any", "json", "empty", "any");
    if (meaning == Meaning.OK && statuses.isEmpty() && !part.has("when")) {
      part.mistake("A rule that says ok needs a 'status' or a 'when': it would take anything for a success.");
    }
    Rule rule = new Rule(
        statuses,
        body.equals("any") ? null : Body.valueOf(body.toUpperCase(Locale.ROOT)),
        compiler.formula(part, "when", Place.OPEN),
        meaning,
        compiler.formula(part, "message", Place.OPEN),
        compiler.formula(part, "field", Place.OPEN),
        compiler.formula(part, "wait", Place.OPEN),
        part.flag("nothing_done", false));
    part.close();
    return rule;
  }

  private static Status status(Part part, String text) {
    Matcher read = STATUS.matcher(text);
    if (!read.matches()) {
      part.mistake("status", "A status is 200, 5xx or 400-499, not '%s'.".formatted(text));
      return new Status(0, 0);
    }
    if (read.group(1) != null) {
      int hundreds = Integer.parseInt(read.group(1)) * 100;
      return new Status(hundreds, hundreds + 99);
    }
    int low = Integer.parseInt(read.group(2));
    return new Status(low, read.group(3) == null ? low : Integer.parseInt(read.group(3)));
  }
}
