/** The whole set-up in PostgreSQL. */
@NullMarked
package io.cordboard.store.setup;

import org.jspecify.annotations.NullMarked;
