package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.HookPlan.Check;
import io.cordboard.adapters.rest.expression.Hmac;
import io.cordboard.adapters.rest.expression.Missing;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.ReceiveHooks.Notice;
import io.cordboard.spi.crm.RecordKind;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads what the system sends by itself, after it has proved where it comes from. */
final class HookReader {
  private final String system;
  private final List<HookPlan> plans;
  private final Set<RecordKind> kinds;
  private final UnaryOperator<String> settings;

  HookReader(String system, List<HookPlan> plans, Set<RecordKind> kinds, UnaryOperator<String> settings) {
    this.system = system;
    this.plans = plans;
    this.kinds = kinds;
    this.settings = settings;
  }

  List<Notice> read(Hook hook) {
    String why = "it has no webhooks";
    for (HookPlan plan : plans) {
      String wrong = wrong(plan, hook);
      if (wrong == null) {
        return notices(plan, hook);
      }
      why = wrong;
    }
    throw new Fault.AuthLapsed(
        "What came for '%s' does not prove that it is from there: %s.".formatted(system, why));
  }

  /** What is wrong with the proof; null when nothing is. */
  private @Nullable String wrong(HookPlan plan, Hook hook) {
    return switch (plan.check()) {
      case Check.None none -> null;
      case Check.Word word -> isSame(settings.apply(word.setting()), given(plan, word, hook)) ? null : "its word is wrong or missing";
      case Check.Basic basic -> isSame(
              "Basic " + Base64.getEncoder().encodeToString(
                  (settings.apply(basic.user()) + ":" + settings.apply(basic.password())).getBytes(StandardCharsets.UTF_8)),
              hook.headers().getOrDefault("authorization", ""))
          ? null : "its name or password is wrong or missing";
      case Check.Signed signed -> wrong(signed, hook);
    };
  }

  private static boolean isSame(String wanted, String given) {
    return !wanted.isEmpty() && MessageDigest.isEqual(
        wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static String given(HookPlan plan, Check.Word word, Hook hook) {
    return switch (word.in()) {
      case "header" -> hook.headers().getOrDefault(word.name().toLowerCase(Locale.ROOT), "");
      case "query" -> String.valueOf(form(queryOf(hook.uri())).getOrDefault(word.name(), ""));
      default -> {
        Object here = body(plan, hook);
        for (String step : word.name().split("\\.", -1)) {
          here = here instanceof Map<?, ?> map ? map.get(step) : null;
        }
        String text = Texts.of(here);
        yield text == null ? "" : text;
      }
    };
  }

  private @Nullable String wrong(Check.Signed signed, Hook hook) {
    String sent = hook.headers().getOrDefault(signed.header(), "");
    if (sent.isBlank()) {
      return "its signature is missing";
    }
    if (signed.time() != null && !isFresh(signed, hook)) {
      return "it is too old, or its time is missing";
    }
    byte[] wanted = Hmac.of(
        signed.method(), settings.apply(signed.key()).getBytes(StandardCharsets.UTF_8), signedParts(signed, hook));
    // several signatures are sent while a key is being changed
    for (String each : sent.strip().split("\\s+")) {
      byte[] given = each.startsWith(signed.prefix()) ? decoded(signed, each.substring(signed.prefix().length())) : null;
      if (given != null && MessageDigest.isEqual(wanted, given)) {
        return null;
      }
    }
    return "its signature is wrong";
  }

  private static boolean isFresh(Check.Signed signed, Hook hook) {
    BigDecimal tick = Texts.number(hook.headers().getOrDefault(String.valueOf(signed.time()), ""));
    if (tick == null || tick.abs().compareTo(BigDecimal.valueOf(1_000_000_000_000_000L)) > 0) {
      return false;
    }
    BigDecimal away = tick.multiply(BigDecimal.valueOf(signed.microsPerTick())).subtract(BigDecimal.valueOf(hook.at())).abs();
    return away.compareTo(BigDecimal.valueOf(signed.age().toNanos() / 1_000)) <= 0;
  }

  private static byte[] signedParts(Check.Signed signed, Hook hook) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < signed.of().size(); i++) {
      if (i > 0) {
        all.writeBytes(signed.join().getBytes(StandardCharsets.UTF_8));
      }
      all.writeBytes(part(signed.of().get(i), signed, hook));
    }
    return all.toByteArray();
  }

