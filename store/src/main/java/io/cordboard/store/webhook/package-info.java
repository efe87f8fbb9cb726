/** Who is told what happens here, and what is to be told, in PostgreSQL. */
@NullMarked
package io.cordboard.store.webhook;

import org.jspecify.annotations.NullMarked;
