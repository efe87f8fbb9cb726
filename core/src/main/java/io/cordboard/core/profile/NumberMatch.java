package io.cordboard.core.profile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer whom a number points to, with the facts by which candidates are ranked.
 *
 * @param number the E.164 number that was asked for
 * @param identityKind such as {@code mobile} or {@code main-line}
 * @param owners how many customers share the number
 * @param confirmedAt when an agent last confirmed that this number is this customer's
 * @param lastCallAt the customer's last call from this number, if among the calls of the card
 * @param lastLine the line (DID) of that call
 * @param lastOrderAt the customer's newest order
 * @param openService open service records, as far as the card shows them
 */
public record NumberMatch(
    String number,
    Card card,
    String identityKind,
    int owners,
    @Nullable Instant confirmedAt,
    @Nullable Instant lastCallAt,
    @Nullable String lastLine,
    @Nullable Instant lastOrderAt,
    int openService) {}
