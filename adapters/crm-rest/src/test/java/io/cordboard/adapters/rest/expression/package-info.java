@NullMarked
package io.cordboard.adapters.rest.expression;

import org.jspecify.annotations.NullMarked;
