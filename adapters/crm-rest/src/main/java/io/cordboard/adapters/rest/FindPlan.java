package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Numbers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How records are looked for.
 *
 * @param writings of a number that are tried, in this order
 * @param inFields that are tried for each writing; a single empty text where the request itself names them
 * @param all whether every writing and field is asked, also after a hit
 * @param most rows that one request brings at most
 * @param accept says of a row whether it is meant; null where our own comparison decides
 * @param trust whether every row of the answer is meant
 * @param requests how many requests one search may take
 * @param time how long one search may take
 */
record FindPlan(
    RequestPlan request, RowsPlan rows, List<String> writings, List<String> inFields, boolean all, int most,
    @Nullable Expression accept, boolean trust, int requests, Duration time) {

  static FindPlan read(Part part, Compiler compiler, boolean form) {
    Part each = part.at("each");
    List<String> writings = part.has("each") ? each.texts("writing") : List.of();
    List<String> fields = part.has("each") ? each.texts("field") : List.of();
    for (int i = 0; i < writings.size(); i++) {
      if (!Numbers.isWriting(writings.get(i))) {
        each.mistake("writing[" + i + "]",
            "There is no writing '%s' of numbers: use %s.".formatted(writings.get(i), Numbers.names()));
      }
    }
    if (part.has("each")) {
      each.close();
    }
    Part budget = part.at("budget");
    boolean trust = "trust".equals(part.raw("accept"));
    int requests = part.has("budget") ? budget.number("requests", 6, 1, 50) : 6;
    List<String> written = writings.isEmpty() ? List.of("e164") : writings;
    List<String> inFields = fields.isEmpty() ? List.of("") : fields;
    if (written.size() * inFields.size() > requests) {
      part.mistake("each", "That makes %d requests, and 'budget.requests' allows %d.".formatted(
          written.size() * inFields.size(), requests));
    }
    FindPlan plan = new FindPlan(
        RequestPlan.read(part, compiler, Place.OPEN, form),
        RowsPlan.read(part, compiler),
        written,
        inFields,
        part.word("stop", "first_hit", "first_hit", "never").equals("never"),
        part.number("most", 20, 1, 1_000),
        trust ? null : compiler.formula(part, "accept", Place.ROW),
        trust,
        requests,
        part.has("budget") ? budget.duration("time", Duration.ofSeconds(5)) : Duration.ofSeconds(5));
    if (part.has("budget")) {
      budget.close();
    }
    part.close();
    return plan;
  }

  /** What may be looked for. */
  static final Set<String> WAYS = Set.of("id", "ref", "phone", "email");
}
