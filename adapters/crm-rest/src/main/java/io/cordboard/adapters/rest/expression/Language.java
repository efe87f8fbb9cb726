package io.cordboard.adapters.rest.expression;

import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Compiles the formulas of one file. */
public final class Language {
  private static final Duration LONGEST = Duration.ofMillis(500);
  private static final int THREADS = 4;

  private final HostFunctions host;
  private final Interpreter.Factory whole;

  public Language(HostFunctions host) {
    this(host, LONGEST);
  }

  /** With another limit of time for each formula. */
  Language(HostFunctions host, Duration longest) {
    this.host = host;
    this.whole = new Interpreter.Factory(host, new Interpreter.Limits(longest, new Semaphore(THREADS)));
  }

  /**
   * Compiles.
   *
   * @throws Fault.BadRequest when it is no formula
   */
  public Expression compile(String text) {
    Expression simple = Simple.of(text, host, whole);
    return simple == null ? whole.now(text) : simple;
  }

  /** The name with which a plain path begins; null where the formula is none. */
  public static @Nullable String head(Expression expression) {
    return expression instanceof Simple.Path path ? path.head() : null;
  }

  /** The text of a formula without what stands in quotes. */
  public static String bare(String text) {
    return Interpreter.withoutWords(text);
  }
}
