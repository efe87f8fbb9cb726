package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How records are made and changed.
 *
 * @param conditional whether an update goes through only at the version that it was made from
 * @param upsert one request that makes or changes, whichever is due
 */
record WritePlan(
    Way way, Unsure unsure, boolean conditional, @Nullable Action upsert, @Nullable Action create,
    @Nullable Action update, @Nullable Batch batch) {
  /** How a record is found again by our id. */
  enum Way {
    /** The system does it. */
    NATIVE,
    /** We look before we write. */
    FIND_THEN_WRITE,
    /** Records are made and never changed. */
    CREATE_ONLY
  }

  /** What is done where nobody knows whether a write went through. */
  enum Unsure {
    /** It may be sent again: it does no harm. */
    REPEAT,
    /** It is looked for first. */
    LOOK,
    /** A person has to look. */
    PARK
  }

  /** Requests that belong together. */
  record Action(List<Step> steps, Give give) {}

  /**
   * One of them.
   *
   * @param as its name in later formulas
   * @param when says whether it is sent at all; null for always
   */
  record Step(String as, RequestPlan request, @Nullable Expression when) {}

  /** What the answer tells of the record. */
  record Give(@Nullable Expression id, @Nullable Expression version, @Nullable Expression made) {}

  /**
   * Many records with one request.
   *
   * @param item what is sent for each; all of them are seen as {@code items}
   * @param results where the answer has one verdict for each
   * @param ref our id in a verdict; null where verdicts stand in the order of the items
   * @param each rules that say what a verdict means
   */
  record Batch(
      RequestPlan request, int most, Template item, RowsPlan results, @Nullable Expression ref, AnswerRules each,
      Give give) {}

  private static final Pattern USED = Pattern.compile("\\bstep\\s*\\.\\s*`?([A-Za-z_][A-Za-z0-9_]*)");

  static WritePlan read(Part part, Compiler compiler, boolean form, boolean hasVersion, boolean canFindRef) {
    Way way = Way.valueOf(part.word("way", "find_then_write", "native", "find_then_write", "create_only")
        .toUpperCase(java.util.Locale.ROOT));
    if (!part.has("unsure")) {
      part.mistake("unsure", "This is missing: say what is done after a lost answer: repeat, look or park.");
    }
    Unsure unsure = Unsure.valueOf(part.word("unsure", "park", "repeat", "look", "park").toUpperCase(java.util.Locale.ROOT));
    WritePlan plan = new WritePlan(
        way, unsure, part.flag("conditional", false),
        action(part, "native", compiler, form, true),
        action(part, "create", compiler, form, true),
        action(part, "update", compiler, form, false),
        part.has("batch") ? batch(part.at("batch"), compiler, form) : null);
    plan.lookAtWhole(part, hasVersion, canFindRef);
    part.close();
    return plan;
  }

  private void lookAtWhole(Part part, boolean hasVersion, boolean canFindRef) {
    if (way == Way.NATIVE && upsert == null && batch == null) {
      part.mistake("native", "This is missing: the request that makes or changes a record.");
    }
    if (way != Way.NATIVE && create == null) {
      part.mistake("create", "This is missing: how a record is made.");
    }
    if (way == Way.FIND_THEN_WRITE && update == null) {
      part.mistake("update", "This is missing: how a record is changed.");
    }
    if ((way == Way.FIND_THEN_WRITE || unsure == Unsure.LOOK) && !canFindRef) {
      part.mistake("way", "Records are looked for by our id before they are written: 'find.ref' is missing.");
    }
    if (way == Way.FIND_THEN_WRITE && batch != null) {
      part.mistake("batch", "Many records at once need 'way: native' or 'way: create_only'.");
    }
    if (conditional && !hasVersion) {
      part.mistake("conditional", "Writes bound to a version need to know it: 'row.version' is missing.");
    }
  }

  private static @Nullable Action action(Part part, String key, Compiler compiler, boolean form, boolean makes) {
    if (!part.has(key)) {
      return null;
    }
    Part below = part.at(key);
    List<Step> steps = new ArrayList<>();
    if (below.has("steps")) {
      Set<String> known = new HashSet<>();
      for (Part each : below.parts("steps")) {
        String as = each.mustText("as");
        lookAtOrder(each, known);
        steps.add(new Step(as, RequestPlan.read(each, compiler, Place.OPEN, form),
            compiler.formula(each, "when", Place.OPEN)));
        each.close();
        known.add(as);
      }
      if (steps.isEmpty()) {
        below.mistake("steps", "There is no step.");
      }
    } else {
      steps.add(new Step("only", RequestPlan.read(below, compiler, Place.OPEN, form), null));
    }
    Give give = give(below, compiler, makes);
    below.close();
    return new Action(steps, give);
  }

  // a step that waits for itself or for a later one could never be sent
  private static void lookAtOrder(Part step, Set<String> known) {
    StringBuilder whole = new StringBuilder();
    step.keys().forEach(key -> whole.append(step.raw(key)).append(' '));
    Matcher used = USED.matcher(whole);
    while (used.find()) {
      if (!known.contains(used.group(1))) {
        step.mistake("'step.%s' is no step before this one: steps may not wait for each other.".formatted(used.group(1)));
      }
    }
  }

  private static Give give(Part part, Compiler compiler, boolean needsId) {
    if (!part.has("give")) {
      if (needsId) {
        part.mistake("give", "This is missing: where the answer has the id of the record.");
      }
      return new Give(null, null, null);
    }
    Part give = part.at("give");
    Give read = new Give(
        needsId ? compiler.mustFormula(give, "id", Place.OPEN) : compiler.formula(give, "id", Place.OPEN),
        compiler.formula(give, "version", Place.OPEN),
        compiler.formula(give, "made", Place.OPEN));
    give.close();
    return read;
  }

  private static Batch batch(Part part, Compiler compiler, boolean form) {
    RequestPlan request = RequestPlan.read(part, compiler, Place.OPEN, form);
    Template item = compiler.template(part, part.path("item"), part.raw("item"), Place.OPEN);
    if (!part.has("item")) {
      part.mistake("item", "This is missing: what is sent for each record.");
    }
    Part answer = part.mustAt("results");
    RowsPlan results = RowsPlan.read(answer, compiler);
    Expression ref = compiler.formula(answer, "ref", Place.OPEN);
    AnswerRules each = AnswerRules.read(answer, "each", compiler);
    if (!each.isClosed()) {
      answer.mistake("each", "The last rule fits whatever comes: add '- is: refused'.");
    }
    Give give = give(answer, compiler, true);
    answer.close();
    Batch batch = new Batch(request, part.number("most", 50, 2, 1_000), item, results, ref, each, give);
    part.close();
    return batch;
  }

  /** The most that this takes at once. */
  int most() {
    return batch == null ? 1 : batch.most();
  }
}
