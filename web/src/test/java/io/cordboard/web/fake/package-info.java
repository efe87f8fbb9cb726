/** The core's ports, kept in memory. */
@NullMarked
package io.cordboard.web.fake;

import org.jspecify.annotations.NullMarked;
