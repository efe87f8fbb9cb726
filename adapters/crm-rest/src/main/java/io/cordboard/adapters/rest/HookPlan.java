package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Hmac;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the system tells us by itself that something changed.
 *
 * @param form whether it comes as a form
 * @param notices where the parts stand that each tell of one record
 * @param once the same for every repetition
 */
record HookPlan(
    String name, boolean form, Check check, RowsPlan notices, Expression kind, Expression id,
    @Nullable Expression once) {
  private static final Set<String> PARTS = Set.of("method", "uri", "path", "body", "time");

  /** How a request proves where it comes from. */
  sealed interface Check {
    /**
     * By a sum over parts of it.
     *
     * @param of which parts, in their order
     * @param key the setting that holds the key
     * @param prefix what stands before the sum
     * @param time the header with the time; null where there is none
     */
    record Signed(
        String method, List<String> of, String join, String key, String header, String prefix, boolean base64,
        @Nullable String time, int microsPerTick, Duration age) implements Check {}

    /** By a word that both know. */
    record Word(String setting, String in, String name) implements Check {}

    /** By a name and a password. */
    record Basic(String user, String password) implements Check {}

    /** Not at all; what it tells of is read again anyway. */
    record None() implements Check {}
  }

  static HookPlan read(Part part, Compiler compiler) {
    Part checked = part.mustAt("check");
    Check check = check(checked, compiler.settings());
    checked.close();
    HookPlan plan = new HookPlan(
        part.text("name", "hook"),
        part.word("content", "json", "json", "form").equals("form"),
        check,
        RowsPlan.read(part, compiler),
        compiler.mustFormula(part, "kind", Place.ROW),
        compiler.mustFormula(part, "id", Place.ROW),
        compiler.formula(part, "once", Place.ROW));
    part.close();
    return plan;
  }

  private static Check check(Part part, Map<String, Boolean> settings) {
    String way = part.word("by", "hmac", "hmac", "word", "basic", "nothing");
    return switch (way) {
      case "hmac" -> signed(part, settings);
      case "word" -> new Check.Word(
          setting(part, "word", settings), part.word("in", "header", "header", "query", "body"), part.mustText("name"));
      case "basic" -> new Check.Basic(setting(part, "user", settings), setting(part, "password", settings));
      default -> {
        if (part.text("because", "").isBlank()) {
          part.mistake("because", "This is missing: why nothing proves where these requests come from.");
        }
        yield new Check.None();
      }
    };
  }

  private static Check signed(Part part, Map<String, Boolean> settings) {
    String method = part.text("method", "sha256");
    if (!Hmac.isMethod(method)) {
      part.mistake("method", "Use sha1, sha256, sha384 or sha512.");
    }
    List<String> of = part.has("of") ? part.texts("of") : List.of("body");
    for (String each : of) {
      if (!PARTS.contains(each) && !each.startsWith("header:") && !each.startsWith("text:")) {
        part.mistake("of", "'%s' cannot be signed: use method, uri, path, body, time, header:NAME or text:...".formatted(each));
      }
    }
    if (!of.contains("body")) {
      part.mistake("of", "A signature that leaves the body out proves nothing.");
    }
    String time = part.text("time");
    if (time != null && of.stream().noneMatch(each -> each.equals("time") || each.equalsIgnoreCase("header:" + time))) {
      part.mistake("time", "The time is not signed: name it in 'of'.");
    }
    return new Check.Signed(
        method, of, part.text("join", ""), setting(part, "key", settings), lower(part.mustText("header")),
        part.text("prefix", ""), part.word("encoding", "hex", "hex", "base64").equals("base64"),
        time == null ? null : lower(time),
        part.word("tick", "s", "s", "ms").equals("s") ? 1_000_000 : 1_000,
        part.duration("age", Duration.ofMinutes(5)));
  }

  private static String setting(Part part, String key, Map<String, Boolean> settings) {
    String name = part.mustText(key);
    if (!name.isEmpty() && !settings.containsKey(name)) {
      part.mistake(key, "There is no setting '%s' under 'settings'.".formatted(name));
    }
    return name;
  }

  private static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }
}
