package io.cordboard.web.problem;

import java.io.Serial;

/** Thrown where HTTP says no before the core is asked. */
public final class Denied extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  public Denied(Problem.Kind kind, String detail) {
    super(detail, null, false, false);
    this.problem = Problem.of(kind, detail);
  }

  public Problem problem() {
    return problem;
  }
}