  private static byte[] part(String name, Check.Signed signed, Hook hook) {
    String text = switch (name) {
      case "body" -> null;
      case "method" -> "POST";
      case "uri" -> hook.uri();
      case "path" -> pathOf(hook.uri());
      case "time" -> hook.headers().getOrDefault(String.valueOf(signed.time()), "");
      default -> name.startsWith("text:")
          ? name.substring(5)
          : hook.headers().getOrDefault(name.substring("header:".length()).toLowerCase(Locale.ROOT), "");
    };
    return text == null ? hook.body() : text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] decoded(Check.Signed signed, String text) {
    try {
      return signed.base64() ? Base64.getDecoder().decode(text) : HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  private List<Notice> notices(HookPlan plan, Hook hook) {
    Object body = body(plan, hook);
    if (body == null) {
      throw new Fault.BadRequest(
          "What '%s' sent is no %s.".formatted(system, plan.form() ? "form" : "JSON"));
    }
    Map<String, Object> names = new HashMap<>();
    names.put("body", body);
    names.put("head", hook.headers());
    Scope scope = Scope.of(names);
    List<Notice> notices = new ArrayList<>();
    try {
      for (Object row : plan.notices().of(scope)) {
        Scope seen = scope.at(row);
        String word = Texts.filled(plan.kind().value(seen));
        String id = RowPlan.mustId(plan.id(), seen);
        if (word == null) {
          throw new Fault.Refused("It does not say of which kind a record is.");
        }
        RecordKind kind = kind(word);
        if (kind != null && kinds.contains(kind)) {
          String once = Writer.text(plan.once(), seen);
          notices.add(new Notice(kind, id, once == null ? "" : once));
        }
      }
    } catch (Fault.Refused unreadable) {
      throw new Fault.BadRequest("What '%s' sent cannot be understood: %s".formatted(system, unreadable.getMessage()));
    }
    return notices;
  }

  // what is none of our kinds is not meant for us
  private static @Nullable RecordKind kind(String word) {
    for (RecordKind kind : RecordKind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return null;
  }

  private static @Nullable Object body(HookPlan plan, Hook hook) {
    return plan.form()
        ? form(new String(hook.body(), StandardCharsets.UTF_8))
        : Json.read(hook.body()).value();
  }

  // a[b][c]=d as it comes from PHP becomes an object of objects
  private static Map<String, Object> form(String text) {
    Map<String, Object> form = new LinkedHashMap<>();
    for (String pair : text.split("&", 1_000)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        put(form, decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> form, String name, String value) {
    String[] steps = name.replace("]", "").split("\\[", 10);
    Map<String, Object> here = form;
    for (int i = 0; i < steps.length - 1; i++) {
      Object next = here.computeIfAbsent(steps[i], step -> new LinkedHashMap<String, Object>());
      if (!(next instanceof Map)) {
        return;
      }
      here = (Map<String, Object>) next;
    }
    here.putIfAbsent(steps[steps.length - 1], value);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException unreadable) {
      throw new Fault.BadRequest("A form that came is not written as one.");
    }
  }

  private static String queryOf(String uri) {
    int from = uri.indexOf('?');
    return from < 0 ? "" : uri.substring(from + 1);
  }

  private static String pathOf(String uri) {
    try {
      String path = URI.create(uri).getRawPath();
      return path == null ? "" : path;
    } catch (IllegalArgumentException none) {
      return "";
    }
  }
}
