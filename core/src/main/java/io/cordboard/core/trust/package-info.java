/** Who may see and do what; audit. */
@NullMarked
package io.cordboard.core.trust;

import org.jspecify.annotations.NullMarked;
