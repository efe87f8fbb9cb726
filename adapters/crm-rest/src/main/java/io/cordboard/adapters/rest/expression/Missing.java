package io.cordboard.adapters.rest.expression;

/** What is not there at all, which is something else than null. */
public enum Missing {
  MISSING
}
