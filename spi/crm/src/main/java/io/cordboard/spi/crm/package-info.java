/**
 * What a CRM, an EMR or an order system can do for us. A system is a {@link io.cordboard.spi.crm.Crm}; each thing that
 * it can do is a small interface of its own, declared as an {@link io.cordboard.spi.crm.Ability}.
 *
 * <p>All methods block until the system has answered or the time for it is over, and may be called by several
 * threads. They make one attempt: whether and when to try again is decided by who calls, from the type of the {@link
 * io.cordboard.kernel.Fault} alone:
 *
 * <ul>
 *   <li>{@code BadRequest}, {@code Refused}: the system said no; the message names the field where it did
 *   <li>{@code AuthLapsed}: the login is wrong or has ended, and a new one was tried once
 *   <li>{@code Busy}: too many requests; after how long it may be asked again
 *   <li>{@code Unreachable}: nothing was sent, or it certainly did nothing
 *   <li>{@code OutcomeUnknown}: it was sent and no answer came that can be understood
 * </ul>
 */
@NullMarked
package io.cordboard.spi.crm;

import org.jspecify.annotations.NullMarked;
