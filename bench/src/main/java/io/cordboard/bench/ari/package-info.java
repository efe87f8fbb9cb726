/** A switch that speaks ARI as Asterisk does and plays calls that were recorded from one. */
@NullMarked
package io.cordboard.bench.ari;

import org.jspecify.annotations.NullMarked;
