package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTest extends TulipTest {
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile String good = "";

  /** Gives a token each time; only the last one is good. */
  private void serve() {
    shop.answers(asked -> {
      if (asked.path().equals("/token")) {
        good = "token-" + tokens.incrementAndGet();
        return Shop.Told.json(200, "{\"token\": \"%s\", \"expires\": 600}".formatted(good));
      }
      return ("Bearer " + good).equals(asked.header("Authorization"))
          ? Shop.Told.json(200, "{\"code\": 0}") : Shop.Told.json(200, "{\"code\": \"TOKEN\", \"message\": \"who are you\"}");
    });
  }

  @Test
  void aTokenIsFetchedOnceAndKeptUntilItEnds() {
    serve();
    crm.check();
    crm.check();
    assertThat(tokens).hasValue(1);
    clock.advance(Duration.ofSeconds(601));
    crm.check();
    assertThat(tokens).hasValue(2);
  }

  @Test
  void aTokenThatIsRefusedInsideOfAGoodAnswerIsFetchedAnewOnce() {
    serve();
    crm.check();
    good = "another";
    crm.check();
    assertThat(tokens).hasValue(2);
  }

  @Test
  void aSignInThatIsNotAnsweredTakesNoLongerThanTheLookUpMay() {
    CountDownLatch ended = new CountDownLatch(1);
    shop.answers(asked -> {
      try {
        ended.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return Shop.Told.json(200, "{}");
    });
    long start = System.nanoTime();
    assertThatThrownBy(() -> crm.as(FindByNumber.class, RecordKind.CUSTOMER)
            .findByNumber(new PhoneNumber("+8613800138000"), Duration.ofMillis(300)))
        .isInstanceOf(Fault.Unreachable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    ended.countDown();
  }

  @Test
  void manyAtOnceFetchOneToken() {
    serve();
    try (var pool = Executors.newFixedThreadPool(8)) {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, 8).mapToObj(i -> CompletableFuture.runAsync(crm::check, pool)).toList();
      all.forEach(Await::done);
    }
    assertThat(tokens).hasValue(1);
  }

  @Test
  void aLoginThatStaysRefusedIsToldAsLapsedWithoutTheSecret() {
    shop.answers(asked -> asked.path().equals("/token")
        ? Shop.Told.json(200, "{\"token\": \"t-%d\", \"expires\": 60}".formatted(tokens.incrementAndGet()))
        : Shop.Told.json(401, "{\"message\": \"bad key very-secret and token t-2\"}"));
    assertThatThrownBy(crm::check).isInstanceOf(Fault.AuthLapsed.class)
        .message().doesNotContain("very-secret");
    assertThat(tokens).hasValue(2);
  }

  @Test
  void aSystemThatLocksOutWhoSignsInTooOftenIsNotAskedAgain() {
    shop.answers(asked -> asked.path().equals("/token")
        ? Shop.Told.json(200, "{\"token\": \"t-%d\", \"expires\": 60}".formatted(tokens.incrementAndGet()))
        : Shop.Told.json(401, "{}"));
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(crm::check).isInstanceOfAny(Fault.AuthLapsed.class, Fault.Busy.class);
    }
    assertThat(tokens).hasValue(5);
    assertThatThrownBy(crm::check).isInstanceOfSatisfying(Fault.Busy.class,
        busy -> assertThat(busy.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(10)));
    clock.advance(Duration.ofMinutes(11));
    assertThatThrownBy(crm::check).isInstanceOf(Fault.AuthLapsed.class);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      401 | {"error": "bad"}      | AuthLapsed
      400 | {"error": "bad"}      | AuthLapsed
      200 | {"error": "bad"}      | AuthLapsed
      200 | <html>                | AuthLapsed
      200 | {"token": ""}         | AuthLapsed
      429 | {}                    | Busy
      503 | {}                    | Unreachable
      """)
  void whatTheSignInAnswersIsTheFaultThatItMeans(int status, String body, String fault) {
    shop.answers(asked -> Shop.Told.json(status, body));
    assertThatThrownBy(crm::check).extracting(thrown -> thrown.getClass().getSimpleName()).isEqualTo(fault);
  }

  private static final String PLAIN = """
      crm: {name: Plain, adapter: rest, format: 1, hosts: [127.0.0.1]}
      settings: {address: text, user: text, password: secret}
      auth: %s
      request: {base: "=cfg.address"}
      answers: [{status: 200, is: ok}, {is: refused}]
      check: {get: /me}
      records: {}
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {basic: {user: "=cfg.user", password: "=cfg.password"}}      | authorization | Basic d2FuZzpzZWNyZXQ=
      {bearer: "=cfg.password"}                                    | authorization | Bearer secret
      {headers: {Authorization: "='Token token=' & cfg.password"}} | authorization | Token token=secret
      {headers: {X-Key: "=cfg.password"}}                          | x-key         | secret
      """)
  void aLoginGoesWithEveryRequest(String auth, String header, String value) {
    shop.answers(asked -> Shop.Told.json(200, "{\"ok\": true}"));
    Map<String, String> settings = Map.of("address", shop.address(), "user", "wang", "password", "secret");
    try (Crm plain = Files.open(PLAIN.formatted(auth), settings, clock)) {
      plain.check();
      assertThat(shop.asked.getFirst().header(header)).isEqualTo(value);
    }
    try (Crm plain = Files.open(PLAIN.formatted("{query: {key: \"=cfg.password\"}}"), settings, clock)) {
      plain.check();
      assertThat(shop.asked.getLast().uri()).isEqualTo("/me?key=secret");
    }
  }

  @Test
  void clientCredentialsAreExchangedForATokenThatEndsAMinuteEarly() {
    shop.answers(asked -> asked.path().equals("/oauth")
        ? Shop.Told.json(200, "{\"access_token\": \"t%d\", \"expires_in\": 300}".formatted(tokens.incrementAndGet()))
        : Shop.Told.json(200, "{\"ok\": true}"));
    String auth = "{client_credentials: {at: /oauth, id: \"=cfg.user\", secret: \"=cfg.password\", scope: read}}";
    try (Crm plain = Files.open(PLAIN.formatted(auth),
        Map.of("address", shop.address(), "user", "wang", "password", "secret"), clock)) {
      plain.check();
      assertThat(shop.asked.getFirst().body())
          .isEqualTo("grant_type=client_credentials&client_id=wang&client_secret=secret&scope=read");
      assertThat(shop.asked.getLast().header("Authorization")).isEqualTo("Bearer t1");
      clock.advance(Duration.ofSeconds(241));
      plain.check();
      assertThat(tokens).hasValue(2);
    }
  }

  @Test
  void aSettingThatIsMissingIsNamedBeforeAnythingIsAsked() {
    assertThatThrownBy(() -> Files.open(Files.text("tulip.yaml"), Map.of("address", shop.address()), clock))
        .isInstanceOf(Fault.BadRequest.class).hasMessageContaining("'key'");
  }

  @Test
  void anAddressInsideOfTheOwnNetworkIsAskedOnlyWhereAnAdministratorAllowedIt() {
    Map<String, String> settings = Map.of("address", shop.address(), "user", "x", "password", "y");
    try (Crm outside = new RestAdapter().open(
        new CrmConfig("shop", Files.tree(PLAIN.formatted("{}")), settings, false, clock))) {
      assertThatThrownBy(outside::check).isInstanceOf(Fault.Refused.class).hasMessageContaining("administrator");
    }
    assertThat(shop.asked).isEmpty();
  }

  @Test
  void aConnectionIsKeptUnlessTheFileSaysThatTheSystemClosesIt() {
    shop.answers(asked -> Shop.Told.json(200, "{\"ok\": true}"));
    Map<String, String> settings = Map.of("address", shop.address(), "user", "x", "password", "y");
    try (Crm kept = Files.open(PLAIN.formatted("{}"), settings, clock)) {
      kept.check();
      kept.check();
    }
    assertThat(shop.connections.get(0)).isEqualTo(shop.connections.get(1));
    String yaml = PLAIN.formatted("{}").replace("base: \"=cfg.address\"", "base: \"=cfg.address\", reuse: false");
    try (Crm anew = Files.open(yaml, settings, clock)) {
      anew.check();
      anew.check();
    }
    assertThat(shop.connections.get(2)).isNotEqualTo(shop.connections.get(3));
  }

  @Test
  void aHostThatIsNotListedIsNotAskedAlsoWhenAnAnswerNamesIt() {
    String yaml = PLAIN.formatted("{}").replace("check: {get: /me}", "check: {get: \"='http://local' & 'host:9/me'\"}");
    try (Crm plain = Files.open(yaml, Map.of("address", shop.address(), "user", "x", "password", "y"), clock)) {
      assertThatThrownBy(plain::check).isInstanceOf(Fault.Refused.class).hasMessageContaining("localhost");
    }
  }
}
