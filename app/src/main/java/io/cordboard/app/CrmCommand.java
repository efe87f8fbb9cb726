package io.cordboard.app;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code cordboard crm add|prepare|test|list|remove}: other systems that are joined. */
final class CrmCommand {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CRMS = "/api/v1/crms";
  private static final String USAGE =
      "usage: cordboard crm add FILE.yaml [--set NAME=VALUE]... [--allow-internal] [--dry-run]"
          + " | crm prepare NAME|FILE.yaml --set admin_key=@FILE [--notices-to URL] | crm test NAME | crm list | crm remove NAME";
  private static final String ADMIN_KEY = "admin_key";
  // the other side may be slow, and is asked several times
  private static final Duration LONG = Duration.ofMinutes(5);

  private CrmCommand() {}

  static int run(List<String> args) {
    List<String> rest = new ArrayList<>();
    ObjectNode settings = JSON.createObjectNode();
    takeSettings(args, rest, settings);
    Options options = Options.parse(rest, Set.of("--notices-to"), Set.of("--allow-internal", "--dry-run"));
    List<String> words = options.words();
    String what = words.isEmpty() ? "" : words.getFirst();
    int wanted = what.equals("list") ? 1 : 2;
    boolean prepare = what.equals("prepare");
    if (words.size() != wanted
        || (!settings.isEmpty() && !what.equals("add") && !prepare)
        || (options.value("--notices-to").isPresent() && !prepare)) {
      throw new Options.Wrong(USAGE);
    }
    return switch (what) {
      case "add" -> add(options, Path.of(words.get(1)), settings);
      case "prepare" -> prepare(options, words.get(1), settings);
      case "test" -> test(options, words.get(1));
      case "list" -> list(options);
      case "remove" -> remove(options, words.get(1));
      default -> throw new Options.Wrong(USAGE);
    };
  }

