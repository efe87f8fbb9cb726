package io.cordboard.core.work;

/**
 * An item that one runner holds.
 *
 * @param attempt counted from 1
 * @param inDoubt an earlier attempt may have had its effect: its outcome was unknown, or its
 *     process died
 * @param token the fence: rises with each claim, everywhere; a target that remembers the highest
 *     can refuse an older one
 */
public record WorkItem(
    long id,
    String kind,
    String key,
    String idempotencyKey,
    String payload,
    int attempt,
    boolean inDoubt,
    long lane,
    long token) {}
