package io.cordboard.web.guard;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.TransferTo;
import io.cordboard.core.journey.OutsideNumbers;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;

/** Commands that call a number outside need a right of their own, by whichever way they come; an emergency needs none. */
public final class DialRight {
  private DialRight() {}

  /**
   * Goes on only where the command may be given.
   *
   * @throws Denied when it dials out and this one may not
   */
  public static void check(Principal who, DeskCommand command) {
    if (dialsOut(command) && !who.may(Permission.DIAL_OUT)) {
      throw new Denied(
          Kind.FORBIDDEN, "Your role lacks DIAL_OUT; an administrator can grant it.");
    }
  }

  private static boolean dialsOut(DeskCommand command) {
    return switch (command) {
      case DeskCommand.Dial dial -> !OutsideNumbers.emergency(dial.number());
      case DeskCommand.Transfer c ->
          c.to() == TransferTo.NUMBER && !OutsideNumbers.emergency(c.target());
      case DeskCommand.Consult c ->
          c.to() == TransferTo.NUMBER && !OutsideNumbers.emergency(c.target());
      default -> false;
    };
  }
}
