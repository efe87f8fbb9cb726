package io.cordboard.adapters.rest;

import io.cordboard.adapterkit.http.Request;
import io.cordboard.adapters.rest.expression.Missing;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.kernel.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes requests of plans. What comes from data is made safe for the place where it stands. */
final class Builder {
  private static final Set<String> OURS = Set.of("host", "content-length", "connection", "transfer-encoding", "expect", "upgrade");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private Builder() {}

  /**
   * A request.
   *
   * @param scope what the plan's formulas see
   * @param open the same with the secrets, for what all requests have in common
   * @param auth what every request carries; null for the requests by which we are let in
   */
  // a request without a body has null for it, which the checker does not see in arrays
  @SuppressWarnings("NullAway")
  static Request build(
      RequestPlan plan, FilePlan.Defaults defaults, @Nullable AuthPlan auth, Scope scope, Scope open, Duration within,
      boolean harmless) {
    StringBuilder address = new StringBuilder(address(plan, defaults, scope, open));
    if (auth != null) {
      add(address, defaults.query(), open);
      add(address, auth.query(), open);
    }
    add(address, plan.query(), scope);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    byte @Nullable [] body = null;
    Object tree = plan.body() == null ? Missing.MISSING : plan.body().value(scope);
    if (tree != Missing.MISSING) {
      body = plan.form() ? form(tree) : Json.bytes(tree);
      headers.put("Content-Type", plan.form() ? "application/x-www-form-urlencoded" : "application/json");
    } else if (!plan.method().equals("GET") && !plan.method().equals("DELETE")) {
      body = new byte[0];
    }
    if (auth != null) {
      put(headers, defaults.headers(), open);
      put(headers, auth.headers(), open);
    }
    put(headers, plan.headers(), scope);
    return new Request(plan.method(), uri(address.toString()), headers, body, within, harmless);
  }

  private static String address(RequestPlan plan, FilePlan.Defaults defaults, Scope scope, Scope open) {
    Object link = scope.names().get("page") instanceof Map<?, ?> page ? page.get("link") : null;
    if (link instanceof String whole) {
      return whole.contains("://") ? whole : joined(base(defaults, open), whole);
    }
    return switch (plan.where()) {
      case RequestPlan.Where.Segments segments -> {
        StringBuilder path = new StringBuilder(stripped(base(defaults, open)));
        for (Template segment : segments.segments()) {
          path.append('/').append(segment(Texts.filled(segment.value(scope))));
        }
        yield path.toString();
      }
      case RequestPlan.Where.Address address -> {
        String text = Texts.filled(address.template().value(scope));
        if (text == null) {
          throw new Fault.BadRequest("A request has no address: a formula in it yields nothing.");
        }
        yield text.contains("://") ? text : joined(base(defaults, open), text);
      }
    };
  }

  private static String base(FilePlan.Defaults defaults, Scope open) {
    String base = Texts.filled(defaults.base().value(open));
    if (base == null) {
      throw new Fault.BadRequest("There is no address to ask: 'request.base' yields nothing.");
    }
    return base;
  }

  private static String joined(String base, String path) {
    return stripped(base) + (path.startsWith("/") ? path : "/" + path);
  }

  private static String stripped(String base) {
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  private static String segment(@Nullable String text) {
    if (text == null || text.equals(".") || text.equals("..")) {
      throw new Fault.BadRequest("A part of the path of a request is empty or leads elsewhere.");
    }
    return encoded(text);
  }

  private static void add(StringBuilder address, Map<String, Template> query, Scope scope) {
    query.forEach((name, template) -> {
      Object value = template.value(scope);
      for (Object each : Texts.list(value)) {
        String text = Texts.of(each);
        if (text == null) {
          throw new Fault.BadRequest("'%s' in the query of a request is no single value.".formatted(name));
        }
        address.append(address.indexOf("?") < 0 ? '?' : '&').append(encoded(name)).append('=').append(encoded(text));
      }
    });
  }

  private static void put(Map<String, String> headers, Map<String, Template> more, Scope scope) {
    more.forEach((name, template) -> {
      String value = Texts.of(template.value(scope));
      if (value == null) {
        return;
      }
      if (!NAME.matcher(name).matches() || OURS.contains(name.toLowerCase(java.util.Locale.ROOT)) || value.chars().anyMatch(letter -> letter < 32 || letter > 255)) {
        throw new Fault.BadRequest("The header '%s' of a request cannot be sent like that.".formatted(Fault.excerpt(name)));
      }
      headers.keySet().removeIf(known -> known.equalsIgnoreCase(name));
      headers.put(name, value);
    });
  }

  private static byte[] form(@Nullable Object tree) {
    if (!(tree instanceof Map<?, ?> map)) {
      throw new Fault.BadRequest("The body of a form has keys with values.");
    }
    StringBuilder form = new StringBuilder();
    map.forEach((name, value) -> field(form, String.valueOf(name), value));
    return form.toString().getBytes(StandardCharsets.US_ASCII);
  }

  // what is nested is written with brackets, as PHP reads it
  private static void field(StringBuilder form, String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> field(form, name + "[" + key + "]", each));
    } else if (value instanceof Iterable<?> several) {
      int at = 0;
      for (Object each : several) {
        field(form, name + "[" + at++ + "]", each);
      }
    } else {
      String text = value == null ? "" : Texts.of(value);
      form.append(form.isEmpty() ? "" : "&").append(encoded(name)).append('=').append(encoded(text == null ? "" : text));
    }
  }

  static String encoded(String text) {
    boolean plain = text.chars().allMatch(letter ->
        (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9')
            || letter == '-' || letter == '_' || letter == '.');
    return plain ? text : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static URI uri(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException wrong) {
      throw new Fault.BadRequest("'%s' is no address that can be asked.".formatted(Fault.excerpt(address)));
    }
  }
}
