package io.cordboard.bench.desk;

import io.cordboard.bench.data.LoadedData.Agent;
import io.cordboard.bench.measure.Requests;
import io.cordboard.kernel.Fault;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Signs agents in as the page does. */
public final class SignIn {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final URI server;
  private final Requests requests = new Requests();

  public SignIn(URI server) {
    this.server = server;
  }

  /** The cookie of a new session, as it is sent back. */
  public String cookie(Agent agent) {
    String body =
        JSON.writeValueAsString(
            JSON.createObjectNode().put("user", agent.user()).put("password", agent.password()));
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/session"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Origin", server.toString())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = requests.send(request);
    return response
        .headers()
        .firstValue("Set-Cookie")
        .filter(cookie -> response.statusCode() == 200)
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .orElseThrow(
            () ->
                new Fault.Refused(
                    agent.user() + " cannot sign in: HTTP " + response.statusCode() + " "
                        + response.body()));
  }
}
