package io.cordboard.core.identity;

import java.util.ArrayList;
import java.util.List;

/** Collects the steps of one side. */
record Trace(Side side, List<Step> steps) {
  static Trace of(Side side) {
    return new Trace(side, new ArrayList<>());
  }

  void add(Step.Code code, String detail, String text) {
    steps.add(new Step(side, code, detail, text));
  }

  /** The header that is read, and what was removed from it. */
  void taken(String source, String raw, Told told) {
    add(Step.Code.CLAIM_TAKEN, source, Told.excerpt(raw));
    if (told.kind() == Told.Kind.NUMBER && !told.text().equals(raw)) {
      add(Step.Code.CLEANED, "", told.text());
    }
  }
}
