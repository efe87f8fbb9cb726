package io.cordboard.adapters.rest.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The whole language, within limits. A formula that repeats nothing by itself is worked out where it is asked for;
 * any other one on a thread of its own, which is given up when the time is over: a function that is built in looks at
 * no limit.
 */
final class Interpreter implements Expression {
  private static final int MOST_CHARACTERS = 2_000;
  private static final int MOST_BRACKETS = 50;
  private static final int LONGEST_TEXT = 1_000_000;
  private static final int LONGEST_FOR_PATTERNS = 1_000;
  private static final int LONGEST_LIST = 100_000;
  private static final int DEEPEST = 500;
  private static final Pattern NAME = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)\\s*\\(");
  private static final Pattern CLOSED =
      Pattern.compile("\\$(" + String.join("|", HostFunctions.CLOSED) + ")\\b");
  private static final Set<String> LIGHT =
      Set.of(
          "append", "boolean", "count", "keys", "length", "lookup", "lowercase", "merge", "not", "number", "round",
          "floor", "ceil", "abs", "substring", "substringAfter", "substringBefore", "sum", "max", "min", "trim", "type",
          "uppercase", "distinct", "base64encode", "base64decode", "encodeUrlComponent", "encodeUrl", "join");

  private final String text;
  private final Jsonata compiled;
  private final Limits limits;
  private final boolean light;
  private final boolean patterns;

  /** How long a formula may take, and how many threads may be lost to those that never end. */
  record Limits(Duration longest, Semaphore threads) {}

  /** Compiles formulas of one file. */
  record Factory(HostFunctions host, Limits limits) {
    /** Now. */
    Interpreter now(String text) {
      return new Interpreter(text, host, limits);
    }

    /** When it is first needed. */
    Expression later(String text) {
      return new Expression() {
        private volatile @Nullable Interpreter made;

        @Override
        public @Nullable Object value(Scope scope) {
          Interpreter known = made;
          if (known == null) {
            known = now(text);
            made = known;
          }
          return known.value(scope);
        }
      };
    }
  }

  private Interpreter(String text, HostFunctions host, Limits limits) {
    this.text = text;
    this.limits = limits;
    mustBeShort(text);
    Matcher closed = CLOSED.matcher(text);
    if (closed.find()) {
      throw new Fault.BadRequest("'%s' is not allowed in a formula.".formatted(closed.group()));
    }
    this.compiled = compile(text);
    host.all().forEach((name, function) -> compiled.registerFunction(name, adapted(function)));
    HostFunctions.CLOSED.forEach(name -> compiled.registerFunction(name, adapted(given -> {
      throw new Fault.BadRequest("'$%s' is not allowed in a formula.".formatted(name));
    })));
    this.patterns = hasPattern(text);
    this.light = !patterns && isLight(text, host);
  }

  private static void mustBeShort(String text) {
    int open = 0;
    int deepest = 0;
    for (char letter : text.toCharArray()) {
      open += "([{".indexOf(letter) >= 0 ? 1 : ")]}".indexOf(letter) >= 0 ? -1 : 0;
      deepest = Math.max(deepest, open);
    }
    if (text.length() > MOST_CHARACTERS || deepest > MOST_BRACKETS) {
      throw new Fault.BadRequest(
          "A formula has at most %,d characters and brackets %d deep.".formatted(MOST_CHARACTERS, MOST_BRACKETS));
    }
  }

  private static Jsonata compile(String text) {
    try {
      Jsonata compiled = Jsonata.jsonata(text);
      compiled.setValidateInput(false);
      compiled.setOutputConvertNulls(false);
      return compiled;
    } catch (RuntimeException | StackOverflowError wrong) {
      throw new Fault.BadRequest(
          "'%s' is no formula: %s".formatted(Fault.excerpt(text), Fault.excerpt(String.valueOf(wrong.getMessage()))));
    }
  }

  private static Jsonata.JFunction adapted(HostFunctions.Function function) {
    return new Jsonata.JFunction(
        (input, given) -> {
          List<@Nullable Object> parts = new ArrayList<>();
          for (Object each : (List<?>) given) {
            parts.add(each == null ? Missing.MISSING : each == Jsonata.NULL_VALUE ? null : each);
          }
          Object value = function.call(parts);
          return value == Missing.MISSING ? null : value == null ? Jsonata.NULL_VALUE : value;
        },
        null);
  }

  // a slash after a value divides; after anything else it begins a pattern
  private static boolean hasPattern(String text) {
    return Pattern.compile("(^|[(,=\\[{:?&|<>~!;]|\\b(in|and|or)\\b)\\s*/").matcher(withoutWords(text)).find();
  }

  private static boolean isLight(String text, HostFunctions host) {
    String bare = withoutWords(text);
    if (bare.contains("..") || bare.contains("function") || bare.contains("λ") || bare.contains(":=")
        || bare.contains("**") || bare.contains("~>") || bare.contains("|")) {
      return false;
    }
    Matcher called = NAME.matcher(bare);
    while (called.find()) {
      if (!LIGHT.contains(called.group(1)) && !host.all().containsKey(called.group(1))) {
        return false;
      }
    }
    return true;
  }

  static String withoutWords(String text) {
    return text.replaceAll("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])*'", "''");
  }

  @Override
  public @Nullable Object value(Scope scope) {
    Object value = light ? evaluated(scope) : apart(scope);
    return value == null ? Missing.MISSING : value == Jsonata.NULL_VALUE ? null : value;
  }

  private @Nullable Object apart(Scope scope) {
    if (!limits.threads().tryAcquire()) {
      throw failed("other formulas have not come to an end");
    }
    FutureTask<@Nullable Object> task = new FutureTask<>(() -> {
      try {
        return evaluated(scope);
      } finally {
        limits.threads().release();
      }
    });
    Thread.ofPlatform().name("formula").daemon().start(task);
    try {
      return task.get(limits.longest().toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.cancel(true);
      throw failed("it takes too long");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Fault fault ? fault : failed(String.valueOf(failed.getCause()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw failed("we stop");
    }
  }

  private @Nullable Object evaluated(Scope scope) {
    Jsonata.Frame frame = compiled.createFrame();
    Guard guard = new Guard(System.nanoTime() + limits.longest().toNanos());
    frame.setEvaluateEntryCallback((part, input, env) -> guard.enter());
    frame.setEvaluateExitCallback((part, input, env, value) -> guard.leave(value));
    scope.names().forEach((name, value) -> frame.bind(name, value));
    try {
      return compiled.evaluate(scope.root(), frame);
    } catch (Fault fault) {
      throw fault;
    } catch (JException wrong) {
      throw failed(String.valueOf(wrong.getMessage()));
    } catch (RuntimeException | StackOverflowError wrong) {
      throw failed(wrong.getClass().getSimpleName());
    }
  }

  private Fault failed(String why) {
    return new Fault.Refused(
        "The formula '%s' could not be worked out: %s.".formatted(Fault.excerpt(text), Fault.excerpt(why)));
  }

  /** Looks after each part of one evaluation; used by one thread. */
  private final class Guard {
    private final long until;
    private int depth;

    Guard(long until) {
      this.until = until;
    }

    void enter() {
      if (++depth > DEEPEST) {
        throw failed("it goes too deep");
      }
      if (System.nanoTime() - until > 0) {
        throw failed("it takes too long");
      }
    }

    void leave(@Nullable Object value) {
      depth--;
      if (value instanceof CharSequence words && words.length() > (patterns ? LONGEST_FOR_PATTERNS : LONGEST_TEXT)) {
        throw failed("a text in it is too long");
      }
      if (value instanceof Collection<?> several && several.size() > LONGEST_LIST) {
        throw failed("a list in it is too long");
      }
    }
  }
}