  private static void takeSettings(List<String> args, List<String> rest, ObjectNode settings) {
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--set") || arg.startsWith("--set=")) {
        if (arg.equals("--set") && i + 1 == args.size()) {
          throw new Options.Wrong("--set needs NAME=VALUE, NAME=@FILE or NAME=-.");
        }
        String setting = arg.equals("--set") ? args.get(++i) : arg.substring("--set=".length());
        int equals = setting.indexOf('=');
        if (equals < 1) {
          // what was typed may be the secret itself
          throw new Options.Wrong("--set needs NAME=VALUE, NAME=@FILE or NAME=-.");
        }
        settings.put(setting.substring(0, equals), value(setting.substring(equals + 1)));
      } else {
        rest.add(arg);
      }
    }
  }

  private static String value(String given) {
    try {
      if (given.equals("-")) {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
      }
      return given.startsWith("@") ? Files.readString(Path.of(given.substring(1))).strip() : given;
    } catch (IOException e) {
      throw new Fault.Refused(
          "The file of a setting cannot be read (%s): look at its name and rights."
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static int add(Options options, Path file, ObjectNode settings) {
    ObjectNode order = JSON.createObjectNode();
    order.put("file", read(file));
    order.set("settings", settings);
    order.put("internal", options.flag("--allow-internal"));
    Client client = new Client(options.data());
    JsonNode tried = client.post(CRMS + "/dry-run", order, LONG);
    show(tried);
    boolean ok = tried.get("ok").asBoolean();
    if (ok && !options.flag("--dry-run")) {
      client.post(CRMS, order, LONG);
      System.err.printf("'%s' is connected: records flow from now on.%n", Client.text(tried, "name"));
    } else {
      System.err.println(ok ? "Nothing was changed: this was a dry run." : "Nothing was changed.");
    }
    Client.print(options, answer(tried));
    return ok ? 0 : 1;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Fault.Refused(
          "The file %s cannot be read (%s): look at its name and rights, and that it is UTF-8."
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  /** By the name of one that is joined, or by a file: what is not ready cannot be tried, and so not be joined. */
  private static int prepare(Options options, String what, ObjectNode settings) {
    JsonNode key = settings.remove(ADMIN_KEY);
    boolean file = what.endsWith(".yaml") || what.endsWith(".yml");
    if (key == null || (!file && !settings.isEmpty())) {
      throw new Options.Wrong(
          "crm prepare needs --set admin_key=@FILE, the key of an administrator there; other settings belong to a FILE.yaml alone.");
    }
    ObjectNode order = JSON.createObjectNode();
    order.set("administratorKey", key);
    options.value("--notices-to").ifPresent(address -> order.put("noticesTo", address));
    Client client = new Client(options.data());
    if (file) {
      order.put("file", read(Path.of(what))).put("internal", options.flag("--allow-internal"));
      order.set("settings", settings);
      client.post(CRMS + "/prepare", order, LONG);
    } else {
      client.post(path(what) + "/prepare", order, LONG);
    }
    boolean notices = order.has("noticesTo");
    System.err.printf(
        "'%s' is prepared: %s. The key was not kept.%n", what,
        notices ? "it tells of changes by itself" : "it is asked for changes, and tells none by itself");
    Client.print(options, JSON.createObjectNode().put("prepared", what).put("notices", notices));
    return 0;
  }

  private static int test(Options options, String name) {
    Client client = new Client(options.data());
    JsonNode tried = client.post(path(name) + "/test", JSON.createObjectNode(), LONG);
    show(tried);
    boolean ok = tried.get("ok").asBoolean();
    System.err.println(ok ? "It works." : "It does not work as it is.");
    Client.print(options, answer(tried));
    return ok ? 0 : 1;
  }

  private static int list(Options options) {
    JsonNode answer = new Client(options.data()).get(CRMS);
    if (answer.get("items").isEmpty()) {
      System.err.println("No system is connected: './cordboard crm add FILE.yaml' does it.");
    }
    for (JsonNode one : answer.get("items")) {
      JsonNode flow = one.get("flow");
      System.err.printf(
          "%-20s %-8s %-8s waiting %d, sent %d, received %d, dead letters %d  %s%n", Client.text(one, "name"),
          Client.text(one, "adapter"), Client.text(one, "state").toLowerCase(Locale.ROOT),
          flow.get("waiting").asLong(), flow.get("sent").asLong(), flow.get("received").asLong(),
          flow.get("dead").asLong(), Client.text(one, "trouble"));
    }
    Client.print(options, answer);
    return 0;
  }

  private static int remove(Options options, String name) {
    new Client(options.data()).delete(path(name));
    System.err.println("'" + name + "' is no longer connected. What both sides agreed on is kept.");
    Client.print(options, JSON.createObjectNode().put("removed", name));
    return 0;
  }

  private static String path(String name) {
    return CRMS + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void show(JsonNode tried) {
    for (JsonNode mistake : tried.get("mistakes")) {
      System.err.printf("  %s: %s%n", Client.text(mistake, "path"), Client.text(mistake, "detail"));
    }
    String trouble = Client.text(tried, "trouble");
    if (!trouble.isEmpty()) {
      System.err.println("  " + trouble);
    }
    for (JsonNode kind : tried.get("kinds")) {
      System.err.printf("%s: %s%n", Client.text(kind, "kind"), able(kind));
      for (JsonNode look : kind.get("looks")) {
        String why = Client.text(look, "trouble");
        if (!why.isEmpty()) {
          System.err.printf("  %s does not work: %s%n", Client.text(look, "ability"), why);
        }
      }
      samples("read", kind.get("read"), "theirs", "ours");
      samples("written", kind.get("written"), "ours", "theirs");
    }
  }

  private static String able(JsonNode kind) {
    List<String> able = new ArrayList<>();
    kind.get("capabilities").forEach(one -> able.add(one.asString().replaceFirst(".*:", "")));
    return String.join(", ", able);
  }

  private static void samples(String what, JsonNode samples, String from, String to) {
    for (JsonNode sample : samples) {
      System.err.printf("  would be %s: %s%n", what, Client.text(sample, "id"));
      sample.get(from).properties()
          .forEach(field -> System.err.printf("    %s %s: %s%n", from, field.getKey(), field.getValue().asString()));
      sample.get(to).properties()
          .forEach(field -> System.err.printf("      -> %s %s: %s%n", to, field.getKey(), field.getValue().asString()));
      String trouble = Client.text(sample, "trouble");
      if (!trouble.isEmpty()) {
        System.err.println("      " + trouble);
      }
    }
  }

  /** As scripts rely on it. */
  private static ObjectNode answer(JsonNode tried) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("name", Client.text(tried, "name"));
    answer.put("ok", tried.get("ok").asBoolean());
    answer.set("capabilities", tried.get("capabilities"));
    ArrayNode sample = answer.putArray("sample");
    for (JsonNode kind : tried.get("kinds")) {
      for (String way : List.of("read", "written")) {
        for (JsonNode one : kind.get(way)) {
          ObjectNode line = sample.addObject();
          line.put("kind", Client.text(kind, "kind")).put("way", way).put("id", Client.text(one, "id"));
          line.set("theirs", one.get("theirs"));
          line.set("ours", one.get("ours"));
        }
      }
    }
    answer.set("mistakes", tried.get("mistakes"));
    answer.set("trouble", tried.get("trouble"));
    return answer;
  }
}
