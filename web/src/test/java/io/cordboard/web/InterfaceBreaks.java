package io.cordboard.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a changed interface breaks a program that was written for the one before. Where something is sent,
 * it must still do what did; where something is answered, what was there must still be there.
 */
final class InterfaceBreaks {
  private static final Pattern FIELD = Pattern.compile("(\\w+)\\.([^ :!]+): (.*)");
  private static final Pattern REQUIRED = Pattern.compile("(\\w+)\\.([^ :!]+)!");
  private static final Pattern BODY = Pattern.compile("\\S+ \\S+ < (.*)");
  private static final Pattern ANSWER = Pattern.compile("\\S+ \\S+ > \\S+ (.*)");
  private static final Pattern PARAMETER = Pattern.compile("(\\S+ \\S+) \\? (\\S+ [^ :!]+)(!|: .*)?");
  private static final Pattern BOUND =
      Pattern.compile("(.+) (m(?:ax|in)(?:Length|imum|Items)|exclusiveM(?:ax|in)imum|pattern|multipleOf) (.*)");
  /** Lists of rights: who does not know a new one has no use for what it opens (docs/http-api.md says so). */
  private static final Set<String> OPEN = Set.of("SessionView.permissions", "UserView.grants");

  private final Set<String> before;
  private final Set<String> now;
  private final Set<String> sent;
  private final Set<String> answered;

  private InterfaceBreaks(List<String> before, List<String> now) {
    this.before = new LinkedHashSet<>(before);
    this.now = new LinkedHashSet<>(now);
    this.sent = reached(before, BODY);
    this.answered = reached(before, ANSWER);
  }

  /** Each in words; empty when everything that worked works. */
  static List<String> between(List<String> before, List<String> now) {
    InterfaceBreaks found = new InterfaceBreaks(before, now);
    List<String> breaks = new ArrayList<>();
    found.before.stream()
        .filter(line -> !found.now.contains(line) && found.isMissed(line))
        .forEach(line -> breaks.add("is gone: " + line));
    found.now.stream()
        .filter(line -> !found.before.contains(line) && found.asksForMore(line))
        .forEach(line -> breaks.add("asks for more: " + line));
    return breaks;
  }

  /** Whether somebody relies on this line that is gone. */
  private boolean isMissed(String line) {
    Matcher field = FIELD.matcher(line);
    if (field.matches() && isChoice(field.group(3)) && mayGrow(field)) {
      return !widened(field.group(1) + "." + field.group(2) + ": ", field.group(3));
    }
    Matcher required = REQUIRED.matcher(line);
    if (required.matches()) {
      // where it is sent and never answered, it may be left out from now on
      return answered.contains(required.group(1)) || !sent.contains(required.group(1));
    }
    Matcher parameter = PARAMETER.matcher(line);
    if (parameter.matches() && "!".equals(parameter.group(3))) {
      return !now.contains(line.substring(0, line.length() - 1));
    }
    if (parameter.matches() && parameter.group(3) != null && isChoice(parameter.group(3).substring(2))) {
      return !widened(line.substring(0, line.indexOf(": ") + 2), parameter.group(3).substring(2));
    }
    return !line.endsWith(" <!") && !BOUND.matcher(line).matches();
  }

  private boolean mayGrow(Matcher field) {
    return !answered.contains(field.group(1)) || OPEN.contains(field.group(1) + "." + field.group(2));
  }

  private static boolean isChoice(String type) {
    return type.startsWith("[") && (type.contains(", ") || type.matches("\\[[A-Z0-9_]+]"));
  }

  private boolean widened(String name, String choice) {
    Set<String> old = values(choice);
    return now.stream()
        .filter(line -> line.startsWith(name))
        .anyMatch(line -> values(line.substring(name.length())).containsAll(old));
  }

  private static Set<String> values(String choice) {
    return new HashSet<>(Arrays.asList(choice.replaceAll("[\\[\\]]", "").split(", ")));
  }

  /** Whether what was sent before does no longer, for this line that is new. */
  private boolean asksForMore(String line) {
    Matcher required = REQUIRED.matcher(line);
    if (required.matches()) {
      return sent.contains(required.group(1));
    }
    Matcher parameter = PARAMETER.matcher(line);
    if (parameter.matches() && "!".equals(parameter.group(3))) {
      return isKnown(parameter.group(1));
    }
    if (line.endsWith(" <!")) {
      return isKnown(line.substring(0, line.length() - " <!".length()));
    }
    Matcher bound = BOUND.matcher(line);
    return bound.matches() && wasTakenIn(bound.group(1)) && isTighter(bound);
  }

  private boolean isKnown(String operation) {
    return before.stream().anyMatch(line -> line.startsWith(operation + " needs "));
  }

  /** A field of what is sent, or a parameter, that was there before. */
  private boolean wasTakenIn(String of) {
    String name = of.replace("[]", "");
    boolean parameter = PARAMETER.matcher(name).matches();
    return before.stream().anyMatch(line -> line.startsWith(name + ": "))
        && (parameter || sent.contains(name.substring(0, name.indexOf('.'))));
  }

  private boolean isTighter(Matcher bound) {
    String kind = bound.group(1) + " " + bound.group(2) + " ";
    return before.stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.substring(kind.length()))
        .findFirst()
        .map(old -> isTighter(bound.group(2), old, bound.group(3)))
        .orElse(true);
  }

  private static boolean isTighter(String kind, String old, String fresh) {
    if (kind.equals("pattern") || kind.equals("multipleOf")) {
      return true;
    }
    double change = Double.parseDouble(fresh) - Double.parseDouble(old);
    return kind.startsWith("max") || kind.endsWith("Maximum") ? change < 0 : change > 0;
  }

  /** The schemas that such lines name, and those of their fields. */
  private static Set<String> reached(List<String> lines, Pattern from) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>();
    for (String line : lines) {
      Matcher matcher = from.matcher(line);
      if (matcher.matches()) {
        next.add(matcher.group(1));
      }
    }
    while (!next.isEmpty()) {
      String name = next.poll().replaceAll("[\\[\\]{}]", "");
      if (reached.add(name)) {
        for (String line : lines) {
          Matcher field = FIELD.matcher(line);
          if (field.matches() && field.group(1).equals(name)) {
            next.add(field.group(3));
          }
        }
      }
    }
    return reached;
  }
}
