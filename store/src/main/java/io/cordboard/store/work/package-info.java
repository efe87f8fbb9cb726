/** Durable work in PostgreSQL. */
@NullMarked
package io.cordboard.store.work;

import org.jspecify.annotations.NullMarked;
