package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.fake.World;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Leads over HTTP. */
class LeadTest {
  private static TestServer server;
  private static World world;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    world = server.world();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String leads(Object customer) {
    return "/api/v1/customers/" + customer + "/leads";
  }

  @Test
  void whatACustomerMayBuyIsKeptShownAndLeavesATrace() {
    User agent = world.person(Role.AGENT);
    Client client = server.as(agent);
    String customer = client.post("/api/v1/customers", Map.of("name", "Zoë")).text("/card/id");
    Answer first = client.post(leads(customer), Map.of("title", "A kettle"));
    assertThat(first.status()).as(first.body()).isEqualTo(201);
    client.post(leads(customer), Map.of("title", "Two kettles", "notes", "in\nJanuary"));
    Answer list = client.get(leads(customer));
    assertThat(list.text("/items/0/title")).isEqualTo("Two kettles");
    assertThat(list.text("/items/0/notes")).isEqualTo("in\nJanuary");
    assertThat(list.text("/items/1/id")).isEqualTo(first.text("/id"));
    assertThat(list.text("/items/1/file")).isEqualTo(customer);
    assertThat(world.audit.entries())
        .filteredOn(entry -> entry.subject().equals("customer:" + customer))
        .extracting(entry -> entry.what())
        .contains("lead-created", "customer-viewed");
  }

  @Test
  void aLeadOfACustomerWhomThereIsNotAndOneWithoutATitleAreRefused() {
    Client client = server.as(world.person(Role.AGENT));
    assertThat(client.post(leads(new UUID(7, 7)), Map.of("title", "A kettle")).status()).isEqualTo(404);
    assertThat(client.get(leads(new UUID(7, 7))).status()).isEqualTo(404);
    String customer = client.post("/api/v1/customers", Map.of("name", "Zoë")).text("/card/id");
    assertThat(client.post(leads(customer), Map.of("notes", "x")).status()).isEqualTo(400);
    assertThat(client.post(leads(customer), Map.of("title", "x", "notes", "x".repeat(5_001))).status()).isEqualTo(400);
    assertThat(client.get(leads(customer) + "?limit=0").status()).isEqualTo(400);
  }
}
