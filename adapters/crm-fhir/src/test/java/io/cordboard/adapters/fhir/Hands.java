package io.cordboard.adapters.fhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** People who work at the server itself, past the adapter and the proxy. */
final class Hands {
  private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HapiServer server;

  Hands(HapiServer server) {
    this.server = server;
  }

  String make(ObjectNode resource) {
    return ask("POST", resource.path("resourceType").asString(""), resource).path("id").asString("");
  }

  ObjectNode read(String type, String id) {
    return ask("GET", type + "/" + id, null);
  }

  void put(ObjectNode resource) {
    String path = resource.path("resourceType").asString("") + "/" + resource.path("id").asString("");
    ask("PUT", path, resource);
  }

  void delete(String type, String id) {
    ask("DELETE", type + "/" + id, null);
  }

  ObjectNode ask(String method, String path, ObjectNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/fhir/" + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + server.gate().hands())
            .header("Content-Type", "application/fhir+json")
            .header("Cache-Control", "no-cache")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(FhirJson.bytes(body)))
            .build();
    try {
      HttpResponse<byte[]> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
      ObjectNode json = FhirJson.read(answer.body());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + json);
      }
      return json == null ? FhirJson.object() : json;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
