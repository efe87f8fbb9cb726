package io.cordboard.adapters.demo;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conversations that callers and agents have; read from {@code conversations.txt}. */
final class Scripts {
  /** Who speaks a line. */
  enum Speaker {
    CUSTOMER,
    AGENT
  }

  record Line(Speaker speaker, String text) {
    /** How long it takes to say this at a human pace. */
    Duration spoken() {
      return Scripts.spoken(text);
    }
  }

  /** A conversation; {@code language} is {@code zh} or {@code en}. */
  record Script(String language, String topic, List<Line> lines) {}

  private static final Pattern CHINESE_NUMBER = Pattern.compile("(\\+86|0086).*|1[3-9][0-9]{9}");
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[。！？；\n])|(?<=[.!?])\\s");
  private static final Pattern NEXT_SCRIPT = Pattern.compile("\n(?=\\[)");
  private static final List<String> ZH_NODS = List.of("好的。", "嗯，我在听。", "明白，我记一下。");
  private static final List<String> EN_NODS = List.of("I see.", "All right.", "Let me note that.");
  private static final int LONGEST_MILLIS = 120_000;
  private static final int LONGEST_LINE = 200;
  private static final int MOST_SENTENCES = 20;

  private final List<Script> all;

  private Scripts(List<Script> all) {
    this.all = List.copyOf(all);
  }

  static Scripts load() {
    try (InputStream file = Scripts.class.getResourceAsStream("conversations.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return new Scripts(parse(text));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  List<Script> all() {
    return all;
  }

  /** What a caller from this number has to say: the given text, or a script in their language. */
  Script choose(String from, @Nullable String say, RandomGenerator random) {
    if (say != null && !say.isBlank()) {
      return saying(say);
    }
    String language = CHINESE_NUMBER.matcher(from).matches() ? "zh" : "en";
    List<Script> fitting = all.stream().filter(s -> s.language().equals(language)).toList();
    return fitting.get(random.nextInt(fitting.size()));
  }

  /** The customer says the text sentence by sentence; the agent greets and nods. */
  static Script saying(String text) {
    boolean chinese = text.codePoints().anyMatch(Scripts::isHan);
    List<String> nods = chinese ? ZH_NODS : EN_NODS;
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(Speaker.AGENT, chinese ? "您好，请讲。" : "Hello, how can I help?"));
    for (String sentence : sentences(text)) {
      lines.add(new Line(Speaker.CUSTOMER, cut(sentence)));
      lines.add(new Line(Speaker.AGENT, nods.get(lines.size() / 2 % nods.size())));
    }
    return new Script(chinese ? "zh" : "en", "said", List.copyOf(lines));
  }

  private static List<String> sentences(String text) {
    return SENTENCE_END
        .splitAsStream(text)
        .map(String::strip)
        .filter(sentence -> !sentence.isEmpty())
        .limit(MOST_SENTENCES)
        .toList();
  }

  /** How long it takes to say a text at a human pace: a few seconds for a sentence. */
  static Duration spoken(String text) {
    long han = text.codePoints().filter(Scripts::isHan).count();
    long other = text.codePointCount(0, text.length()) - han;
    return Duration.ofMillis(Math.clamp(500 + han * 170 + other * 45, 1200, LONGEST_MILLIS));
  }

  static List<Script> parse(String text) {
    return NEXT_SCRIPT
        .splitAsStream(text)
        .filter(block -> block.startsWith("["))
        .map(Scripts::parseOne)
        .toList();
  }

  private static Script parseOne(String block) {
    List<String> rows = block.lines().map(String::strip).filter(row -> !row.isEmpty()).toList();
    String head = rows.getFirst();
    int bracket = head.indexOf(']');
    List<Line> lines = rows.stream().skip(1).map(Scripts::parseLine).toList();
    return new Script(head.substring(1, bracket), head.substring(bracket + 1).strip(), lines);
  }

  private static Line parseLine(String row) {
    if (row.startsWith("C: ")) {
      return new Line(Speaker.CUSTOMER, row.substring(3));
    }
    if (row.startsWith("A: ")) {
      return new Line(Speaker.AGENT, row.substring(3));
    }
    throw new Fault.Bug("conversations.txt: neither 'C: ' nor 'A: ' begins '" + row + "'", null);
  }

  private static boolean isHan(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_LINE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_LINE));
  }
}
