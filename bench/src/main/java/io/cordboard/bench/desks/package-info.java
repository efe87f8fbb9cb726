/** Many desks at once, with calls on the demo switch. */
@NullMarked
package io.cordboard.bench.desks;

import org.jspecify.annotations.NullMarked;
