/** Agents at their desks. */
@NullMarked
package io.cordboard.bench.desk;

import org.jspecify.annotations.NullMarked;
