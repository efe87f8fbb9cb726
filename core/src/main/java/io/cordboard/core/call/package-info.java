/** The ledger: journal, the tables of leg, offer and agent, one mailbox a call, recordings' life. */
@NullMarked
package io.cordboard.core.call;

import org.jspecify.annotations.NullMarked;
