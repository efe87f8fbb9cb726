/** Requests to other systems, as an adapter needs them. */
@NullMarked
package io.cordboard.adapterkit.http;

import org.jspecify.annotations.NullMarked;
