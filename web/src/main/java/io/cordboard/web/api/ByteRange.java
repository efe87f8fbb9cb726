package io.cordboard.web.api;

import java.io.Serial;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file that are asked for (RFC 9110, section 14). Several ranges at once are
 * answered with the whole file, which the standard allows.
 *
 * @param last included
 */
record ByteRange(long first, long last, long total, boolean isPart) {
  private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /** Nothing of the file lies in the range. */
  static final class Unsatisfiable extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    Unsatisfiable() {
      super(null, null, false, false);
    }
  }

  static ByteRange parse(@Nullable String header, long total) throws Unsatisfiable {
    Matcher one = ONE.matcher(header == null ? "" : header);
    if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
      return new ByteRange(0, total - 1, total, false);
    }
    return one.group(1).isEmpty()
        ? suffix(Long.parseLong(one.group(2)), total)
        : from(Long.parseLong(one.group(1)), one.group(2), total);
  }

  private static ByteRange suffix(long length, long total) throws Unsatisfiable {
    if (length == 0 || total == 0) {
      throw new Unsatisfiable();
    }
    return new ByteRange(Math.max(0, total - length), total - 1, total, true);
  }

  private static ByteRange from(long first, String end, long total) throws Unsatisfiable {
    long last = end.isEmpty() ? total - 1 : Math.min(Long.parseLong(end), total - 1);
    if (first >= total) {
      throw new Unsatisfiable();
    }
    // an end before the beginning makes the header invalid, and an invalid one is ignored
    return last < first
        ? new ByteRange(0, total - 1, total, false)
        : new ByteRange(first, last, total, true);
  }

  long length() {
    return last - first + 1;
  }

  String contentRange() {
    return "bytes %d-%d/%d".formatted(first, last, total);
  }
}
