package io.cordboard.core.sync;

import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.Value.Text;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a field of ours goes with one of theirs.
 *
 * @param ours by {@link io.cordboard.spi.crm.OurFields}
 * @param theirs by the system
 * @param wins who is right when both sides changed it since they agreed last
 */
public record FieldRule(String ours, String theirs, Way way, Conversion conversion, Wins wins) {
  /** Which way it flows. */
  public enum Way {
    BOTH,
    /** From us to them; what somebody changed there is left as it is, unless ours wins. */
    OUT,
    /** From them to us. */
    IN
  }

  /** Who is right. */
  public enum Wins {
    OURS,
    THEIRS,
    /** Whoever changed the record later, each by its own clock. */
    NEWER
  }

  /** A field that flows as it is. */
  public static FieldRule both(String ours, String theirs) {
    return new FieldRule(ours, theirs, Way.BOTH, Conversion.AS_IS, Wins.NEWER);
  }

  /** A field that only we write. */
  public static FieldRule out(String ours, String theirs) {
    return new FieldRule(ours, theirs, Way.OUT, Conversion.AS_IS, Wins.THEIRS);
  }

  /** A field that only they write. */
  public static FieldRule in(String ours, String theirs) {
    return new FieldRule(ours, theirs, Way.IN, Conversion.AS_IS, Wins.THEIRS);
  }

  /** Whether two values say the same: a language without a country is the same as with any. */
  boolean same(@Nullable Value one, @Nullable Value other) {
    return Objects.equals(one, other)
        || (ours.equals("language") && one instanceof Text(String a) && other instanceof Text(String b)
            && (isPartOf(a, b) || isPartOf(b, a)));
  }

  private static boolean isPartOf(String language, String withMore) {
    return !language.isEmpty() && withMore.toLowerCase(Locale.ROOT).startsWith(language.toLowerCase(Locale.ROOT) + "-");
  }

  /** The same with another conversion. */
  public FieldRule by(Conversion other) {
    return new FieldRule(ours, theirs, way, other, wins);
  }

  /** The same with another winner. */
  public FieldRule won(Wins other) {
    return new FieldRule(ours, theirs, way, conversion, other);
  }
}
