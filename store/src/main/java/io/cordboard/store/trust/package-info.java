/** Users, keys and the audit trail in PostgreSQL. */
@NullMarked
package io.cordboard.store.trust;

import org.jspecify.annotations.NullMarked;
