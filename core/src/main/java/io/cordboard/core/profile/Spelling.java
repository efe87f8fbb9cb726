package io.cordboard.core.profile;

import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How a name may be typed on a keyboard with Latin letters: without accents, in pinyin, in pinyin's
 * initials. Remembers the readings of characters that it has met. Thread-safe.
 */
public final class Spelling {
  /** Readings of one name that are kept, since several characters may have several. */
  private static final int MOST_READINGS = 6;
  /** Initials from a syllable on that are kept: who types more types the name. */
  private static final int MOST_INITIALS = 8;
  /** Names of persons; of these also the surname in full with the initials of the rest is kept. */
  private static final int SHORT_NAME = 4;
  private static final int MOST_CHARACTERS = 60;

  private final Map<Integer, Readings> known = new ConcurrentHashMap<>();

  /** Made when the first name that needs them is met: they take a second and some megabytes. */
  private static final class Letters {
    static final Transliterator PLAIN = Transliterator.getInstance("Latin-ASCII; NFKD; [:M:] Remove; Lower");
  }

  private static final class Pinyin {
    static final Transliterator USUAL = Transliterator.getInstance("Han-Latin");
    static final Transliterator SURNAME = Transliterator.getInstance("Han-Latin/Names");
  }

  /**
   * How one character is spelled.
   *
   * @param usual in the middle of a name
   * @param first at the beginning of a name, the surname's reading before the others
   */
  private record Readings(List<String> usual, List<String> first) {}

  /** A piece of a name between blanks and signs, of one kind of writing. */
  private record Run(String text, boolean chinese) {}

  /**
   * What is searched: each spelling after a blank, the whole name first. Empty for a name without letters
   * and digits.
   */
  public String of(String name) {
    StringBuilder text = new StringBuilder();
    StringBuilder rest = new StringBuilder();
    for (Run run : runs(name)) {
      if (run.chinese()) {
        List<List<String>> readings = readings(run.text());
        text.append(' ').append(String.join("", readings.getFirst()));
        others(readings, rest);
      } else {
        text.append(' ').append(run.text());
      }
    }
    return text.append(rest).toString();
  }

  /** The words of what was typed: Chinese, Japanese or Korean as it is, others in plain small letters. */
  static List<String> words(String typed) {
    return runs(typed).stream().map(Run::text).toList();
  }

  /** Whether a word is written in characters for syllables, so that one or two of them mean much. */
  static boolean inCharacters(String word) {
    return word.codePoints().anyMatch(Spelling::isSyllable);
  }

  // the same ones as in the database's function search_text
  private static boolean isSyllable(int point) {
    return (point >= 0x2e80 && point <= 0x9fff)
        || (point >= 0xac00 && point <= 0xd7af)
        || (point >= 0xf900 && point <= 0xfaff);
  }

  private static List<Run> runs(String name) {
    List<Run> runs = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    boolean chinese = false;
    for (int point : name.codePoints().limit(MOST_CHARACTERS * 4L).toArray()) {
      if (point == '\'' || point == '’' || Character.getType(point) == Character.NON_SPACING_MARK) {
        continue;
      }
      boolean letter = Character.isLetterOrDigit(point);
      if (!letter || isSyllable(point) != chinese) {
        end(run, chinese, runs);
        chinese = isSyllable(point);
      }
      if (letter) {
        run.appendCodePoint(point);
      }
    }
    end(run, chinese, runs);
    return runs;
  }

  private static void end(StringBuilder run, boolean chinese, List<Run> runs) {
    if (!run.isEmpty()) {
      String text = chinese ? run.toString() : plain(run.toString());
      if (!text.isEmpty()) {
        runs.add(new Run(text, chinese));
      }
      run.setLength(0);
    }
  }

  private static String plain(String text) {
    StringBuilder small = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return Letters.PLAIN.transliterate(text).replace(" ", "");
      }
      small.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return small.toString();
  }

  /** All readings of a run, each a syllable per character; the likeliest first. */
  private List<List<String>> readings(String run) {
    List<List<String>> all = new ArrayList<>(List.of(List.of()));
    int[] points = run.codePoints().limit(MOST_CHARACTERS).toArray();
    for (int i = 0; i < points.length; i++) {
      Readings readings = known.computeIfAbsent(points[i], Spelling::read);
      List<String> syllables = i == 0 ? readings.first() : readings.usual();
      List<List<String>> longer = new ArrayList<>();
      for (String syllable : syllables) {
        for (List<String> before : all) {
          if (longer.size() < MOST_READINGS) {
            List<String> one = new ArrayList<>(before);
            one.add(syllable);
            longer.add(one);
          }
        }
      }
      all = longer;
    }
    return all;
  }

  private static Readings read(int point) {
    String character = Character.toString(point);
    List<String> usual = new ArrayList<>();
    latin(Pinyin.USUAL.transliterate(character), usual);
    List<String> first = new ArrayList<>();
    latin(Pinyin.SURNAME.transliterate(character), first);
    usual.stream().filter(reading -> !first.contains(reading)).forEach(first::add);
    return new Readings(List.copyOf(usual), List.copyOf(first));
  }

  /** ü is typed as v on a keyboard, stands as yu in passports and as u where it was lost. */
  private static void latin(String reading, List<String> to) {
    String text = java.text.Normalizer.normalize(reading.strip(), java.text.Normalizer.Form.NFD);
    String toneless = text.replaceAll("[\\u0300\\u0301\\u0304\\u030c]", "");
    if (toneless.contains("u\u0308")) {
      for (String vowel : List.of("v", "u", "yu")) {
        to.add(toneless.replace("u\u0308", vowel));
      }
    } else {
      to.add(plain(toneless));
    }
  }

  /** What stands beside the whole name: other readings, and initials from each syllable on. */
  private static void others(List<List<String>> readings, StringBuilder to) {
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      List<String> syllables = readings.get(i);
      if (i > 0) {
        seen.add(String.join("", syllables));
      }
      String initials = initials(syllables, 0);
      for (int from = 0; from < initials.length() - 1; from++) {
        seen.add(initials.substring(from, Math.min(initials.length(), from + MOST_INITIALS)));
      }
      if (syllables.size() > 2 && syllables.size() <= SHORT_NAME) {
        seen.add(syllables.getFirst() + initials(syllables, 1));
      }
    }
    seen.stream().distinct().forEach(one -> to.append(' ').append(one));
  }

  private static String initials(List<String> syllables, int from) {
    StringBuilder initials = new StringBuilder();
    for (String syllable : syllables.subList(from, syllables.size())) {
      initials.append(syllable.isEmpty() ? "" : syllable.substring(0, 1));
    }
    return initials.toString();
  }
}
