/** The resources under {@code /api/v1}, one controller each. */
@NullMarked
package io.cordboard.web.api;

import org.jspecify.annotations.NullMarked;
