package io.cordboard.core.trust;

import java.util.UUID;

/**
 * A program's key, without its secret.
 *
 * @param createdAt microseconds UTC
 * @param lastUsedAt microseconds UTC, true to the hour; 0 when never
 * @param revokedAt microseconds UTC; 0 while it is good
 */
public record ApiKey(
    UUID id, String name, Role role, long createdAt, long lastUsedAt, long revokedAt) {}
