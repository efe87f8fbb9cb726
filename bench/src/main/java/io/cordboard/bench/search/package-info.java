/** Search while typing, in a database of many customers. */
@NullMarked
package io.cordboard.bench.search;

import org.jspecify.annotations.NullMarked;
