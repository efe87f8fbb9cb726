package io.cordboard.app;

import io.cordboard.kernel.Fault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code cordboard reconcile}: everything is compared with the systems that are joined. */
final class ReconcileCommand {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> FIGURES =
      List.of("compared", "equal", "differing", "missingHere", "missingThere", "repaired");
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final int SHOWN = 20;

  private ReconcileCommand() {}

  static int run(List<String> args) {
    Options options = Options.parse(args, Set.of("--crm"), Set.of("--repair"));
    if (!options.words().isEmpty()) {
      throw new Options.Wrong("usage: cordboard reconcile [--crm NAME] [--repair]");
    }
    Client client = new Client(options.data());
    List<String> names = new ArrayList<>();
    options.value("--crm").ifPresentOrElse(names::add, () -> names.addAll(all(client)));
    if (names.isEmpty()) {
      throw new Fault.Refused("No system is connected: './cordboard crm add FILE.yaml' does it.");
    }
    ObjectNode sum = JSON.createObjectNode();
    FIGURES.forEach(figure -> sum.put(figure, 0L));
    boolean well = true;
    for (String name : names) {
      JsonNode done = compare(client, name, options.flag("--repair"));
      well &= done.get("state").asString().equals("DONE");
      FIGURES.forEach(figure -> sum.put(figure, sum.get(figure).asLong() + done.get(figure).asLong()));
    }
    long compared = sum.get("compared").asLong();
    double percent = compared == 0 ? 100 : 100.0 * sum.get("equal").asLong() / compared;
    // never 100 while anything differs, however little it is
    sum.put("consistencyPercent", Math.floor(percent * 1000) / 1000);
    Client.print(options, sum);
    return well ? 0 : 1;
  }

  private static List<String> all(Client client) {
    List<String> names = new ArrayList<>();
    for (JsonNode one : client.get("/api/v1/crms").get("items")) {
      if (one.get("on").asBoolean()) {
        names.add(one.get("name").asString());
      }
    }
    return names;
  }

  private static JsonNode compare(Client client, String name, boolean repair) {
    String path = "/api/v1/crms/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "/comparisons";
    JsonNode now = client.post(path, JSON.createObjectNode().put("repair", repair), Duration.ofMinutes(1));
    String own = path + "/" + now.get("id").asLong();
    long told = System.nanoTime();
    while (now.get("state").asString().equals("RUNNING")) {
      LockSupport.parkNanos(LOOK.toNanos());
      now = client.get(own);
      if (System.nanoTime() - told > TimeUnit.SECONDS.toNanos(2)) {
        System.err.printf("  %s: %,d records compared ...%n", name, now.get("compared").asLong());
        told = System.nanoTime();
      }
    }
    tell(client, name, own, now);
    return now;
  }

  private static void tell(Client client, String name, String own, JsonNode done) {
    if (!done.get("state").asString().equals("DONE")) {
      System.err.printf("%s: it could not be compared: %s%n", name, Client.text(done, "why"));
      return;
    }
    System.err.printf(
        "%s: %,d compared, %,d equal, %,d differ, %,d missing here, %,d missing there: %.3f %%%s%n", name,
        done.get("compared").asLong(), done.get("equal").asLong(), done.get("differing").asLong(),
        done.get("missingHere").asLong(), done.get("missingThere").asLong(),
        Math.floor(done.get("consistencyPercent").asDouble() * 1000) / 1000,
        done.get("repaired").asLong() > 0 ? "; %,d handed in to be repaired".formatted(done.get("repaired").asLong()) : "");
    for (JsonNode drift : client.get(own + "/drifts?limit=" + SHOWN).get("items")) {
      System.err.printf(
          "  %s %s: ours %s, theirs %s %s%n", Client.text(drift, "kind"),
          Client.text(drift, "what").toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
          dash(Client.text(drift, "ours")), dash(Client.text(drift, "theirs")), drift.get("fields"));
    }
  }

  private static String dash(String id) {
    return id.isEmpty() ? "-" : id;
  }
}
