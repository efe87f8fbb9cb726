package io.cordboard.store;

import io.cordboard.core.call.LedgerFact.Answer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers as one text: a line {@code field=value} each. No value has a line break, no field a sign. */
public final class AnswerText {
  private AnswerText() {}

  /** The text; null for none. */
  public static @Nullable String of(List<Answer> answers) {
    return answers.isEmpty()
        ? null
        : answers.stream()
            .map(answer -> answer.field() + "=" + answer.value())
            .collect(Collectors.joining("\n"));
  }

  /** The answers of such a text. */
  public static List<Answer> read(@Nullable String text) {
    return text == null
        ? List.of()
        : text.lines()
            .map(
                line -> {
                  int sign = line.indexOf('=');
                  return new Answer(line.substring(0, sign), line.substring(sign + 1));
                })
            .toList();
  }
}
