/** The stories that run through several rooms, one class each. */
@NullMarked
package io.cordboard.core.journey;

import org.jspecify.annotations.NullMarked;
