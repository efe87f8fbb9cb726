package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as a file describes it.
 *
 * @param where a text, a formula, or a list of path segments
 * @param body null where there is none
 * @param form whether the body is sent as a form
 * @param answers rules that are asked before the general ones
 */
record RequestPlan(
    String method, Where where, Map<String, Template> query, Map<String, Template> headers, @Nullable Template body,
    boolean form, AnswerRules answers) {
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  /** Where a request goes. */
  sealed interface Where {
    /** A path below the base, or a whole address. */
    record Address(Template template) implements Where {}

    /** Segments of a path below the base; each is made safe. */
    record Segments(List<Template> segments) implements Where {}
  }

  /** Whether a part describes a request at all. */
  static boolean isIn(Part part) {
    return METHODS.stream().anyMatch(part::has);
  }

  /** Reads one; the keys that are no request's stay for who called. */
  static RequestPlan read(Part part, Compiler compiler, Place place, boolean formByDefault) {
    List<String> methods = METHODS.stream().filter(part::has).toList();
    if (methods.size() != 1) {
      part.mistake("A request has exactly one of get, post, put, patch, delete.");
    }
    String method = methods.isEmpty() ? "get" : methods.getFirst();
    Template body = part.has("body") ? compiler.template(part, part.path("body"), part.raw("body"), place) : null;
    String content = part.word("content", formByDefault ? "form" : "json", "json", "form");
    return new RequestPlan(
        method.toUpperCase(java.util.Locale.ROOT),
        where(part, method, compiler, place),
        templates(part, "query", compiler, place),
        templates(part, "headers", compiler, place),
        body,
        content.equals("form"),
        AnswerRules.read(part, "answers", compiler));
  }

  private static Where where(Part part, String method, Compiler compiler, Place place) {
    Object value = part.raw(method);
    if (value instanceof List<?> list) {
      List<Template> segments = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        segments.add(compiler.template(part, part.path(method) + "[" + i + "]", list.get(i), place));
      }
      return new Where.Segments(segments);
    }
    if (!(value instanceof String) && part.has(method)) {
      part.mistake(method, "Here stands a path such as /contacts, a list of its segments, or a formula.");
    }
    return new Where.Address(compiler.template(part, part.path(method), value, place));
  }

  static Map<String, Template> templates(Part part, String key, Compiler compiler, Place place) {
    Map<String, Template> made = new LinkedHashMap<>();
    if (part.has(key)) {
      Part below = part.at(key);
      for (String name : below.keys()) {
        made.put(name, compiler.template(below, below.path(name), below.raw(name), place));
      }
    }
    return made;
  }
}
