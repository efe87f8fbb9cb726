package io.cordboard.web.api;

import io.cordboard.core.identity.DialPattern;
import io.cordboard.core.identity.NumberSet;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.RewriteRule;
import io.cordboard.core.identity.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.web.api.TrunkOrder.Rewrite;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at each part of a trunk's rules by itself, so that all that is wrong is told at once. */
final class RulesCheck {
  private static final String ANY_REGION = "CN";
  private static final DialPattern ANY_PATTERN = DialPattern.of(".");
  private final List<Wrong> wrong = new ArrayList<>();

  private RulesCheck() {}

  /**
   * A part that cannot be used.
   *
   * @param field such as areaCode, ownNumbers/3 or rewrites/0/pattern; rules for all of them together
   * @param detail names the cause and the mend
   */
  record Wrong(String field, String detail) {}

  /** What is wrong; nothing when these rules can be set. */
  static List<Wrong> of(TrunkOrder order) {
    RulesCheck check = new RulesCheck();
    check.parts(order);
    if (check.wrong.isEmpty()) {
      check.at("rules", order::rules);
    }
    return check.wrong;
  }

  private void parts(TrunkOrder order) {
    at("region", () -> Place.of(order.region()));
    at("areaCode", () -> new Place(ANY_REGION, orEmpty(order.areaCode()), List.of()));
    each("outsidePrefixes", order.outsidePrefixes(), prefix -> new Place(ANY_REGION, "", List.of(prefix)));
    each("ownNumbers", order.ownNumbers(), number -> NumberSet.of(List.of(number)));
    List<Rewrite> rewrites = order.rewrites() == null ? List.of() : order.rewrites();
    for (int i = 0; i < rewrites.size(); i++) {
      Rewrite rule = rewrites.get(i);
      if (rule != null) {
        at("rewrites/" + i + "/pattern", () -> DialPattern.of(rule.pattern()));
        at(
            "rewrites/" + i + "/replacement",
            () -> new RewriteRule(EnumSet.allOf(Side.class), ANY_PATTERN, rule.replacement()));
      }
    }
  }

  private interface Part {
    Object make(String text);
  }

  private void each(String field, @Nullable List<String> texts, Part part) {
    for (int i = 0; texts != null && i < texts.size(); i++) {
      String text = texts.get(i);
      if (text != null) {
        at(field + "/" + i, () -> part.make(text));
      }
    }
  }

  private void at(String field, Supplier<Object> part) {
    try {
      Object _ = part.get();
    } catch (Fault.BadRequest bad) {
      wrong.add(new Wrong(field, bad.getMessage()));
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
