package io.cordboard.core.identity;

import io.cordboard.kernel.Fault;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a number as a trunk tells it before it is read. In the replacement {@code $} stands for
 * the part that the pattern keeps: {@code 00852|. -> +852$}, {@code XXXX -> +867558210$}.
 *
 * @param sides whether callers' numbers, dialled lines or both are rewritten
 * @param replacement digits, {@code + * #} and at most one {@code $}; at most 32 characters
 */
public record RewriteRule(Set<Side> sides, DialPattern pattern, String replacement) {
  public RewriteRule {
    sides = Set.copyOf(sides);
    if (sides.isEmpty()) {
      throw new Fault.BadRequest(
          "Rewrite rule '%s' is for no side: give it caller, line or both.".formatted(pattern));
    }
    if (!isReplacement(replacement)) {
      throw new Fault.BadRequest(
          "'%s' is no replacement: use digits, + * # and at most one $ for the part that is kept."
              .formatted(Fault.excerpt(replacement)));
    }
  }

  /** A rule for both sides. */
  public static RewriteRule of(String pattern, String replacement) {
    return new RewriteRule(EnumSet.allOf(Side.class), DialPattern.of(pattern), replacement);
  }

  /** The rewritten number, or null when this rule does not apply. */
  @Nullable String apply(Side side, String number) {
    String kept = sides.contains(side) ? pattern.kept(number) : null;
    return kept == null ? null : replacement.replace("$", kept);
  }

  private static boolean isReplacement(String text) {
    return text.length() <= 32
        && text.indexOf('$') == text.lastIndexOf('$')
        && text.chars().allMatch(c -> "0123456789+*#$".indexOf(c) >= 0);
  }

  @Override
  public String toString() {
    return pattern + " -> " + replacement;
  }
}
