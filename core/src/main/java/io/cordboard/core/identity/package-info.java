/**
 * Who is calling: numbers read into one form, candidates ranked with reasons, links that can be
 * undone.
 */
@NullMarked
package io.cordboard.core.identity;

import org.jspecify.annotations.NullMarked;
