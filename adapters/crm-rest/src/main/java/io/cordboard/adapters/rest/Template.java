package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Missing;
import io.cordboard.adapters.rest.expression.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tree of values of which some are worked out anew each time. What nothing comes of is left out. */
sealed interface Template {
  /** Under this key stand values that are put into the object beside the others. */
  String SPREAD = "...";

  /** The value; {@link Missing#MISSING} where nothing came of it. */
  @Nullable Object value(Scope scope);

  /** The same each time. */
  record Constant(@Nullable Object constant) implements Template {
    @Override
    public @Nullable Object value(Scope scope) {
      return constant;
    }
  }

  /** Worked out each time. */
  record Formula(Expression expression) implements Template {
    @Override
    public @Nullable Object value(Scope scope) {
      return expression.value(scope);
    }
  }

  /** An object. */
  record Keys(Map<String, Template> parts) implements Template {
    @Override
    public Object value(Scope scope) {
      Map<String, @Nullable Object> made = new LinkedHashMap<>();
      parts.forEach((key, part) -> {
        Object value = part.value(scope);
        if (key.equals(SPREAD)) {
          if (value instanceof Map<?, ?> several) {
            several.forEach((name, each) -> made.put(String.valueOf(name), each));
          }
        } else if (value != Missing.MISSING) {
          made.put(key, value);
        }
      });
      return made;
    }
  }

  /** A list. */
  record Items(List<Template> parts) implements Template {
    @Override
    public Object value(Scope scope) {
      List<@Nullable Object> made = new ArrayList<>();
      for (Template part : parts) {
        Object value = part.value(scope);
        if (value != Missing.MISSING) {
          made.add(value);
        }
      }
      return made;
    }
  }
}
