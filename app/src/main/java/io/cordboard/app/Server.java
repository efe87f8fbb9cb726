package io.cordboard.app;

import io.cordboard.app.net.FreePort;
import io.cordboard.app.postgres.EmbeddedPostgres;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Database;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Everything that runs in one process, started in order and closed in the opposite order. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.cordboard.server");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Settings settings;
  private final DataDir data;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private FirstRun.Made made = FirstRun.Made.nothing();
  private @Nullable Core core;
  private String url = "";
  private boolean closed;
  private @Nullable String trustHint;

  private Server(Settings settings, DataDir data) {
    this.settings = settings;
    this.data = data;
    parts.push(data);
  }

  static Server start(Settings settings, Consumer<String> progress) {
    return start(settings, progress, server -> {});
  }

  /**
   * Starts one.
   *
   * @param begun hears of it before its parts are started: closing it then ends the start
   */
  static Server start(Settings settings, Consumer<String> progress, Consumer<Server> begun) {
    DataDir data = DataDir.open(settings.data());
    Logs.into(data.file("log"));
    Server server = new Server(settings, data);
    begun.accept(server);
    try {
      server.start(progress);
      return server;
    } catch (RuntimeException e) {
      LOG.error("It could not be started.", e);
      server.close();
      throw e;
    }
  }

  private void start(Consumer<String> progress) {
    SecureRandom random = new SecureRandom();
    int port = port(settings, random);
    Clock clock = new SystemClock();
    Database database = database(progress);
    Core core = keep(new Core(database, settings, clock, random, Entrance.url(settings.host(), port)));
    this.core = core;
    progress.accept("Bringing the database to this version");
    core.prepare();
    made = core.firstRun(settings.demo(), progress);
    progress.accept("Starting the ledger and the switches");
    core.start();
    progress.accept("Opening the doors");
    Entrance entrance = Entrance.of(settings, port, clock, random, progress);
    Doors doors = keep(Doors.open(core, settings, entrance, random));
    url = entrance.url();
    trustHint = entrance.trustHint();
    data.writeSecret(
        "run.json",
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("url", url)
                .put("local", entrance.localUrl())
                .put("pid", ProcessHandle.current().pid())
                .put("token", doors.localToken())));
    keep(() -> data.delete("run.json"));
  }

  private Database database(Consumer<String> progress) {
    String given = settings.databaseUrl();
    if (given != null) {
      return new Database(given, "", "");
    }
    progress.accept("Starting PostgreSQL");
    return keep(EmbeddedPostgres.start(data.path(), progress)).database();
  }

  /** A port in use is told before anything else is started. */
  private static int port(Settings settings, SecureRandom random) {
    InetAddress address = settings.host() == null ? InetAddress.getLoopbackAddress() : null;
    return settings.port() == 0
        ? FreePort.any(address, random)
        : FreePort.exactly(address, settings.port());
  }

  /** Told to stop while it starts: no part is added any more. */
  synchronized void refuseMore() {
    closed = true;
  }

  private synchronized <T extends AutoCloseable> T keep(T part) {
    if (closed) {
      close(part);
      throw new Fault.Refused("It was stopped while it started.");
    }
    parts.push(part);
    return part;
  }

  /** What the doors open to, for tests that look behind them. */
  @Nullable Core core() {
    return core;
  }

  String url() {
    return url;
  }

  /** What an operator must do so that browsers trust us; null when nothing. */
  @Nullable String trustHint() {
    return trustHint;
  }

  FirstRun.Made made() {
    return made;
  }

  DataDir data() {
    return data;
  }

  /** Closes everything that was started, the last first. */
  @Override
  public synchronized void close() {
    closed = true;
    for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
      close(part);
    }
  }

  private static void close(@Nullable AutoCloseable part) {
    try {
      if (part != null) {
        part.close();
      }
    } catch (Exception e) {
      System.err.println("cordboard: while stopping: " + e.getMessage());
    }
  }
}
