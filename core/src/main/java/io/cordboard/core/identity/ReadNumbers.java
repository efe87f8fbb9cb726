package io.cordboard.core.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of an arriving call.
 *
 * @param line the dialled line in its canonical form: E.164, a service number, or what was told
 *     where it is neither; null when nothing was told
 * @param steps how they came about, the caller's first
 */
public record ReadNumbers(CallerNumber caller, @Nullable String line, List<Step> steps) {
  public ReadNumbers {
    steps = List.copyOf(steps);
  }
}
