/** Failures as {@code application/problem+json} (RFC 9457) with stable types. */
@NullMarked
package io.cordboard.web.problem;

import org.jspecify.annotations.NullMarked;
