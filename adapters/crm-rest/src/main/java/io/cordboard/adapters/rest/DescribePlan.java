package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * How the system tells which fields it has.
 *
 * @param name of a field, out of a row of the answer; so are the others
 */
record DescribePlan(
    RequestPlan request, RowsPlan rows, Expression name, @Nullable Expression label, @Nullable Expression type,
    @Nullable Expression required, @Nullable Expression readOnly, @Nullable Expression options) {

  static DescribePlan read(Part part, Compiler compiler, boolean form) {
    DescribePlan plan = new DescribePlan(
        RequestPlan.read(part, compiler, Place.OPEN, form),
        RowsPlan.read(part, compiler),
        compiler.mustFormula(part, "name", Place.ROW),
        compiler.formula(part, "label", Place.ROW),
        compiler.formula(part, "type", Place.ROW),
        compiler.formula(part, "required", Place.ROW),
        compiler.formula(part, "read_only", Place.ROW),
        compiler.formula(part, "options", Place.ROW));
    part.close();
    return plan;
  }
}
