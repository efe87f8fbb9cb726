package io.cordboard.core.identity;

import org.jspecify.annotations.Nullable;

/**
 * The call whose caller is looked for.
 *
 * @param line the canonical line that was dialled; null when it was not told
 * @param now microseconds UTC
 */
public record CallFacts(CallerNumber number, @Nullable String line, long now) {}
