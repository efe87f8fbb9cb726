package io.cordboard.web.api;

import io.cordboard.core.identity.DialPattern;
import io.cordboard.core.identity.NumberSet;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.RewriteRule;
import io.cordboard.core.identity.Side;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.kernel.Fault;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a trunk's numbers shall be read; what is not told is as on a trunk without rules.
 *
 * @param region ISO 3166 code of the country where the trunk ends, such as CN
 * @param areaCode put before local numbers, such as 0755
 * @param outsidePrefixes digits that a switch may leave in front, such as 9
 * @param lineFrom headers that may tell the dialled line, the first that does counts
 * @param trustAsserted whether P-Asserted-Identity counts before From
 * @param ownNumbers numbers that never match a customer, beside our lines and extensions
 * @param rewrites the first that applies is applied, once
 */
record TrunkOrder(
    String region,
    @Nullable String areaCode,
    @Nullable List<String> outsidePrefixes,
    @Nullable List<LineSource> lineFrom,
    @Nullable Boolean trustAsserted,
    @Nullable List<String> ownNumbers,
    @Nullable List<Rewrite> rewrites) {
  private static final int MAX_ENTRIES = 1000;
  private static final int MAX_REWRITES = 100;
  private static final List<LineSource> USUAL_LINE =
      List.of(LineSource.REQUEST_LINE, LineSource.TO);

  /**
   * A rule.
   *
   * @param side CALLER or LINE, both when not told
   * @param pattern such as 00852|.
   * @param replacement such as +852$
   */
  record Rewrite(@Nullable Side side, String pattern, String replacement) {
    RewriteRule rule() {
      return new RewriteRule(
          side == null ? EnumSet.allOf(Side.class) : EnumSet.of(side),
          DialPattern.of(pattern),
          replacement);
    }

    static Rewrite of(RewriteRule rule) {
      return new Rewrite(
          rule.sides().size() == 1 ? rule.sides().iterator().next() : null,
          rule.pattern().toString(),
          rule.replacement());
    }
  }

  TrunkRules rules() {
    return new TrunkRules(
        new Place(region, areaCode == null ? "" : areaCode, few("outsidePrefixes", outsidePrefixes)),
        some("rewrites", rewrites, MAX_REWRITES).stream().map(Rewrite::rule).toList(),
        lineFrom == null ? USUAL_LINE : Input.whole("lineFrom", lineFrom),
        Boolean.TRUE.equals(trustAsserted),
        NumberSet.of(some("ownNumbers", ownNumbers, MAX_ENTRIES)));
  }

  private static List<String> few(String name, @Nullable List<String> list) {
    return some(name, list, 10);
  }

  private static <T> List<T> some(String name, @Nullable List<T> list, int most) {
    if (list == null) {
      return List.of();
    }
    if (list.size() > most) {
      throw new Fault.BadRequest(
          "'%s' has %d entries; %d are allowed.".formatted(name, list.size(), most));
    }
    if (list.stream().anyMatch(entry -> entry == null)) {
      throw new Fault.BadRequest("'%s' has an empty entry.".formatted(name));
    }
    return list;
  }

  static TrunkOrder of(TrunkRules rules) {
    return new TrunkOrder(
        rules.place().region(),
        rules.place().areaCode(),
        rules.place().outsidePrefixes(),
        rules.lineFrom(),
        rules.trustAsserted(),
        rules.own().entries(),
        rules.rewrites().stream().map(Rewrite::of).toList());
  }
}
