package io.cordboard.adapters.rest;

import io.cordboard.spi.crm.Crm.Pace;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast a system may be asked. */
final class Limits {
  private static final Pattern RATE = Pattern.compile("(\\d{1,6}(?:\\.\\d+)?)\\s*/\\s*(?:(\\d{1,4})?\\s*(s|m|h|d))");

  private Limits() {}

  static Pace read(Part part) {
    int parallel = part.number("parallel", 4, 1, 256);
    int burst = part.number("burst", 1, 1, 100_000);
    String rate = part.text("rate");
    Matcher read = RATE.matcher(rate == null ? "" : rate);
    if (rate != null && !read.matches()) {
      part.mistake("rate", "Here stands how many requests in how long, such as 2/s or 100/m.");
    }
    part.close();
    if (rate == null || !read.matches()) {
      return new Pace(parallel, 0, burst);
    }
    Duration unit = Part.duration((read.group(2) == null ? "1" : read.group(2)) + read.group(3));
    double seconds = unit == null || unit.isZero() ? 1 : unit.toSeconds();
    return new Pace(parallel, Double.parseDouble(read.group(1)) / seconds, burst);
  }
}
