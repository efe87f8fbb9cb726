/** Invented customers with numbers that ring nobody, for trying the product out and for benchmarks. */
@NullMarked
package io.cordboard.store.demo;

import org.jspecify.annotations.NullMarked;
