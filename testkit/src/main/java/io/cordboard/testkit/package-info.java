/**
 * What tests stand on: a clock moved by hand, seeded random cases, a fake switch, bounded waits,
 * and the contract suite that every switch adapter passes. Nothing here sleeps for a fixed time.
 */
@NullMarked
package io.cordboard.testkit;

import org.jspecify.annotations.NullMarked;
