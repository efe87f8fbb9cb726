/** The only SQL on our own tables: implements the ports that core declares. */
@NullMarked
package io.cordboard.store;

import org.jspecify.annotations.NullMarked;
