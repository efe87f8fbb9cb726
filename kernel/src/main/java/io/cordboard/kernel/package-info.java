/** The words of the domain: ids, numbers, events, faults, clock. No I/O, no third-party jar. */
@NullMarked
package io.cordboard.kernel;

import org.jspecify.annotations.NullMarked;
