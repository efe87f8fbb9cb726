package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.kernel.Fault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a system gives long lists in pages.
 *
 * @param first the number of the first page
 * @param most rows of a page
 * @param next where the next page is: a token or an address
 * @param last says true on the last page; null where a page that is not full is the last
 */
record PagePlan(Kind kind, int first, int most, @Nullable Expression next, @Nullable Expression last) {
  /** How the next page is asked for. */
  enum Kind {
    /** There is one page only. */
    NONE,
    NUMBER,
    OFFSET,
    TOKEN,
    LINK,
    /** By the id of the last row. */
    AFTER
  }

  static final int MOST = 100;

  /**
   * Where a page is.
   *
   * @param at empty for the first
   * @param limit rows of a page: the same for all pages of a list
   */
  record Position(String at, int limit) {
    /** As one text. */
    String text() {
      return limit + ":" + at;
    }

    /** From one text. */
    static Position of(String text) {
      int colon = text.indexOf(':');
      try {
        int limit = Integer.parseInt(text.substring(0, Math.max(colon, 0)));
        if (limit > 0) {
          return new Position(text.substring(colon + 1), limit);
        }
      } catch (NumberFormatException foreign) {
        // told below
      }
      throw new Fault.BadRequest("'%s' is no place in a list that we gave.".formatted(Fault.excerpt(text)));
    }
  }

  static PagePlan read(Part part, Compiler compiler) {
    if (!part.has("page")) {
      return new PagePlan(Kind.NONE, 0, MOST, null, null);
    }
    Part page = part.at("page");
    Kind kind = Kind.valueOf(page.word("kind", "none", "none", "number", "offset", "token", "link", "after")
        .toUpperCase(java.util.Locale.ROOT));
    boolean needsNext = kind == Kind.TOKEN || kind == Kind.LINK;
    if (needsNext && !page.has("next")) {
      page.mistake("next", "This is missing: where the answer says how the next page is asked for.");
    }
    PagePlan plan = new PagePlan(
        kind, page.number("first", 1, 0, 1), page.number("most", MOST, 1, 10_000),
        compiler.formula(page, "next", Place.OPEN), compiler.formula(page, "last", Place.OPEN));
    page.close();
    return plan;
  }

  Position start(int wanted) {
    return new Position("", Math.max(1, Math.min(wanted, most)));
  }

  /** What requests see as {@code page}. */
  Map<String, Object> seen(Position position) {
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("limit", position.limit());
    String at = position.at();
    switch (kind) {
      case NUMBER -> seen.put("number", at.isEmpty() ? first : number(at));
      case OFFSET -> seen.put("offset", at.isEmpty() ? 0 : number(at));
      case TOKEN -> put(seen, "token", at);
      case LINK -> put(seen, "link", at);
      case AFTER -> put(seen, "after", at);
      case NONE -> {}
    }
    return seen;
  }

  private static void put(Map<String, Object> seen, String name, String at) {
    if (!at.isEmpty()) {
      seen.put(name, at);
    }
  }

  private static int number(String at) {
    try {
      return Integer.parseInt(at);
    } catch (NumberFormatException foreign) {
      throw new Fault.BadRequest("'%s' is no place in a list that we gave.".formatted(Fault.excerpt(at)));
    }
  }

  /**
   * The page after this one where everything has to be seen: a page that is not full may be cut short by a smaller limit
   * of theirs, so that only an empty one is the last.
   */
  @Nullable Position afterAll(Position position, int rows, @Nullable String lastId, Scope answer) {
    boolean counted = kind == Kind.OFFSET || kind == Kind.AFTER;
    return after(position, counted && last == null && rows > 0 ? position.limit() : rows, rows, lastId, answer);
  }

  /** The page after this one; null when it was the last. */
  @Nullable Position after(Position position, int rows, @Nullable String lastId, Scope answer) {
    return after(position, rows, rows, lastId, answer);
  }

  private @Nullable Position after(Position position, int size, int rows, @Nullable String lastId, Scope answer) {
    if (kind == Kind.NONE || (last != null && last.holds(answer))) {
      return null;
    }
    String at = position.at();
    boolean full = last != null || size >= position.limit();
    return switch (kind) {
      case NUMBER -> full && rows > 0 ? at(position, Integer.toString((at.isEmpty() ? first : number(at)) + 1)) : null;
      case OFFSET -> full && rows > 0 ? at(position, Integer.toString((at.isEmpty() ? 0 : number(at)) + rows)) : null;
      case AFTER -> full && lastId != null ? at(position, lastId) : null;
      default -> named(position, answer);
    };
  }

  private @Nullable Position named(Position position, Scope answer) {
    String name = next == null ? null : Texts.filled(next.value(answer));
    if (name == null) {
      return null;
    }
    if (Objects.equals(name, position.at())) {
      throw new Fault.Refused("The answer names its own page as the next one: look at 'page.next'.");
    }
    return at(position, name);
  }

  private static Position at(Position position, String at) {
    return new Position(at, position.limit());
  }
}
