package io.cordboard.adapters.rest;

import io.cordboard.adapterkit.http.Answer;
import io.cordboard.adapters.rest.AnswerRules.Body;
import io.cordboard.adapters.rest.expression.Missing;
import java.util.Locale;
import java.util.Map;

/** Answers as formulas see them. */
final class Answers {
  private Answers() {}

  /**
   * An answer that was read.
   *
   * @param value the body; {@link Missing#MISSING} where it is no JSON
   */
  record Parsed(Map<String, Object> http, Body body, Object value) {}

  static Parsed parsed(Answer answer, FilePlan.Defaults defaults) {
    Map<String, Object> http = Map.of("status", answer.status(), "headers", answer.headers());
    if (answer.body().length == 0) {
      return new Parsed(http, Body.EMPTY, Missing.MISSING);
    }
    String type = answer.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
    boolean said = type.contains("json") || defaults.jsonTypes().stream().anyMatch(type::startsWith);
    Json.Read read = said ? Json.read(answer.body()) : new Json.Read(false, null);
    // a bare null tells nothing that a rule could hold on to
    return read.value() == null
        ? new Parsed(http, Body.OTHER, Missing.MISSING)
        : new Parsed(http, Body.JSON, read.value());
  }
}
