/** What one agent sees: numbered messages and snapshots, and the commands that come back. */
@NullMarked
package io.cordboard.core.desk;

import org.jspecify.annotations.NullMarked;
