package io.cordboard.core.identity;

/**
 * When something was done, and by whom.
 *
 * @param at microseconds UTC
 * @param by user name, or the name of the import
 */
public record Stamp(long at, String by) {}
