package io.cordboard.core.setup;

import io.cordboard.core.identity.DialPattern;
import io.cordboard.core.identity.NumberSet;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.RewriteRule;
import io.cordboard.core.identity.Side;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkRules.LineSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the number rules of a trunk. */
final class TrunkForms {
  private static final String ANY_REGION = "CN";
  private static final DialPattern ANY_PATTERN = DialPattern.of(".");

  private TrunkForms() {}

  static @Nullable TrunkRules rules(Form form) {
    int faults = form.faults();
    String region = form.needed("region");
    Place country = form.made("region", region, Place::of);
    String areaCode = form.text("areaCode");
    form.made("areaCode", areaCode, code -> new Place(ANY_REGION, code, List.of()));
    List<String> prefixes = form.texts("outsidePrefixes");
    prefixes.forEach(
        prefix ->
            form.made("outsidePrefixes", prefix, p -> new Place(ANY_REGION, "", List.of(p))));
    List<LineSource> lineFrom = new ArrayList<>(form.some("lineFrom", LineSource.class));
    if (lineFrom.isEmpty()) {
      lineFrom.addAll(List.of(LineSource.REQUEST_LINE, LineSource.TO));
    }
    boolean trusted = form.flag("trustAsserted", false);
    List<String> own = form.texts("ownNumbers");
    own.forEach(entry -> form.made("ownNumbers", entry, e -> NumberSet.of(List.of(e))));
    List<RewriteRule> rewrites = new ArrayList<>();
    for (Form part : form.forms("rewrites")) {
      RewriteRule rule = rewrite(part);
      part.done();
      if (rule != null) {
        rewrites.add(rule);
      }
    }
    if (region == null || country == null || form.faults() > faults) {
      return null;
    }
    return form.made(
        "region",
        region,
        r ->
            new TrunkRules(
                new Place(r, areaCode == null ? "" : areaCode, prefixes), rewrites, lineFrom,
                trusted, NumberSet.of(own)));
  }

  private static @Nullable RewriteRule rewrite(Form part) {
    Side side = part.one("side", Side.class);
    int faults = part.faults();
    Set<Side> sides = side == null ? EnumSet.allOf(Side.class) : EnumSet.of(side);
    DialPattern pattern = part.made("pattern", part.needed("pattern"), DialPattern::of);
    String replacement = part.needed("replacement");
    part.made("replacement", replacement, r -> new RewriteRule(sides, ANY_PATTERN, r));
    if (pattern == null || replacement == null || part.faults() > faults) {
      return null;
    }
    return part.made("pattern", replacement, r -> new RewriteRule(sides, pattern, r));
  }
}
