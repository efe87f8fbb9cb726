/** The customer as a whole: identities, orders, service records, tags, earlier calls. */
@NullMarked
package io.cordboard.core.profile;

import org.jspecify.annotations.NullMarked;
