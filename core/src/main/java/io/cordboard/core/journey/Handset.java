package io.cordboard.core.journey;

import io.cordboard.core.routing.Directory.Device;
import io.cordboard.kernel.LegKey;

/** An agent's phone at which they dialled by hand, and the leg that waits there. */
record Handset(Device device, LegKey leg) {}
