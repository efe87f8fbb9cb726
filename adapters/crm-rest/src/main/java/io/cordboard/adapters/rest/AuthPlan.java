package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Missing;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How we are let in: requests that fetch tokens, and what every other request carries.
 *
 * @param steps in their order; what they find is seen as {@code conn}
 */
record AuthPlan(List<Step> steps, Map<String, Template> headers, Map<String, Template> query) {
  private static final Pattern MOST = Pattern.compile("(\\d{1,4})\\s*/\\s*(\\S+)");
  private static final Pattern LEARNT = Pattern.compile("\\bconn\\s*\\.\\s*([A-Za-z_][A-Za-z0-9_]*)");
  private static final Duration UNSAID = Duration.ofMinutes(5);

  /**
   * A request that fetches something.
   *
   * @param keep for how many seconds what it found is good; null for as long as {@code kept} says
   * @param most how often it may be sent within {@code window}
   */
  record Step(
      String as, RequestPlan request, @Nullable Expression keep, Duration kept, int most, Duration window,
      Map<String, Expression> set) {}

  static AuthPlan read(Part part, Compiler compiler) {
    List<Step> steps = new ArrayList<>();
    Map<String, Template> headers = RequestPlan.templates(part, "headers", compiler, Place.SECRET);
    if (part.has("basic")) {
      Part basic = part.at("basic");
      headers.put("Authorization", basic(
          compiler.mustFormula(basic, "user", Place.SECRET), compiler.mustFormula(basic, "password", Place.SECRET)));
      basic.close();
    }
    if (part.has("bearer")) {
      headers.put("Authorization", bearer(compiler.mustFormula(part, "bearer", Place.SECRET)));
    }
    if (part.has("client_credentials")) {
      steps.add(clientCredentials(part.at("client_credentials"), compiler));
      headers.put("Authorization", bearer(compiler.language().compile("conn.token")));
    }
    part.parts("steps").forEach(each -> steps.add(step(each, compiler)));
    AuthPlan plan = new AuthPlan(steps, headers, RequestPlan.templates(part, "query", compiler, Place.SECRET));
    plan.lookAtOrder(part);
    part.close();
    return plan;
  }

  private static Template basic(Expression user, Expression password) {
    return new Template.Formula(scope -> {
      String both = Texts.of(user.value(scope)) + ":" + Texts.of(password.value(scope));
      return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    });
  }

  private static Template bearer(Expression token) {
    return new Template.Formula(scope -> {
      String text = Texts.filled(token.value(scope));
      return text == null ? Missing.MISSING : "Bearer " + text;
    });
  }

  private static Step clientCredentials(Part part, Compiler compiler) {
    Template at = compiler.template(part, part.path("at"), part.mustText("at"), Place.SECRET);
    Expression id = compiler.mustFormula(part, "id", Place.SECRET);
    Expression secret = compiler.mustFormula(part, "secret", Place.SECRET);
    Map<String, Template> body = new LinkedHashMap<>();
    Map<String, Template> headers = new LinkedHashMap<>();
    body.put("grant_type", new Template.Constant("client_credentials"));
    if (part.word("sent", "body", "body", "basic").equals("basic")) {
      headers.put("Authorization", basic(id, secret));
    } else {
      body.put("client_id", new Template.Formula(id));
      body.put("client_secret", new Template.Formula(secret));
    }
    if (part.has("scope")) {
      body.put("scope", compiler.template(part, part.path("scope"), part.raw("scope"), Place.SECRET));
    }
    RequestPlan request = new RequestPlan(
        "POST", new RequestPlan.Where.Address(at), Map.of(), headers, new Template.Keys(body), true, AnswerRules.NONE);
    Most most = most(part);
    part.close();
    return new Step(
        "token", request, AuthPlan::shortly, UNSAID, most.times(), most.window(),
        Map.of("token", compiler.language().compile("body.access_token")));
  }

  // a minute less than it says, or half of it where it says less than two
  private static Object shortly(Scope scope) {
    Object body = scope.names().get("body");
    var seconds = body instanceof Map<?, ?> map ? Texts.number(map.get("expires_in")) : null;
    return seconds == null
        ? UNSAID.toSeconds()
        : seconds.longValue() >= 120 ? seconds.longValue() - 60 : seconds.longValue() / 2;
  }

  private static Step step(Part part, Compiler compiler) {
    String as = part.mustText("as");
    RequestPlan request = RequestPlan.read(part, compiler, Place.SECRET, false);
    Map<String, Expression> set = new LinkedHashMap<>();
    Part found = part.mustAt("set");
    found.keys().forEach(name -> set.put(name, compiler.mustFormula(found, name, Place.SECRET)));
    String keep = part.text("keep");
    Duration kept = keep == null || keep.startsWith("=") ? UNSAID : part.duration("keep", UNSAID);
    Expression seconds = keep != null && keep.startsWith("=") ? compiler.formula(part, "keep", Place.SECRET) : null;
    Most most = most(part);
    part.close();
    return new Step(as, request, seconds, kept, most.times(), most.window(), set);
  }

  private record Most(int times, Duration window) {}

  private static Most most(Part part) {
    String text = part.text("most", "8/10m");
    Matcher read = MOST.matcher(text);
    Duration window = read.matches() ? Part.duration(read.group(2)) : null;
    if (window == null || Integer.parseInt(read.group(1)) == 0) {
      part.mistake("most", "Here stands how often in how long, such as 8/10m.");
      return new Most(8, Duration.ofMinutes(10));
    }
    return new Most(Integer.parseInt(read.group(1)), window);
  }

  // what a step uses has to be found by an earlier one
  private void lookAtOrder(Part part) {
    Set<String> known = new HashSet<>();
    List<?> raw = part.several("steps");
    for (int i = 0; i < raw.size() && raw.size() == steps.size(); i++) {
      Matcher used = LEARNT.matcher(String.valueOf(raw.get(i)));
      while (used.find()) {
        if (!known.contains(used.group(1))) {
          part.mistake(
              "steps[" + i + "]",
              "'conn.%s' is found by no step before this one: steps may not wait for each other.".formatted(used.group(1)));
        }
      }
      known.addAll(steps.get(i).set().keySet());
    }
  }
}
