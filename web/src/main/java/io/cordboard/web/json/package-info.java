/** How the product's records are written as JSON and read from it. */
@NullMarked
package io.cordboard.web.json;

import org.jspecify.annotations.NullMarked;
