package io.cordboard.adapters.odoo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cordboard.spi.crm.CrmConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a real Odoo never does on demand: rows that become visible late, and answers word for word.
 */
final class ScriptedOdoo implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final List<Row> rows = new ArrayList<>();
  private @Nullable Spoken spoken;

  /** A contact and when its change began there. */
  record Row(int id, String name, Instant at) {}

  private record Spoken(String method, int status, String type, String body) {}

  ScriptedOdoo() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.createContext("/json/2/", this::answer);
    server.start();
  }

  OdooCrm connect() {
    Map<String, Object> tree =
        Map.of(
            "odoo",
            Map.of(
                "url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "database",
                "d",
                "overlap_seconds",
                20));
    return (OdooCrm)
        new OdooAdapter()
            .open(
                new CrmConfig(
                    "odoo", tree, Map.of("api_key", "k"), true, new RealOdoo.Time(Duration.ZERO)));
  }

  /** Becomes visible now, whenever it began. */
  synchronized void shows(int id, String name, Instant at) {
    rows.removeIf(row -> row.id() == id);
    rows.add(new Row(id, name, at));
  }

  /** From now on this method is answered so. */
  synchronized void says(String method, int status, String type, String body) {
    spoken = new Spoken(method, status, type, body);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    JsonNode question = JSON.readTree(exchange.getRequestBody().readAllBytes());
    boolean scripted =
        spoken != null && exchange.getRequestURI().getPath().endsWith("/" + spoken.method());
    Spoken say =
        scripted
            ? spoken
            : new Spoken("", 200, "application/json; charset=utf-8", found(exchange, question));
    byte[] body = say.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", say.type());
    exchange.sendResponseHeaders(say.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String found(HttpExchange exchange, JsonNode question) {
    if (!exchange.getRequestURI().getPath().endsWith("/res.partner/search_read")) {
      return "[]";
    }
    Comparator<Row> order = Comparator.comparing(Row::id);
    if (question.path("order").asString().startsWith("write_date")) {
      order = Comparator.comparing(Row::at).thenComparing(order);
    }
    return rows.stream()
        .filter(
            row ->
                question.path("domain").valueStream().allMatch(condition -> holds(row, condition)))
        .sorted(order)
        .limit(question.path("limit").asInt())
        .map(
            row ->
                "{\"id\":%d,\"name\":\"%s\",\"active\":true,\"category_id\":[],\"write_date\":\"%s\"}"
                    .formatted(row.id(), row.name(), Rows.theirs(row.at())))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static boolean holds(Row row, JsonNode condition) {
    String value = condition.path(2).asString("");
    return switch (condition.path(0).asString("") + condition.path(1).asString("")) {
      case "id>" -> row.id() > condition.path(2).asInt();
      case "id=" -> row.id() == condition.path(2).asInt();
      case "write_date>=" -> !row.at().isBefore(time(value));
      case "write_date<" -> row.at().isBefore(time(value));
      default -> true;
    };
  }

  private static Instant time(String theirs) {
    return Instant.parse(theirs.replace(' ', 'T') + "Z");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
