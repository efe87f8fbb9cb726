package io.cordboard.adapters.odoo;

import io.cordboard.spi.crm.Value;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
          "<p\\b[^>]*\\bclass=\"(?:[^\"]*\\s)?cordboard-([A-Za-z]+)[\\s\"][^>]*>(.*?)</p>",
          Pattern.DOTALL);
  // Odoo puts its mark of an edited note into the last line
  private static final Pattern SAID =
      Pattern.compile(
          "\\s*<(?:b|strong)>[^<]*</(?:b|strong)>\\s*<span[^>]*>(.*?)</span>(\\s*(?:<span"
              + " class=\"o-mail-Message-edited\"[^>]*></span>)?\\s*)",
          Pattern.DOTALL);
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
      Matcher said = said(matcher.group(2));
      String now = said == null ? null : wanted.remove(matcher.group(1));
      String next =
          now == null || said == null
              ? matcher.group()
              : now.replace("</p>", said.group(2) + "</p>");
      matcher.appendReplacement(changed, Matcher.quoteReplacement(next));
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

  private static @Nullable Matcher said(String line) {
    Matcher said = SAID.matcher(line);
    return said.matches() ? said : null;
  }

  /**
   * What the lines say. One that a person wrote in a way of their own says nothing, and where they
   * wrote the whole note anew those say nothing that are not there.
   */
  static SortedMap<String, Value> read(String body) {
    SortedMap<String, Value> said = new TreeMap<>();
    Set<String> there = new HashSet<>();
    boolean headed = false;
    Matcher matcher = LINE.matcher(body);
    while (matcher.find()) {
      String line = matcher.group(1);
      Matcher says = said(matcher.group(2));
      headed |= line.equals("call");
      there.add(line);
      if (says != null && LINES.contains(line)) {
        said.put(line, value(line, Html.text(says.group(1))));
      }
    }
    if (headed) {
      LINES.stream()
          .filter(line -> !there.contains(line))
          .forEach(line -> said.put(line, Value.EMPTY));
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
