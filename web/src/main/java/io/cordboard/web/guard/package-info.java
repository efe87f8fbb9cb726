/** Who is asking and whether they may: the doors of HTTP, closed unless opened. */
@NullMarked
package io.cordboard.web.guard;

import org.jspecify.annotations.NullMarked;
