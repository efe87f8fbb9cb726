/** Faults of every sort between us, our database and a CRM, and what must never come of them. */
@NullMarked
package io.cordboard.app.sync;

import org.jspecify.annotations.NullMarked;
