package io.cordboard.core.work;

/**
 * Something that has to happen, whatever becomes of this process.
 *
 * @param kind which {@link WorkHandler} does it
 * @param key whatever must not be done in another order, such as one record at one target: items of
 *     one kind and key are done one after the other
 * @param idempotencyKey at most one item of a kind ever carries it, for as long as finished work is
 *     kept (a week at least)
 * @param payload what the handler needs to know, in its own form
 * @param dueAt not before, microseconds UTC
 */
public record NewWork(String kind, String key, String idempotencyKey, String payload, long dueAt) {}
