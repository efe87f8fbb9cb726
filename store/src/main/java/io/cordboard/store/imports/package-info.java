/** Files of customers on their way into the database. */
@NullMarked
package io.cordboard.store.imports;

import org.jspecify.annotations.NullMarked;
