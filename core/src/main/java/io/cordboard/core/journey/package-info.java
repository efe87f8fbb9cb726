/** The stories, one class each: what follows from what happened. Start with {@code InboundCall}. */
@NullMarked
package io.cordboard.core.journey;

import org.jspecify.annotations.NullMarked;
