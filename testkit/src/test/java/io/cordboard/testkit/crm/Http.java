package io.cordboard.testkit.crm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Plain requests of a test. */
final class Http implements AutoCloseable {
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String key;

  Http(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  HttpResponse<String> ask(String method, String path, String body, String... headers) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(5))
            .header("X-Api-Key", key)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  Map<String, Object> json(String method, String path, String body) throws IOException {
    return Json.object(Json.parse(ask(method, path, body).body()));
  }

  int status(String method, String path, String body, String... headers) throws IOException {
    return ask(method, path, body, headers).statusCode();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
