/** What an administrator sets up, as one file: read, checked, compared, written. */
@NullMarked
package io.cordboard.core.setup;

import org.jspecify.annotations.NullMarked;
