/**
 * Keeps our records and those of every CRM the same, and proves it. What is sent is never what changed but what stands:
 * a change marks its record in its own transaction, and {@link io.cordboard.core.sync.SendRecords} brings the record
 * there in line with the record here. {@link io.cordboard.core.sync.ReceiveRecords} does it the other way round. Both
 * compare with what the two sides agreed on last ({@link io.cordboard.core.sync.ThreeWay}), so that a repeated, late or
 * own change changes nothing.
 */
@NullMarked
package io.cordboard.core.sync;

import org.jspecify.annotations.NullMarked;
