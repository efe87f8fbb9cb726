package io.cordboard.store;

import io.cordboard.core.call.CallRecord.Outside;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Those outside who were called into a call, as one text: a line each, its parts apart by spaces. */
final class PartiesText {
  private PartiesText() {}

  /** The text; null for nobody. */
  static @Nullable String of(List<Outside> outside) {
    return outside.isEmpty()
        ? null
        : outside.stream().map(PartiesText::line).collect(Collectors.joining("\n"));
  }

  private static String line(Outside one) {
    String outcome = one.outcome().isEmpty() ? "-" : one.outcome();
    return "%d %s %d %d %d %s"
        .formatted(
            one.by(), one.number(), one.askedAt(), one.answeredAt(), one.endedAt(), outcome);
  }

  /** Those of such a text. */
  static List<Outside> read(@Nullable String text) {
    return text == null ? List.of() : text.lines().map(PartiesText::outside).toList();
  }

  private static Outside outside(String line) {
    List<String> parts = List.of(line.split(" "));
    String outcome = parts.get(5);
    return new Outside(
        Integer.parseInt(parts.get(0)), parts.get(1), Long.parseLong(parts.get(2)),
        Long.parseLong(parts.get(3)), Long.parseLong(parts.get(4)),
        outcome.equals("-") ? "" : outcome);
  }
}
