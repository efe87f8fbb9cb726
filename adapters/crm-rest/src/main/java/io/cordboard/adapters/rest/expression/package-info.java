/** The formulas of a configuration file: compiled once, worked out within limits. */
@NullMarked
package io.cordboard.adapters.rest.expression;

import org.jspecify.annotations.NullMarked;
