package io.cordboard.core.identity;

import io.cordboard.kernel.Fault;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads common numbers by one table look-up a digit, without allocating. It answers only where
 * libphonenumber gives the same answer and is silent otherwise.
 *
 * <p>The table is the automaton of a list of patterns; a state is the set of what may still follow,
 * so that patterns with the same tail share their states.
 */
final class FastPlan {
  private static final byte OPEN = 0;
  private static final byte INTERNATIONAL = 1;
  private static final byte NATIONAL = 2;
  private static final byte AMBIGUOUS = 3;
  private static final int DEAD = 0;
  private static final int START = 1;
  private static final int MAX_DIGITS = 18;
  private static final long[] POWERS_OF_TEN =
      IntStream.rangeClosed(0, 15).mapToLong(n -> Math.powExact(10L, n)).toArray();

  private final long countryCode;
  private final char[] next;
  private final byte[] verdicts;

  private FastPlan(long countryCode, char[] next, byte[] verdicts) {
    this.countryCode = countryCode;
    this.next = next;
    this.verdicts = verdicts;
  }

  /**
   * @param countryCode of the national patterns
   * @param international patterns whose digits are E.164, apart from zeros in front
   * @param national patterns whose digits are E.164 after the country code, apart from zeros in
   *     front
   */
  static FastPlan compile(long countryCode, List<String> international, List<String> national) {
    Set<Rest> start = new HashSet<>();
    international.forEach(pattern -> start.add(Rest.of(INTERNATIONAL, pattern)));
    national.forEach(pattern -> start.add(Rest.of(NATIONAL, pattern)));
    return new Compiler().compile(countryCode, start);
  }

  /**
   * The E.164 digits of the text from this index on, or 0 when the common forms do not cover it.
   */
  long read(String text, int from) {
    if (text.length() - from > MAX_DIGITS) {
      return 0;
    }
    int state = START;
    long value = 0;
    int significant = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      state = next[state * 10 + digit];
      if (state == DEAD) {
        return 0;
      }
      value = value * 10 + digit;
      significant += value > 0 ? 1 : 0;
    }
    return answer(verdicts[state], value, significant);
  }

  private long answer(byte verdict, long value, int significant) {
    return switch (verdict) {
      case INTERNATIONAL -> value;
      case NATIONAL -> countryCode * POWERS_OF_TEN[significant] + value;
      default -> 0;
    };
  }

  /** What may still follow for one pattern. */
  private record Rest(byte verdict, List<Integer> places) {
    static Rest of(byte verdict, String pattern) {
      return new Rest(verdict, Arrays.stream(DialPattern.of(pattern).places()).boxed().toList());
    }

    boolean accepts(int digit) {
      return !places.isEmpty() && (places.getFirst() >> digit & 1) == 1;
    }

    Rest tail() {
      return new Rest(verdict, List.copyOf(places.subList(1, places.size())));
    }
  }

  private static final class Compiler {
    private final Map<Set<Rest>, Integer> states = new HashMap<>();
    private final Deque<Set<Rest>> open = new ArrayDeque<>();
    private final Map<Integer, int[]> rows = new HashMap<>();
    private final Map<Integer, Byte> verdicts = new HashMap<>();

    FastPlan compile(long countryCode, Set<Rest> start) {
      states.put(Set.of(), DEAD);
      state(start);
      while (!open.isEmpty()) {
        Set<Rest> rests = open.remove();
        rows.put(state(rests), row(rests));
        verdicts.put(state(rests), verdict(rests));
      }
      return plan(countryCode);
    }

    private int state(Set<Rest> rests) {
      Integer known = states.putIfAbsent(rests, states.size());
      if (known == null) {
        open.add(rests);
      }
      return known == null ? states.size() - 1 : known;
    }

    private int[] row(Set<Rest> rests) {
      return IntStream.range(0, 10).map(digit -> state(after(rests, digit))).toArray();
    }

    private static Set<Rest> after(Set<Rest> rests, int digit) {
      Set<Rest> after = new HashSet<>();
      for (Rest rest : rests) {
        if (rest.accepts(digit)) {
          after.add(rest.tail());
        }
      }
      return after;
    }

    private static byte verdict(Set<Rest> rests) {
      byte verdict = OPEN;
      for (Rest rest : rests) {
        if (rest.places().isEmpty()) {
          verdict = verdict == OPEN ? rest.verdict() : AMBIGUOUS;
        }
      }
      return verdict;
    }

    private FastPlan plan(long countryCode) {
      if (states.size() > Character.MAX_VALUE) {
        throw new Fault.Bug("The patterns need more states than the table can hold.", null);
      }
      char[] next = new char[states.size() * 10];
      byte[] table = new byte[states.size()];
      rows.forEach(
          (state, row) ->
              IntStream.range(0, 10).forEach(d -> next[state * 10 + d] = (char) row[d]));
      verdicts.forEach((state, verdict) -> table[state] = verdict);
      return new FastPlan(countryCode, next, table);
    }
  }
}
