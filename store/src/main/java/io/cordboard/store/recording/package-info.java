/** What is known of recordings, in PostgreSQL. */
@NullMarked
package io.cordboard.store.recording;

import org.jspecify.annotations.NullMarked;
