package io.cordboard.bench.imports;

import io.cordboard.bench.measure.Product;
import io.cordboard.bench.measure.Requests;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Imports of a server, by its HTTP interface. */
final class Imports {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ALL = "/api/v1/imports";
  private static final String COLUMNS =
      """
      {"columns":[{"index":0,"target":"foreign-id"},{"index":1,"target":"name"},\
      {"index":2,"target":"mobile"}],"goodRows":%s}""";

  private final Product product;
  private final Requests requests = new Requests();

  Imports(Product product) {
    this.product = product;
  }

  /** How far one is. */
  record Stand(String state, long read, long good, long wrong, String why) {
    boolean runs() {
      return state.equals("LOADING");
    }
  }

  String bring(Path file) throws IOException {
    String made =
        send(
            request(ALL + "?kind=customers&name=large.csv")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofFile(file)));
    return JSON.readTree(made).get("id").asString();
  }

  void load(String id, boolean goodRows) {
    send(
        request(ALL + "/" + id + "/load")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(COLUMNS.formatted(goodRows))));
  }

  void stop(String id) {
    send(request(ALL + "/" + id).DELETE());
  }

  String errors(String id) {
    return send(request(ALL + "/" + id + "/errors").GET());
  }

  Stand stand(String id) {
    JsonNode job = JSON.readTree(send(request(ALL + "/" + id).GET()));
    return new Stand(
        job.get("state").asString(), job.get("read").asLong(), job.get("good").asLong(),
        job.get("wrong").asLong(), job.get("why").asString());
  }

  /** As soon as it is so. */
  Stand when(String id, Predicate<Stand> condition) {
    while (true) {
      Stand stand = stand(id);
      if (condition.test(stand)) {
        return stand;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(product.url().resolve(path))
        .timeout(Duration.ofMinutes(10))
        .header("Authorization", "Bearer " + product.token());
  }

  private String send(HttpRequest.Builder request) {
    HttpResponse<String> answer = requests.send(request.build());
    if (answer.statusCode() >= 400) {
      throw new Fault.Refused("HTTP " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }
}
