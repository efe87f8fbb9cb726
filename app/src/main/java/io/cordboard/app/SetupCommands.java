package io.cordboard.app;

import io.cordboard.kernel.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code apply} and {@code export}: the set-up as one file. */
final class SetupCommands {
  private static final String SETUP = "/api/v1/setup";

  private SetupCommands() {}

  static int apply(List<String> args) {
    Options options = Options.parse(args, Set.of(), Set.of("--dry-run", "--yes"));
    if (options.words().size() != 1) {
      throw new Options.Wrong("usage: cordboard apply FILE [--dry-run] [--yes]");
    }
    String file = options.words().getFirst();
    byte[] text = read(Path.of(file));
    Client client = new Client(options.data());
    JsonNode plan = client.put(SETUP + "?dryRun=true", "application/yaml", text);
    if (!plan.get("wrong").isEmpty()) {
      wrong(file, plan.get("wrong"));
      Client.print(options, plan);
      return 1;
    }
    show(plan.get("changes"));
    if (plan.get("changes").isEmpty() || options.flag("--dry-run")) {
      Client.print(options, plan);
      return 0;
    }
    if (!options.flag("--yes") && !agreed(plan.get("changes").size())) {
      System.err.println("Nothing was changed.");
      return 1;
    }
    String basedOn = plan.get("basedOn").asString();
    JsonNode done = client.put(SETUP + "?basedOn=" + basedOn, "application/yaml", text);
    System.err.println("Done.");
    for (JsonNode one : done.get("passwords")) {
      System.err.printf(
          "  password of %s (shown once, to be changed at the first sign-in): %s%n",
          Client.text(one, "user"), Client.text(one, "password"));
    }
    Client.print(options, done);
    return 0;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Fault.Refused(
          "The file %s cannot be read (%s): look at its name and rights."
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  private static void wrong(String file, JsonNode wrong) {
    for (JsonNode one : wrong) {
      String path = Client.text(one, "path");
      System.err.printf(
          "%s:%d:%d: %s%s%n",
          file, one.get("line").asInt(), one.get("column").asInt(),
          path.isEmpty() ? "" : path + ": ", Client.text(one, "detail"));
    }
    System.err.println("Nothing was changed.");
  }

  private static void show(JsonNode changes) {
    if (changes.isEmpty()) {
      System.err.println("Nothing to do: everything is set up as the file says.");
    }
    for (JsonNode change : changes) {
      String kind = Client.text(change, "kind");
      String sign =
          switch (kind) {
            case "ADDED" -> "+";
            case "REMOVED" -> "-";
            default -> "~";
          };
      System.err.printf("%s %s %s%n", sign, Client.text(change, "section"), Client.text(change, "name"));
      for (JsonNode field : change.get("fields")) {
        field.get("gone").forEach(text -> line('-', field, text));
        field.get("come").forEach(text -> line('+', field, text));
      }
    }
  }

  private static void line(char sign, JsonNode field, JsonNode text) {
    System.err.printf("    %c %s: %s%n", sign, Client.text(field, "name"), text.asString());
  }

  private static boolean agreed(int changes) {
    System.err.printf("Apply %s? [y/N] ", changes == 1 ? "this change" : "these " + changes + " changes");
    try {
      String answer =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
      if (answer == null) {
        System.err.println();
        throw new Options.Wrong("Nobody is here to ask: run it with --yes, or with --dry-run to look only.");
      }
      return Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      return false;
    }
  }

  static int export(List<String> args) {
    Options options = Options.parse(args, Set.of(), Set.of());
    if (options.words().size() > 1) {
      throw new Options.Wrong("usage: cordboard export [FILE]");
    }
    JsonNode setup = new Client(options.data()).get(SETUP);
    byte[] yaml = setup.get("yaml").asString().getBytes(StandardCharsets.UTF_8);
    if (options.words().isEmpty()) {
      if (!options.flag("--json")) {
        System.out.write(yaml, 0, yaml.length);
        System.out.flush();
      }
    } else {
      write(Path.of(options.words().getFirst()), yaml);
    }
    Client.print(options, setup);
    return 0;
  }

  private static void write(Path file, byte[] yaml) {
    try {
      Files.write(file, yaml);
      System.err.println("Written to " + file + ".");
    } catch (IOException e) {
      throw new Fault.Refused("The file %s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }
}
