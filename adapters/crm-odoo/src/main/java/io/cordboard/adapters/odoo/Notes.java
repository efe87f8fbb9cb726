package io.cordboard.adapters.odoo;

import io.cordboard.spi.crm.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call as a note: a line for each thing that we know, which is found again by its class when it
 * is to be changed. Whatever else stands in the note was written by a person and is left alone.
 */
final class Notes {
  /** The lines in their order. */
  static final List<String> LINES =
      List.of(
          "direction",
          "number",
          "line",
          "agent",
          "outcome",
          "disposition",
          "seconds",
          "waitSeconds",
          "notes",
          "recording");

  private static final List<String> NUMBERS = List.of("seconds", "waitSeconds");
  private static final Pattern LINE =
      Pattern.compile(
          "<p class=\"cordboard-([A-Za-z]+)\"[^>]*>\\s*<b>[^<]*</b>\\s*<span>(.*?)</span>\\s*</p>",
          Pattern.DOTALL);
  private static final String OURS = "class=\"cordboard-";
  // a note in which nothing stands counts as deleted
  private static final String HEAD = "<p class=\"cordboard-call\"><b>%s</b></p>";
  private static final Pattern WEB = Pattern.compile("https?://[^\\s\"'<>]+");

  private Notes() {}

  /** How the lines are named. */
  enum Labels {
    ENGLISH(
        "Call",
        "Direction",
        "Number",
        "Line",
        "Agent",
        "Outcome",
        "Disposition",
        "Seconds talked",
        "Seconds waited",
        "Notes",
        "Recording"),
    CHINESE("通话", "方向", "号码", "线路", "坐席", "结果", "小结", "通话秒数", "等待秒数", "备注", "录音");

    private final String call;
    private final List<String> words;

    Labels(String call, String... words) {
      this.call = call;
      this.words = List.of(words);
    }

    String of(String line) {
      return words.get(LINES.indexOf(line));
    }
  }

  /** A note in which these lines say this, and everything else is as before. */
  static String with(String body, Map<String, Value> fields, Labels labels) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String line : LINES) {
      Value value = fields.get(line);
      if (value != null && !(value instanceof Value.Hidden)) {
        wanted.put(line, line(line, value, labels));
      }
    }
    Matcher matcher = LINE.matcher(body);
    StringBuilder changed = new StringBuilder(body.isEmpty() ? HEAD.formatted(labels.call) : "");
    while (matcher.find()) {
      String now = wanted.remove(matcher.group(1));
      matcher.appendReplacement(
          changed, Matcher.quoteReplacement(now == null ? matcher.group() : now));
    }
    matcher.appendTail(changed);
    wanted.values().forEach(changed::append);
    return changed.toString();
  }

  private static String line(String name, Value value, Labels labels) {
    String text = text(value);
    if (text.isEmpty()) {
      return "";
    }
    String shown =
        WEB.matcher(text).matches()
            ? "<a href=\"%s\">%s</a>".formatted(Html.escaped(text), Html.escaped(text))
            : Html.escaped(text);
    return "<p class=\"cordboard-%s\"><b>%s:</b> <span>%s</span></p>"
        .formatted(name, labels.of(name), shown);
  }

  /**
   * What the lines say. Where nothing of ours is left a person has written the note anew: then it
   * says nothing.
   */
  static SortedMap<String, Value> read(String body) {
    SortedMap<String, Value> said = new TreeMap<>();
    Matcher matcher = LINE.matcher(body);
    while (matcher.find()) {
      if (LINES.contains(matcher.group(1))) {
        said.put(matcher.group(1), value(matcher.group(1), Html.text(matcher.group(2))));
      }
    }
    if (body.contains(OURS)) {
      LINES.forEach(line -> said.putIfAbsent(line, Value.EMPTY));
    }
    return said;
  }

  private static Value value(String line, String text) {
    return NUMBERS.contains(line) && text.matches("-?\\d{1,12}(\\.\\d{1,6})?")
        ? new Value.Number(new BigDecimal(text))
        : Value.of(text);
  }

  static String text(Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Number number -> number.number().toPlainString();
      case Value.Flag flag -> String.valueOf(flag.yes());
      case Value.Many many -> String.join(", ", many.texts());
      case Value.Empty _, Value.Hidden _ -> "";
    };
  }
}
