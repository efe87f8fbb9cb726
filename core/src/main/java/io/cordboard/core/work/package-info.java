/** Durable work: the only code that retries. */
@NullMarked
package io.cordboard.core.work;

import org.jspecify.annotations.NullMarked;
