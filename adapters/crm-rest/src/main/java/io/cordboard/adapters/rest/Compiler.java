package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Language;
import io.cordboard.adapters.rest.expression.Missing;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads formulas out of a file: a text that begins with an equals sign is one; a backslash before it takes that
 * meaning away.
 *
 * @param settings what is declared; the value says whether it is secret
 */
record Compiler(Language language, Map<String, Boolean> settings) {
  /** What a plain name can be outside of rows. */
  static final Set<String> NAMES =
      Set.of(
          "cfg", "conn", "call", "q", "field", "writing", "cursor", "page", "ours", "step", "http", "body", "head",
          "items", "item", "ids", "id", "ref", "why");

  private static final Pattern SETTING = Pattern.compile("\\bcfg\\b(\\s*\\.\\s*`?([A-Za-z_][A-Za-z0-9_]*)`?)?");
  private static final Expression NOTHING = scope -> Missing.MISSING;

  /** Where a formula stands. */
  enum Place {
    /** Plain names are ours; secrets may be used. */
    SECRET,
    /** Plain names are ours. */
    OPEN,
    /** Plain names are the row's own. */
    ROW
  }

  /** A formula that may be absent. */
  @Nullable Expression formula(Part part, String key, Place place) {
    return part.raw(key) == null ? null : expression(part, part.path(key), part.raw(key), place);
  }

  /** A formula that has to be there. */
  Expression mustFormula(Part part, String key, Place place) {
    Expression found = formula(part, key, place);
    if (found == null) {
      part.mistake(key, "This is missing: a formula.");
      return NOTHING;
    }
    return found;
  }

  /** A tree of values. */
  Template template(Part part, String path, @Nullable Object value, Place place) {
    return switch (value) {
      case String text when isFormula(text) -> new Template.Formula(compiled(part, path, text.substring(1), place));
      case String text when text.startsWith("\\=") -> new Template.Constant(text.substring(1));
      case Map<?, ?> keys -> {
        Map<String, Template> parts = new LinkedHashMap<>();
        keys.forEach((key, each) ->
            parts.put(String.valueOf(key), template(part, path + "." + key, each, place)));
        yield isConstant(parts.values()) && !parts.containsKey(Template.SPREAD)
            ? new Template.Constant(keys) : new Template.Keys(parts);
      }
      case List<?> list -> {
        List<Template> parts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
          parts.add(template(part, path + "[" + i + "]", list.get(i), place));
        }
        yield isConstant(parts) ? new Template.Constant(list) : new Template.Items(parts);
      }
      case null, default -> new Template.Constant(value);
    };
  }

  // an equals sign alone is one: systems have operators of that name
  private static boolean isFormula(String text) {
    return text.length() > 1 && text.charAt(0) == '=';
  }

  private static boolean isConstant(Iterable<Template> parts) {
    for (Template part : parts) {
      if (!(part instanceof Template.Constant)) {
        return false;
      }
    }
    return true;
  }

  private Expression expression(Part part, String path, @Nullable Object value, Place place) {
    return value instanceof String text && isFormula(text)
        ? compiled(part, path, text.substring(1), place)
        : constant(value instanceof String text && text.startsWith("\\=") ? text.substring(1) : value);
  }

  private static Expression constant(@Nullable Object value) {
    return scope -> value;
  }

  private Expression compiled(Part part, String path, String text, Place place) {
    try {
      Expression compiled = language.compile(text.strip());
      String head = Language.head(compiled);
      if (place != Place.ROW && head != null && !NAMES.contains(head)) {
        wrong(part, path, "Nothing is called '%s' here: a formula sees %s."
            .formatted(Fault.excerpt(head), String.join(", ", NAMES.stream().sorted().toList())));
      }
      lookAtSettings(part, path, Language.bare(text), place);
      return compiled;
    } catch (Fault.BadRequest wrong) {
      wrong(part, path, wrong.getMessage());
      return NOTHING;
    }
  }

  private void lookAtSettings(Part part, String path, String bare, Place place) {
    Matcher used = SETTING.matcher(bare);
    while (used.find()) {
      String name = used.group(2);
      if (name == null) {
        if (place != Place.ROW) {
          wrong(part, path, "'cfg' stands in a formula with the name of a setting only, as in cfg.address.");
        }
      } else if (!settings.containsKey(name) && place != Place.ROW) {
        wrong(part, path, "There is no setting '%s' under 'settings'.".formatted(Fault.excerpt(name)));
      } else if (Boolean.TRUE.equals(settings.get(name)) && place != Place.SECRET) {
        wrong(part, path,
            "The secret '%s' may stand in 'auth' and 'request' only, or as the key of a hook.".formatted(name));
      }
    }
  }

  private static void wrong(Part part, String path, String words) {
    String inside = path.length() > part.path().length() && !part.path().isEmpty()
        ? path.substring(part.path().length() + 1) : path;
    part.mistake(inside, words);
  }
}
