package io.cordboard.core.identity;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A company's own numbers and extensions. An entry is a {@link DialPattern} ({@code 8XXX}, {@code
 * +867558210XXXX}) or a range ({@code 1000-1999}, {@code +8675582100000-+8675582100999}). Outside
 * numbers are written in E.164, because that is the form in which they are compared.
 */
public final class NumberSet {
  /** Contains nothing. */
  public static final NumberSet NONE = new NumberSet(List.of());

  private static final Pattern RANGE = Pattern.compile("(\\+?\\d{1,15})-(\\+?\\d{1,15})");

  private final List<String> texts;
  private final List<Entry> entries;

  private NumberSet(List<String> texts) {
    this.texts = List.copyOf(texts);
    this.entries = this.texts.stream().map(NumberSet::entry).toList();
  }

  /** {@link Fault.BadRequest} names the entry that cannot be read. */
  public static NumberSet of(List<String> entries) {
    return new NumberSet(entries);
  }

  /** The entries as they were written. */
  public List<String> entries() {
    return texts;
  }

  /** Whether an entry covers this number, as it stands. */
  public boolean contains(String number) {
    for (Entry entry : entries) {
      if (entry.covers(number)) {
        return true;
      }
    }
    return false;
  }

  /** Those of both. */
  NumberSet and(NumberSet other) {
    return new NumberSet(
        Stream.concat(texts.stream(), other.texts.stream()).distinct().toList());
  }

  private static Entry entry(String text) {
    if (text.startsWith("0") && text.length() > 6) {
      throw wrong(text, "write an outside number in E.164, such as +8675582100000");
    }
    var range = RANGE.matcher(text);
    return range.matches()
        ? range(text, range.group(1), range.group(2))
        : new Like(DialPattern.of(text));
  }

  private static Entry range(String text, String first, String last) {
    if (first.length() != last.length() || first.compareTo(last) > 0) {
      throw wrong(text, "a range needs two numbers of the same length, the lower one first");
    }
    return new Range(first, last);
  }

  private static Fault wrong(String text, String mend) {
    return new Fault.BadRequest(
        "Own number '" + Fault.excerpt(text) + "' cannot be used: " + mend + ".");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NumberSet set && set.texts.equals(texts);
  }

  @Override
  public int hashCode() {
    return texts.hashCode();
  }

  @Override
  public String toString() {
    return texts.toString();
  }

  private sealed interface Entry {
    boolean covers(String number);
  }

  private record Like(DialPattern pattern) implements Entry {
    @Override
    public boolean covers(String number) {
      return pattern.matches(number);
    }
  }

  private record Range(String first, String last) implements Entry {
    @Override
    public boolean covers(String number) {
      return number.length() == first.length()
          && first.compareTo(number) <= 0
          && number.compareTo(last) <= 0;
    }
  }
}
