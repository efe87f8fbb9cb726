/** Others are told what happens here, by the Standard Webhooks specification. */
@NullMarked
package io.cordboard.core.sync.webhook;

import org.jspecify.annotations.NullMarked;
