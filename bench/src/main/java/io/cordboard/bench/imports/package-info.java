/** A large file on its way into the customers' files, with everything that may go wrong. */
@NullMarked
package io.cordboard.bench.imports;

import org.jspecify.annotations.NullMarked;
