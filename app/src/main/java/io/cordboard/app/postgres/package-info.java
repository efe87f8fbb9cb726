/** The PostgreSQL that comes with Cordboard: unpacked once, its data kept beside ours. */
@NullMarked
package io.cordboard.app.postgres;

import org.jspecify.annotations.NullMarked;
