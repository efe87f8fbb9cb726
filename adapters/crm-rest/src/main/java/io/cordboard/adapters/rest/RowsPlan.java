package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Language;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of an answer stand.
 *
 * @param single whether one object stands there instead of a list
 * @param exact whether what stands there is a list, and anything else a mistake: formulas make one value of a list of one
 * @param columns the names of the parts of rows that are lists themselves
 */
record RowsPlan(Expression at, boolean single, boolean exact, List<String> columns) {
  static RowsPlan read(Part part, Compiler compiler) {
    boolean single = part.has("row");
    if (single == part.has("rows")) {
      part.mistake("Say where the answer has its rows: 'rows' for a list, 'row' for a single object.");
    }
    Expression at = compiler.mustFormula(part, single ? "row" : "rows", Place.OPEN);
    boolean exact = Language.head(at) != null;
    return new RowsPlan(at, single, exact, part.texts("columns"));
  }

  /**
   * The rows.
   *
   * @throws Fault.Refused when there is nothing where they should stand
   */
  List<Object> of(Scope scope) {
    Object found = at.value(scope);
    if (single) {
      if (!(found instanceof Map)) {
        throw missing("no record");
      }
      return List.of(found);
    }
    if (found instanceof Map && !exact) {
      return List.of(found);
    }
    if (!(found instanceof Collection<?> several)) {
      throw missing("no list of records");
    }
    List<Object> rows = new ArrayList<>();
    for (Object each : several) {
      rows.add(named(each));
    }
    return rows;
  }

  private Object named(@Nullable Object row) {
    if (!columns.isEmpty() && row instanceof List<?> parts && parts.size() == columns.size()) {
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        named.put(columns.get(i), parts.get(i));
      }
      return named;
    }
    if (!columns.isEmpty() || row == null || row instanceof Collection) {
      throw missing("rows of another shape");
    }
    return row;
  }

  private static Fault missing(String what) {
    return new Fault.Refused(
        "The answer has %s where the file says that it stands: look at 'rows' and at the rules for answers.".formatted(what));
  }
}
