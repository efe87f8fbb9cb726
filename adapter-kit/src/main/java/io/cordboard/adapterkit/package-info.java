/** Helpers that an adapter may call: a reconnecting link's parts, made to be composed. */
@NullMarked
package io.cordboard.adapterkit;

import org.jspecify.annotations.NullMarked;
