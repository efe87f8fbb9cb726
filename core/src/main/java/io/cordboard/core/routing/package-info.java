/** Lines, queues and who is offered a call next. */
@NullMarked
package io.cordboard.core.routing;

import org.jspecify.annotations.NullMarked;
