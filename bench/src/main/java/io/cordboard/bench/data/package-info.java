/** Databases that are loaded once and kept. */
@NullMarked
package io.cordboard.bench.data;

import org.jspecify.annotations.NullMarked;
