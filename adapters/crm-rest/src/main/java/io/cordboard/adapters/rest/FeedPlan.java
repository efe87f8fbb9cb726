package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How changes are read.
 *
 * @param page how many rows, and how the next ones are asked for within one time
 * @param byTime whether the place in the feed is a time; else it is a token of theirs
 * @param resolution the smallest difference of times that the system knows
 * @param overlap how far each round looks back
 * @param strict whether the system's filter leaves out the time itself
 * @param sorted whether rows come in the order of their times
 * @param next where the answer has the next token
 * @param start the token to begin with; null to ask without one
 * @param id of a row, where it stands elsewhere than in other rows
 * @param changed of a row, where it stands elsewhere than in other rows
 * @param deleted whether every row is a record that was deleted
 */
record FeedPlan(
    RequestPlan request, RowsPlan rows, PagePlan page, boolean byTime, Duration resolution, Duration overlap,
    boolean strict, boolean sorted, @Nullable Expression next, @Nullable Expression start, @Nullable Expression id,
    @Nullable Expression changed, boolean deleted) {

  static FeedPlan read(Part part, Compiler compiler, boolean form, boolean deleted) {
    Part cursor = deleted ? part.at("cursor") : part.mustAt("cursor");
    boolean byTime = cursor.word("kind", "time", "time", "token").equals("time");
    if (!byTime && !cursor.has("next")) {
      cursor.mistake("next", "This is missing: where the answer has the token of the next page.");
    }
    FeedPlan plan = new FeedPlan(
        RequestPlan.read(part, compiler, Place.OPEN, form),
        RowsPlan.read(part, compiler),
        PagePlan.read(part, compiler),
        byTime,
        cursor.duration("resolution", Duration.ofMillis(1)),
        cursor.duration("overlap", Duration.ofSeconds(60)),
        cursor.flag("strict", false),
        part.word("order", "asc", "asc", "none").equals("asc"),
        compiler.formula(cursor, "next", Place.OPEN),
        compiler.formula(cursor, "start", Place.OPEN),
        deleted ? compiler.mustFormula(part, "id", Place.ROW) : null,
        deleted ? compiler.formula(part, "changed", Place.ROW) : null,
        deleted);
    if (deleted && byTime && plan.changed() == null) {
      part.mistake("changed", "This is missing: when the record was deleted.");
    }
    if (part.has("cursor")) {
      cursor.close();
    }
    return plan;
  }
}
