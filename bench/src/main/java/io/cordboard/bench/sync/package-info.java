/** How fast what is changed here stands in a CRM, and how much of it. */
@NullMarked
package io.cordboard.bench.sync;

import org.jspecify.annotations.NullMarked;
