package io.cordboard.app;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code up}: the server, until it is told to stop. */
final class Up {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Up() {}

  static int run(List<String> args) {
    long began = System.nanoTime();
    Settings settings = Settings.parse(args);
    CountDownLatch stopped = new CountDownLatch(1);
    Server server = null;
    try {
      server = Server.start(settings, text -> System.err.println("  " + text + " ..."));
    } catch (Throwable e) {
      say(e);
      return 1;
    }
    Server running = server;
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  running.close();
                  stopped.countDown();
                },
                "stop"));
    report(settings, running, (System.nanoTime() - began) / 1e9);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
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
