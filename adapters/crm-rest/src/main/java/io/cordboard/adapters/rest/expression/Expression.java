package io.cordboard.adapters.rest.expression;

import org.jspecify.annotations.Nullable;

/** A compiled formula. Thread-safe. */
@FunctionalInterface
public interface Expression {
  /**
   * Works it out.
   *
   * @return {@link Missing#MISSING} where nothing came of it, which is not the same as null
   * @throws io.cordboard.kernel.Fault naming the formula when it cannot be worked out
   */
  @Nullable Object value(Scope scope);

  /** Whether it says true. */
  default boolean holds(Scope scope) {
    return Boolean.TRUE.equals(value(scope));
  }
}
