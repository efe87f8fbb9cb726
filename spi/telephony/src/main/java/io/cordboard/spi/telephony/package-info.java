/**
 * What a phone switch can do for us: one small interface a capability. An adapter implements {@link
 * io.cordboard.spi.telephony.PhoneSwitch} and the capabilities it declares; {@code testkit}'s contract
 * suite proves both what is declared and that the rest is refused.
 *
 * <p>Commands are asynchronous: they return at once, from any thread, and their stage completes when
 * the switch confirmed them, or exceptionally with a {@link io.cordboard.kernel.Fault}. Each is
 * idempotent: what already is so is a success, and a leg that has just ended answers {@code NotFound}.
 * Commands for one leg are carried out in the order in which they were given. What happened is told by
 * events, never by the stage alone.
 */
@NullMarked
package io.cordboard.spi.telephony;

import org.jspecify.annotations.NullMarked;
