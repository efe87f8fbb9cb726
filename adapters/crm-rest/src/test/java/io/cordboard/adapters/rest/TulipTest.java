package io.cordboard.adapters.rest;

import io.cordboard.spi.crm.Crm;
import io.cordboard.testkit.HandClock;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The invented CRM, opened for each test. */
abstract class TulipTest {
  static final Map<String, String> SECRETS = Map.of("key", "very-secret", "hook_secret", "hook-secret");

  final HandClock clock = new HandClock();
  final Shop shop = new Shop();
  Crm crm;

  @BeforeEach
  void open() {
    crm = opened(Files.text("tulip.yaml"));
  }

  @AfterEach
  void close() {
    crm.close();
    shop.close();
  }

  Crm opened(String yaml) {
    Map<String, String> settings = new java.util.HashMap<>(SECRETS);
    settings.put("address", shop.address());
    return Files.open(yaml, settings, clock);
  }

  /** Lets everybody in, and answers all else like this. */
  void answers(Function<Shop.Asked, Shop.Told> answer) {
    shop.answers(asked -> asked.path().equals("/token")
        ? Shop.Told.json(200, "{\"token\": \"t1\", \"expires\": 3600}") : answer.apply(asked));
  }

  static Shop.Told rows(String rows) {
    return Shop.Told.json(200, "{\"code\": 0, \"rows\": [" + rows + "]}");
  }
}
