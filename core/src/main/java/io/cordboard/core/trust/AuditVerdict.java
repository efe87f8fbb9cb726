package io.cordboard.core.trust;

import org.jspecify.annotations.Nullable;

/**
 * What a walk over the audit chains found.
 *
 * @param rows entries that were read
 * @param ok whether all chains are whole
 * @param firstBroken the first row that is not as it was written, such as {@code entry 3/1207}, or
 *     {@code seal 88}; null when all is well
 * @param reason what is wrong with it; null when all is well
 */
public record AuditVerdict(
    long rows, boolean ok, @Nullable String firstBroken, @Nullable String reason) {}
