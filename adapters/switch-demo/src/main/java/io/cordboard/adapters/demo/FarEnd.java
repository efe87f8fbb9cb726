package io.cordboard.adapters.demo;

/** Who is at the far end of a leg: a caller with something to say, or a phone. Under the lock. */
interface FarEnd {
  /** Whether it is a phone of an agent. */
  default boolean isPhone() {
    return false;
  }

  /** Who hears whom has changed around the leg. */
  void changed();

  /** The leg is over. */
  void ended();
}
