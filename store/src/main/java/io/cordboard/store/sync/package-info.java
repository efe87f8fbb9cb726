/** What we and other systems agree on, in PostgreSQL. */
@NullMarked
package io.cordboard.store.sync;

import org.jspecify.annotations.NullMarked;
