package io.cordboard.core.setup;

/**
 * Something in the file that cannot be used.
 *
 * @param path such as {@code lines/0/queue}; empty for the file itself
 * @param detail names the cause and the mend
 */
public record Wrong(String path, String detail) {}
