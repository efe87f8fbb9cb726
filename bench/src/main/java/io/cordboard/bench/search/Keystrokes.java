package io.cordboard.bench.search;

import io.cordboard.store.demo.BenchData.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What agents type to find a customer, one letter after the other: each is a search. */
final class Keystrokes {
  private static final int MOST_TYPED = 14;

  private Keystrokes() {}

  /** Everything that stands in the field meanwhile, of one way to look for this customer. */
  static List<String> of(Sample sample, RandomGenerator random) {
    List<String> ways = new ArrayList<>(List.of(sample.name(), sample.name()));
    String[] spelled = sample.spelled().strip().split(" ");
    ways.add(spelled[0]);
    ways.add(spelled[random.nextInt(spelled.length)]);
    String number = sample.number();
    if (number != null) {
      ways.add(number);
      ways.add(number.replaceFirst("^\\+(86|44|1)", ""));
      ways.add(number.substring(number.length() - 4));
      ways.add(number.substring(number.length() - 7));
    }
    if (sample.email() != null) {
      ways.add(sample.email());
    }
    if (sample.order() != null) {
      ways.add(sample.order());
      ways.add(sample.order().substring(3));
    }
    return typed(ways.get(random.nextInt(ways.size())));
  }

  private static List<String> typed(String text) {
    List<String> all = new ArrayList<>();
    for (int end = 1; end <= Math.min(text.length(), MOST_TYPED); end++) {
      String part = text.substring(0, end);
      if (part.codePoints().anyMatch(Character::isLetterOrDigit)) {
        all.add(part);
      }
    }
    return all;
  }
}
