package io.cordboard.bench.measure;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** One request to the server that is measured. Thread-safe. */
public final class Requests {
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Waits for the answer, whatever its status.
   *
   * @throws Fault.Unreachable when none comes
   */
  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Fault.Unreachable("The server does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault.Unreachable("interrupted", e);
    }
  }
}
