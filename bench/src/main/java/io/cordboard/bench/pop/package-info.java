/** Switch event on a socket to card on an agent's WebSocket. */
@NullMarked
package io.cordboard.bench.pop;

import org.jspecify.annotations.NullMarked;
