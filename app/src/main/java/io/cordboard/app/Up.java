package io.cordboard.app;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code up}: the server, until it is told to stop. */
final class Up {
  private static final long START_SECONDS = 90;
  private static final Logger LOG = LoggerFactory.getLogger("io.cordboard.server");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Up() {}

  static int run(List<String> args) {
    long began = System.nanoTime();
    Settings settings = Settings.parse(args);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Server server;
    try {
      server =
          Server.start(
              settings,
              text -> System.err.println("  " + text + " ..."),
              begun -> closeAtTheEnd(begun, started, stopped));
    } catch (Throwable e) {
      say(e);
      return 1;
    } finally {
      started.countDown();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    LOG.atInfo().addKeyValue("seconds", Math.round(seconds * 10) / 10.0).log("Ready.");
    report(settings, server, seconds);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static void closeAtTheEnd(
      Server server, CountDownLatch started, CountDownLatch stopped) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.refuseMore();
                  // a PostgreSQL that is just being started would be left behind
                  await(started);
                  server.close();
                  stopped.countDown();
                },
                "stop"));
  }

  private static void await(CountDownLatch started) {
    try {
      if (!started.await(START_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("cordboard: the start did not end; what it began is left.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Fault || cause instanceof Options.Wrong) {
        System.err.println("cordboard: " + cause.getMessage());
        return;
      }
    }
    System.err.println("cordboard: it could not be started: " + e);
    e.printStackTrace();
  }

  private static void report(Settings settings, Server server, double seconds) {
    FirstRun.Made made = server.made();
    String trustHint = server.trustHint();
    ObjectNode answer = JSON.createObjectNode();
    answer.put("url", server.url());
    System.err.printf("%nCordboard is ready at %s (%.1f s)%n", server.url(), seconds);
    if (trustHint != null) {
      System.err.println(trustHint);
    }
    if (made.adminPassword() != null) {
      ObjectNode admin = answer.putObject("admin");
      admin.put("user", made.adminUser()).put("password", made.adminPassword());
      System.err.printf(
          "  administrator: %s  one-time password: %s%n", made.adminUser(), made.adminPassword());
    }
    logins(made, answer);
    if (made.apiKey() != null) {
      answer.put("apiKey", made.apiKey());
      System.err.println("  API key (shown once): " + made.apiKey());
    }
    answer.put("pid", ProcessHandle.current().pid());
    answer.put("readySeconds", Math.round(seconds * 10) / 10.0);
    String text = JSON.writeValueAsString(answer);
    if (settings.background()) {
      server.data().writeSecret("ready.json", text);
    } else if (settings.json()) {
      System.out.println(text);
    }
  }

  private static void logins(FirstRun.Made made, ObjectNode answer) {
    if (made.demoLogins().isEmpty()) {
      return;
    }
    ArrayNode demo = answer.putArray("demo");
    made.demoLogins()
        .forEach(
            login -> {
              demo.addObject().put("user", login.user()).put("password", login.password());
              System.err.printf(
                  "  demo sign-in:  %s  password: %s%n", login.user(), login.password());
            });
  }
}
