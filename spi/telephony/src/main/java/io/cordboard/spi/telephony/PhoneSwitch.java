package io.cordboard.spi.telephony;

import io.cordboard.kernel.Fault;
import java.util.Set;

/** A connection to one switch. */
public interface PhoneSwitch extends AutoCloseable {
  /** The configured name; the first part of every {@link io.cordboard.kernel.LegKey}. */
  String id();

  /** What this switch can do; fixed for the life of the object. */
  Set<Capability> capabilities();

  /**
   * Connects, and connects again whenever the link is lost, until {@link #close()}. Returns at once.
   *
   * @param listener hears everything; called by one thread at a time
   */
  void start(SwitchListener listener);

  /** Ends the link. Calls on the switch go on. Idempotent. */
  @Override
  void close();

  /**
   * This switch seen as one of its capabilities.
   *
   * @throws Fault.Refused naming the switch and the capability when it is not declared
   */
  default <T> T as(Class<T> capability) {
    Capability asked = Capability.of(capability);
    if (!capabilities().contains(asked)) {
      throw new Fault.Refused(
          "The switch '%s' cannot do '%s'; its adapter does not declare it."
              .formatted(id(), asked.name().toLowerCase(java.util.Locale.ROOT)));
    }
    return capability.cast(this);
  }
}
