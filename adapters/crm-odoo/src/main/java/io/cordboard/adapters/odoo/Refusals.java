package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What Odoo's own errors mean for us. Their stack traces are never read. */
final class Refusals {
  private static final int MOST = 300;

  private Refusals() {}

  static Fault fault(String system, String name, String message) {
    String kind = name.substring(name.lastIndexOf('.') + 1);
    return switch (kind) {
      case "Unauthorized", "AccessDenied", "SessionExpiredException" -> lapsed(system);
      case "AccessError", "Forbidden" ->
          new Fault.Refused(
              "'%s' does not let our user do that: %s Let an administrator prepare the connection, or give the user the right."
                  .formatted(system, words(message)));
      case "MissingError" ->
          new Fault.Refused("'%s' has no such record any more.".formatted(system));
      case "TooManyRequests" ->
          new Fault.Busy("'%s' is overloaded.".formatted(system), Duration.ofSeconds(5));
      default ->
          isConflict(kind + " " + message)
              ? conflict(system)
              : new Fault.Refused(
                  "'%s' said no: %s".formatted(system, words(message.isBlank() ? kind : message)));
    };
  }

  /** Why an import was refused, by its messages. */
  static Fault ofImport(String system, JsonNode messages) {
    String words =
        messages
            .valueStream()
            .filter(message -> "error".equals(message.path("type").asString("")))
            .map(message -> field(message) + message.path("message").asString(""))
            .collect(Collectors.joining(" "));
    return isConflict(words)
        ? conflict(system)
        : new Fault.Refused(
            "'%s' refused the record: %s"
                .formatted(system, words(words.isBlank() ? "it does not say why." : words)));
  }

  private static String field(JsonNode message) {
    return message.has("field") ? message.path("field").asString() + ": " : "";
  }

  static Fault lapsed(String system) {
    return new Fault.AuthLapsed(
        ("'%s' does not take our key: make a new one in Odoo (own preferences, Account Security,"
                + " API Keys; it lives three months at most) and give it with --set api_key=...")
            .formatted(system));
  }

  static Fault conflict(String system) {
    return new Fault.Busy(
        "In '%s' somebody else writes the same record at this moment.".formatted(system),
        Duration.ofSeconds(1));
  }

  /** Whether two transactions met; Odoo tried it again some times before it says so. */
  static boolean isConflict(String words) {
    String small = words.toLowerCase(Locale.ROOT);
    return small.contains("serializationfailure")
        || small.contains("could not serialize")
        || small.contains("deadlock")
        || small.contains("locknotavailable")
        || small.contains("concurrent update")
        || small.contains("concurrencyerror");
  }

  /** Their words for a message of ours: one line, not too long. */
  static String words(String theirs) {
    String line = theirs.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    return line.length() <= MOST ? line : Fault.cut(line, MOST - 1) + "…";
  }
}
