/**
 * What becomes of a recording after the call: fetched, checked, kept, deleted on the switch,
 * played.
 */
@NullMarked
package io.cordboard.core.call.recording;

import org.jspecify.annotations.NullMarked;
