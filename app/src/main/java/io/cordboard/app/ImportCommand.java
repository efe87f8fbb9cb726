package io.cordboard.app;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code cordboard import FILE}: brings a file, reads its columns, loads it or tries it dry. */
final class ImportCommand {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String IMPORTS = "/api/v1/imports";

  private ImportCommand() {}

  static int run(List<String> args) {
    Options options =
        Options.parse(
            args, Set.of("--kind", "--map", "--zone", "--currency", "--errors"),
            Set.of("--dry-run", "--good-rows"));
    if (options.words().size() != 1) {
      throw new Options.Wrong(
          "usage: cordboard import FILE --kind customers|identities|orders|service [--map 'Heading=target,...'] [--dry-run] [--good-rows]");
    }
    Path file = Path.of(options.words().getFirst());
    Map<String, String> named = named(options.value("--map").orElse(""));
    Client client = new Client(options.data());
    JsonNode job =
        client.upload(
            IMPORTS + "?kind=" + encoded(options.required("--kind")) + "&name="
                + encoded(String.valueOf(file.getFileName())),
            file);
    String path = IMPORTS + "/" + Client.text(job, "id");
    ObjectNode reading = reading(client.get(path + "/preview"), named, options);
    client.post(path + (options.flag("--dry-run") ? "/check" : "/load"), reading);
    JsonNode end = follow(client, path);
    tell(end);
    if (end.get("wrong").asLong() > 0 && options.value("--errors").isPresent()) {
      Path to = Path.of(options.required("--errors"));
      client.download(path + "/errors", to);
      System.err.println("The rows that are wrong stand in " + to + ".");
    }
    Client.print(options, end);
    return Set.of("LOADED", "CHECKED").contains(Client.text(end, "state"))
            && (options.flag("--good-rows") || end.get("wrong").asLong() == 0)
        ? 0
        : 1;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> named(String map) {
    Map<String, String> named = new HashMap<>();
    for (String one : map.isEmpty() ? new String[0] : map.split(",")) {
      int equals = one.lastIndexOf('=');
      if (equals < 1) {
        throw new Options.Wrong("--map wants 'Heading=target,...', not '%s'.".formatted(one));
      }
      named.put(one.substring(0, equals).strip(), one.substring(equals + 1).strip());
    }
    return named;
  }

  private static ObjectNode reading(JsonNode preview, Map<String, String> named, Options options) {
    ObjectNode reading = JSON.createObjectNode();
    ArrayNode columns = reading.putArray("columns");
    System.err.printf("%s, columns:%n", Client.text(preview, "encoding"));
    JsonNode headings = preview.get("headings");
    for (int i = 0; i < headings.size(); i++) {
      String heading = headings.get(i).asString();
      String target =
          named.isEmpty()
              ? preview.get("guesses").get(i).asString()
              : named.getOrDefault(heading.strip(), "");
      System.err.printf("  %s: %s%n", heading, target.isEmpty() ? "left out" : target);
      if (!target.isEmpty()) {
        columns.addObject().put("index", i).put("target", target);
      }
    }
    options.value("--zone").ifPresent(zone -> reading.put("zone", zone));
    options.value("--currency").ifPresent(currency -> reading.put("currency", currency));
    reading.put("goodRows", options.flag("--good-rows"));
    return reading;
  }

  private static JsonNode follow(Client client, String path) {
    long told = -1;
    while (true) {
      JsonNode job = client.get(path);
      if (!Client.text(job, "state").matches("CHECKING|LOADING")) {
        return job;
      }
      long part = Math.round(job.get("part").asDouble() * 10);
      if (part > told) {
        System.err.printf("  %d %%, %,d rows%n", part * 10, job.get("read").asLong());
        told = part;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
    }
  }

  private static void tell(JsonNode job) {
    System.err.printf(
        "%s: %,d rows read, %,d good, %,d known before, %,d wrong. %s%n",
        Client.text(job, "state"), job.get("read").asLong(), job.get("good").asLong(),
        job.get("known").asLong(), job.get("wrong").asLong(), Client.text(job, "why"));
  }
}
