package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.NumberClaims;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** A channel as ARI tells it, in events and in answers. */
final class AriChannel {
  private static final String FACTS = "CB_";

  String id = "";
  String name = "";
  String state = "";
  String sipCallId = "";
  String callerNumber = "";
  String callerName = "";
  String context = "";
  String exten = "";
  String appName = "";
  String appData = "";
  long created;
  Map<String, String> facts = Map.of();

  private AriChannel() {}

  /** One that is over, as the dialplan's mark tells it. */
  static AriChannel past(
      String name, String callerNumber, String exten, Map<String, String> facts) {
    AriChannel channel = new AriChannel();
    channel.name = name;
    channel.callerNumber = callerNumber;
    channel.exten = exten;
    channel.facts = facts;
    return channel;
  }

  /** Reads the object at which the parser stands; null when it is none. */
  static @Nullable AriChannel read(JsonParser in) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return null;
    }
    AriChannel channel = new AriChannel();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      channel.field(name, in);
    }
    return channel;
  }

  /** Reads the answer of {@code GET /channels}. */
  static List<AriChannel> readAll(byte[] json) {
    List<AriChannel> channels = new ArrayList<>();
    try (JsonParser in = Json.FACTORY.createParser(ObjectReadContext.empty(), json)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.START_OBJECT) {
        channels.add(Objects.requireNonNull(read(in)));
      }
    } catch (JacksonException broken) {
      throw new Fault.Refused("Asterisk's list of channels is no JSON.");
    }
    return channels;
  }

  private void field(String field, JsonParser in) {
    switch (field) {
      case "id" -> id = AriEvent.text(in);
      case "name" -> name = AriEvent.text(in);
      case "state" -> state = AriEvent.text(in);
      case "protocol_id" -> sipCallId = AriEvent.text(in);
      case "creationtime" -> created = AriEvent.micros(AriEvent.text(in));
      case "caller", "dialplan" -> inner(in);
      case "channelvars" -> facts = factsOf(in);
      default -> in.skipChildren();
    }
  }

  /** The fields of caller and dialplan have different names. */
  private void inner(JsonParser in) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "number" -> callerNumber = AriEvent.text(in);
        case "name" -> callerName = AriEvent.text(in);
        case "context" -> context = AriEvent.text(in);
        case "exten" -> exten = AriEvent.text(in);
        case "app_name" -> appName = AriEvent.text(in);
        case "app_data" -> appData = AriEvent.text(in);
        default -> in.skipChildren();
      }
    }
  }

  private static Map<String, String> factsOf(JsonParser in) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return Map.of();
    }
    Map<String, String> facts = new HashMap<>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      String text = AriEvent.text(in);
      if (name.startsWith(FACTS) && !text.isEmpty()) {
        facts.put(name, text);
      }
    }
    return facts;
  }

  /** Whether the application has it, and not only its dialling. */
  boolean inApplication(String app) {
    return appData.startsWith(app + ",");
  }

  /** The application's first argument: how the channel came to us; "" when it is not with us. */
  String role(String app) {
    if (!inApplication(app)) {
      return "";
    }
    String args = appData.substring(app.length() + 1);
    int comma = args.indexOf(',');
    return comma < 0 ? args : args.substring(0, comma);
  }

  boolean up() {
    return state.equals("Up");
  }

  // ---- what it claims about numbers

  NumberClaims claims() {
    String from = fact("FROM");
    return new NumberClaims(
        endpoint(),
        or(userOf(from), callerNumber),
        or(nameOf(from), callerName),
        or(userOf(fact("PAI")), ""),
        withheld(from),
        or(exten, userOf(fact("RURI"))),
        or(userOf(fact("TO")), ""),
        users("DIVERSION", "DIVERSION2"),
        users("HISTORY", "HISTORY2"),
        or(userOf(fact("PCPID")), ""));
  }

  /** {@code PJSIP/provider-0000001f} is a channel of the endpoint {@code provider}. */
  String endpoint() {
    int slash = name.indexOf('/');
    int dash = name.lastIndexOf('-');
    return slash >= 0 && dash > slash ? name.substring(slash + 1, dash) : name;
  }

  /** ARI shows a withheld number like any other: only these facts say that it must not be. */
  private boolean withheld(String from) {
    String privacy = fact("PRIVACY").toLowerCase(Locale.ROOT);
    return fact("PRES").startsWith("prohib")
        || Stream.of(privacy.split("[;,\\s]+")).anyMatch(WITHHOLDING::contains)
        || from.contains("@anonymous.invalid");
  }

  private static final List<String> WITHHOLDING =
      List.of("id", "user", "header", "full", "critical");

  private List<String> users(String... names) {
    return Stream.of(names)
        .map(this::fact)
        .flatMap(AriChannel::entries)
        .map(AriChannel::userOf)
        .filter(user -> !user.isEmpty())
        .toList();
  }

  /** Several entries may stand in one header, separated by commas outside quotes and brackets. */
  private static Stream<String> entries(String header) {
    List<String> entries = new ArrayList<>();
    boolean quoted = false;
    int inside = 0;
    int start = 0;
    for (int i = 0; i < header.length(); i++) {
      switch (header.charAt(i)) {
        case '"' -> quoted = !quoted;
        case '<' -> inside++;
        case '>' -> inside--;
        case ',' -> {
          if (!quoted && inside <= 0) {
            entries.add(header.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    entries.add(header.substring(start));
    return entries.stream();
  }

  private String fact(String name) {
    return facts.getOrDefault(FACTS + name, "");
  }

  /** The user part of the address in a header, or of a tel URI; "" when there is none. */
  static String userOf(String header) {
    int at = addressOf(header);
    int colon = header.indexOf(':', at);
    if (colon < 0) {
      return "";
    }
    boolean tel = header.regionMatches(true, at, "tel", 0, 3);
    int end = colon + 1;
    while (end < header.length() && ";>@ \t".indexOf(header.charAt(end)) < 0) {
      end++;
    }
    boolean user = tel || end < header.length() && header.indexOf('@', end) >= 0;
    return user ? decoded(header.substring(colon + 1, end)) : "";
  }

  /** The display name in a header; "" when there is none. */
  static String nameOf(String header) {
    int bracket = header.indexOf('<', addressOf(header) - 1);
    if (bracket <= 0) {
      return "";
    }
    String name = header.substring(0, bracket).strip();
    if (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")) {
      name = name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    return name;
  }

  /** Where the address begins: behind the bracket that follows the display name. */
  private static int addressOf(String header) {
    boolean quoted = false;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '<' && !quoted) {
        return i + 1;
      }
    }
    return 0;
  }

  private static String decoded(String user) {
    if (user.indexOf('%') < 0) {
      return user;
    }
    try {
      // URLDecoder takes '+' for a space, and numbers begin with it
      return URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return user;
    }
  }

  private static @Nullable String or(String first, String second) {
    return !first.isEmpty() ? first : second.isEmpty() ? null : second;
  }
}
