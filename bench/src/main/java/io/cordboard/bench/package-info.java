/** Benchmarks: they start the product as a user does, and load it from this process. */
@NullMarked
package io.cordboard.bench;

import org.jspecify.annotations.NullMarked;
