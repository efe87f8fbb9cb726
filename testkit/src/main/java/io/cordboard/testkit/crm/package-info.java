/**
 * What adapters of CRMs and the work of keeping them equal to us are tested with: the contract suite, a CRM behind HTTP
 * that keeps a ledger of all that was done to it, one in memory, a proxy that spoils what goes through it, and a check
 * of two sides.
 */
@NullMarked
package io.cordboard.testkit.crm;

import org.jspecify.annotations.NullMarked;
