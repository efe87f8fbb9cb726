/** The customer's file: search, timeline, edits, links of identities, merges, tasks, incidents. */
@NullMarked
package io.cordboard.store.customer;

import org.jspecify.annotations.NullMarked;
