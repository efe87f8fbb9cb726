/** What all benchmarks share: the server, the traffic, and what is counted. */
@NullMarked
package io.cordboard.bench.measure;

import org.jspecify.annotations.NullMarked;
