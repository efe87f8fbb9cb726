package io.cordboard.core.identity;

/** The two numbers of an arriving call. */
public enum Side {
  /** Who calls (ANI). */
  CALLER,
  /** What was dialled (DID). */
  LINE
}
