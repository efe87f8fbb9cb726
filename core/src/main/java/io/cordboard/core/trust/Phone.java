package io.cordboard.core.trust;

import io.cordboard.kernel.Fault;
import java.util.regex.Pattern;

/**
 * The device that rings for a user.
 *
 * @param switchId the switch it is on
 * @param address the device there, such as {@code 2001}; one user each
 */
public record Phone(String switchId, String address, Kind kind) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

  public Phone {
    check("switch", switchId);
    check("extension", address);
  }

  /** How it is answered. */
  public enum Kind {
    /** By the page itself, over WebRTC. */
    BROWSER,
    /** At the device. */
    SIP,
    /** By a command to the switch. */
    VIRTUAL
  }

  /** Whether it is the same thing on the table, however it is answered. */
  public boolean isSameDevice(Phone other) {
    return switchId.equals(other.switchId) && address.equals(other.address);
  }

  private static void check(String what, String text) {
    if (!NAME.matcher(text).matches()) {
      throw new Fault.BadRequest(
          "'%s' is no %s: 1 to 40 of letters, digits, dot, dash and underscore."
              .formatted(Fault.excerpt(text), what));
    }
  }
}
