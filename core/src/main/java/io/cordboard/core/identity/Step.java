package io.cordboard.core.identity;

/**
 * One step from what a trunk told to the number that is used: data, put into words where it is
 * shown.
 *
 * @param detail what was applied: a rule, a prefix, a header's name; may be empty
 * @param text the number after this step; empty where there is none
 */
public record Step(Side side, Code code, String detail, String text) {

  /** What happened. */
  public enum Code {
    /** This header's number is read; {@code detail} names it. */
    CLAIM_TAKEN,
    /** The asserted identity was told, but the trunk is not trusted with it. */
    ASSERTED_NOT_TRUSTED,
    /** The URI, brackets, spaces and other marks were removed, foreign digits made plain. */
    CLEANED,
    /** A rewrite rule was applied; {@code detail} is the rule. */
    REWRITTEN,
    /** The outside-line prefix in {@code detail} was removed. */
    OUTSIDE_PREFIX_REMOVED,
    /** The home area code in {@code detail} was put before it. */
    AREA_CODE_ADDED,
    /** A plus sign before a number that is not international was removed. */
    PLUS_REMOVED,
    /** It is a number of a country's plan; {@code detail} is the region by which it was read. */
    READ,
    /**
     * It has the length of a number of that plan, but lies in no range that is known to be in use.
     */
    OUTSIDE_KNOWN_RANGES,
    /** It is a service number. */
    SERVICE_NUMBER,
    /** It is one of the company's own numbers or extensions. */
    OWN_NUMBER,
    /** No number is shown; {@code detail} is PRIVACY, ANONYMOUS or NONE. */
    WITHHELD,
    /** It is no number. */
    UNREADABLE
  }
}
