package io.cordboard.adapters.rest.expression;

import io.cordboard.kernel.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Formulas that need no interpreter: a path, a literal, or a function of ours over such. They mean the same as in the
 * whole language; where a path runs into a list, the whole language takes over.
 */
final class Simple {
  private final String text;
  private final HostFunctions host;
  private final Interpreter.Factory whole;
  private int at;

  private Simple(String text, HostFunctions host, Interpreter.Factory whole) {
    this.text = text;
    this.host = host;
    this.whole = whole;
  }

  /** Null where the formula needs more. */
  static @Nullable Expression of(String text, HostFunctions host, Interpreter.Factory whole) {
    Simple parser = new Simple(text, host, whole);
    Expression read = parser.joined();
    parser.blanks();
    if (read != null && parser.at < text.length()) {
      read = parser.comparison(read);
      parser.blanks();
    }
    return read != null && parser.at == text.length() ? read : null;
  }

  private @Nullable Expression joined() {
    List<Expression> parts = new ArrayList<>();
    do {
      Expression part = term();
      if (part == null) {
        return null;
      }
      parts.add(part);
      blanks();
    } while (at < text.length() && text.charAt(at) == '&' && at++ > 0);
    return parts.size() == 1 ? parts.getFirst() : new Joined(parts.toArray(Expression[]::new));
  }

  /** Texts one after the other; what is not there is no text. */
  private record Joined(Expression[] parts) implements Expression {
    @Override
    public @Nullable Object value(Scope scope) {
      StringBuilder all = new StringBuilder();
      for (Expression part : parts) {
        Object value = part.value(scope);
        String words = Texts.of(value);
        if (words == null && value != Missing.MISSING) {
          throw new Fault.Refused("Only single values that are there can be joined by '&'.");
        }
        all.append(words == null ? "" : words);
      }
      return all.toString();
    }
  }

  private @Nullable Expression comparison(Expression left) {
    boolean differs = text.startsWith("!=", at);
    if (!differs && text.charAt(at) != '=') {
      return null;
    }
    at += differs ? 2 : 1;
    Expression right = joined();
    return right == null ? null : new Comparison(left, right, differs, whole.later(text));
  }

  /** Whether two single values are the same; what is not there is neither the same nor another. */
  private record Comparison(Expression left, Expression right, boolean differs, Expression whole) implements Expression {
    @Override
    public @Nullable Object value(Scope scope) {
      Object one = left.value(scope);
      Object two = right.value(scope);
      if (one == Missing.MISSING || two == Missing.MISSING) {
        return false;
      }
      return isSingle(one) && isSingle(two) ? (Object) (isSame(one, two) != differs) : whole.value(scope);
    }

    private static boolean isSingle(@Nullable Object value) {
      return value == null || value instanceof String || value instanceof Boolean || value instanceof Integer;
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object two) {
      return one == null ? two == null : one.equals(two);
    }
  }

  private @Nullable Expression term() {
    blanks();
    if (at >= text.length()) {
      return null;
    }
    char first = text.charAt(at);
    if (first == '\'' || first == '"') {
      return words(first);
    }
    if (first >= '0' && first <= '9') {
      return number();
    }
    return first == '$' ? dollar() : path(at, null);
  }

  private @Nullable Expression words(char quote) {
    int end = text.indexOf(quote, at + 1);
    String inside = end < 0 ? "\\" : text.substring(at + 1, end);
    if (inside.indexOf('\\') >= 0) {
      return null;
    }
    at = end + 1;
    return scope -> inside;
  }

  private @Nullable Expression number() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - from < 9) {
      at++;
    }
    Integer whole = Integer.valueOf(text.substring(from, at));
    return scope -> whole;
  }

  private @Nullable Expression dollar() {
    int from = at++;
    String name = word();
    if (name == null) {
      return path(from, "");
    }
    if (at < text.length() && text.charAt(at) == '(') {
      HostFunctions.Function function = host.all().get(name);
      return function == null ? null : call(function);
    }
    return path(from, name);
  }

  private @Nullable Expression call(HostFunctions.Function function) {
    at++;
    List<Expression> parts = new ArrayList<>();
    blanks();
    while (at < text.length() && text.charAt(at) != ')') {
      Expression part = term();
      blanks();
      boolean more = at < text.length() && text.charAt(at) == ',';
      if (part == null || !(more || (at < text.length() && text.charAt(at) == ')'))) {
        return null;
      }
      parts.add(part);
      at += more ? 1 : 0;
    }
    if (at++ >= text.length()) {
      return null;
    }
    Expression[] given = parts.toArray(Expression[]::new);
    return scope -> {
      List<@Nullable Object> values = new ArrayList<>(given.length);
      for (Expression each : given) {
        values.add(each.value(scope));
      }
      return function.call(values);
    };
  }

  // variable: null for a plain path, "" for the root itself, else a name with a dollar sign
  private @Nullable Expression path(int from, @Nullable String variable) {
    List<String> steps = new ArrayList<>();
    if (variable == null) {
      String first = step();
      if (first == null) {
        return null;
      }
      steps.add(first);
    }
    while (at < text.length() && text.charAt(at) == '.') {
      at++;
      String next = step();
      if (next == null) {
        return null;
      }
      steps.add(next);
    }
    String written = text.substring(from, at);
    if (variable == null && steps.size() == 1) {
      switch (written) {
        case "true" -> {
          return scope -> true;
        }
        case "false" -> {
          return scope -> false;
        }
        case "null" -> {
          return scope -> null;
        }
        case "and", "or", "in", "function" -> {
          return null;
        }
        default -> {}
      }
    }
    return new Path(variable, steps.toArray(String[]::new), whole.later(written));
  }

  private @Nullable String step() {
    if (at < text.length() && text.charAt(at) == '`') {
      int end = text.indexOf('`', at + 1);
      if (end < 0) {
        return null;
      }
      String name = text.substring(at + 1, end);
      at = end + 1;
      return name;
    }
    return word();
  }

  private @Nullable String word() {
    int from = at;
    while (at < text.length() && isWord(text.charAt(at), at > from)) {
      at++;
    }
    return at == from ? null : text.substring(from, at);
  }

  private static boolean isWord(char letter, boolean inside) {
    return Character.isLetter(letter) || letter == '_' || (inside && Character.isDigit(letter));
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** Steps through objects by their keys. */
  record Path(@Nullable String variable, String[] steps, Expression whole) implements Expression {
    /** The first name; null where the path begins at the root. */
    @Nullable String head() {
      return variable == null ? steps[0] : variable.isEmpty() ? null : variable;
    }

    @Override
    public @Nullable Object value(Scope scope) {
      Object here = variable == null || variable.isEmpty()
          ? scope.root()
          : scope.names().getOrDefault(variable, Missing.MISSING);
      for (String step : steps) {
        if (here instanceof Collection) {
          return whole.value(scope);
        }
        if (!(here instanceof Map<?, ?> map)) {
          return Missing.MISSING;
        }
        Object next = map.get(step);
        if (next == null && !map.containsKey(step)) {
          return Missing.MISSING;
        }
        here = next;
      }
      return here instanceof BigDecimal number && Math.abs((long) number.scale()) > 1_000 ? Missing.MISSING : here;
    }
  }
}
