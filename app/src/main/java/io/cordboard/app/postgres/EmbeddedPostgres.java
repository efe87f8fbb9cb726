package io.cordboard.app.postgres;

import com.sun.management.OperatingSystemMXBean;
import io.cordboard.app.net.FreePort;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Database;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A PostgreSQL of our own on loopback: made at the first start, kept, with a password of this
 * installation and everything flushed to disk before it counts.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String USER = "cordboard";

  private final Path home;
  private final Path data;
  private final ServiceUser user;
  private final int port;
  private final String password;

  private EmbeddedPostgres(Path home, Path data, ServiceUser user, int port, String password) {
    this.home = home;
    this.data = data;
    this.user = user;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts it, or takes it over when it was left running by a Cordboard that died.
   *
   * @param directory our data directory
   * @param progress hears what takes time
   */
  public static EmbeddedPostgres start(Path directory, Consumer<String> progress) {
    try {
      ServiceUser user = ServiceUser.here();
      Path place = placeFor(directory, user);
      if (!Files.isDirectory(place.resolve("postgres-18.6"))) {
        progress.accept("Unpacking PostgreSQL (once)");
      }
      Path home = Binaries.unpackInto(place);
      Path data = place.resolve("data");
      String password = password(directory);
      EmbeddedPostgres server =
          new EmbeddedPostgres(home, data, user, portOf(data, directory), password);
      if (!Files.exists(data.resolve("PG_VERSION"))) {
        progress.accept("Creating the database (once)");
        server.initialise(place);
      }
      server.launch(place);
      server.createDatabase();
      return server;
    } catch (IOException e) {
      throw new Fault.Unreachable(
          "The embedded PostgreSQL could not be started: %s. Its log is beside its data; with --db URL another one is used."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** Beside our data; as root in a place that the service user can reach, since a home is closed. */
  private static Path placeFor(Path directory, ServiceUser user) throws IOException {
    if (!user.other()) {
      return Files.createDirectories(directory.resolve("postgres"));
    }
    Path place = placeOf(directory);
    Files.createDirectories(place);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    return place;
  }

  private static Path placeOf(Path directory) throws IOException {
    return Path.of("/var/lib/cordboard", fingerprint(directory));
  }

  private static String fingerprint(Path directory) throws IOException {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(directory.toRealPath().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  private static String password(Path directory) throws IOException {
    Path file = directory.resolve("postgres.secret");
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Files.createFile(
          file,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file).strip();
  }

  private static int portOf(Path data, Path directory) throws IOException {
    Path file = directory.resolve("postgres.port");
    if (Files.exists(file)) {
      int kept = Integer.parseInt(Files.readString(file).strip());
      if (running(data) || FreePort.isFree(kept)) {
        return kept;
      }
    }
    int port = FreePort.any(new SecureRandom());
    Files.writeString(file, String.valueOf(port));
    return port;
  }

  private void initialise(Path place) throws IOException {
    Path secret = Files.createTempFile(place, "secret-", "");
    try {
      Files.writeString(secret, password);
      Files.createDirectories(data);
      if (user.other()) {
        own(data);
        own(secret);
      }
      user.run(
          120, bin("initdb"), "-D", data.toString(), "-U", USER, "-A", "scram-sha-256",
          "--pwfile", secret.toString(), "-E", "UTF8", "--locale-provider=builtin",
          "--locale=C.UTF-8");
    } finally {
      Files.deleteIfExists(secret);
    }
  }

  private void own(Path path) throws IOException {
    Files.setOwner(
        path,
        path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user.name()));
  }

  private void launch(Path place) throws IOException {
    String options = options();
    if (running(data)) {
      if (startedWith(options)) {
        return;
      }
      // left behind by a Cordboard that died, with other settings than ours
      stop();
    }
    Path log = place.resolve("postgres.log");
    if (!Files.exists(log)) {
      Files.createFile(log);
      if (user.other()) {
        own(log);
      }
    }
    user.run(
        60, bin("pg_ctl"), "-w", "-t", "50", "-D", data.toString(), "-l", log.toString(), "-o",
        options, "start");
  }

  /** An eighth of this machine's memory: a page that is not there costs more than finding it. */
  private static long sharedBuffersMegabytes() {
    long bytes =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return Math.clamp(bytes / 8 >> 20, 128, 2048);
  }

  private String options() {
    return String.join(
        " ",
        List.of(
            "-p " + port,
            "-c listen_addresses=127.0.0.1",
            "-c unix_socket_directories=",
            "-c fsync=on",
            "-c synchronous_commit=on",
            "-c full_page_writes=on",
            "-c shared_buffers=" + sharedBuffersMegabytes() + "MB",
            "-c max_wal_size=2GB",
            "-c max_connections=60",
            "-c log_min_messages=warning"));
  }

  /** PostgreSQL keeps its command line, each word in quotes. */
  private boolean startedWith(String options) throws IOException {
    Path file = data.resolve("postmaster.opts");
    return Files.exists(file) && Files.readString(file).replace("\"", "").contains(options);
  }

  /** Whether the server of exactly this data directory runs. */
  private static boolean running(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return false;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(pidFile);
    } catch (IOException unreadable) {
      return false;
    }
    if (lines.size() < 2 || !lines.get(1).equals(data.toString())) {
      return false;
    }
    return isPostgresOf(data, lines.getFirst().strip());
  }

  /** The number may be another process's by now: only its command line tells. */
  private static boolean isPostgresOf(Path data, String pid) {
    String command = commandOf(pid);
    return command.contains("postgres") && command.contains(data.toString());
  }

  private static String commandOf(String pid) {
    try {
      return Files.readString(Path.of("/proc", pid, "cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }

  private void createDatabase() {
    new Database(url("postgres"), USER, password).createDatabase("cordboard");
  }

  /** Where it is. */
  public Database database() {
    return new Database(url("cordboard"), USER, password);
  }

  /** Process ids of the server, for measuring. */
  public long pid() throws IOException {
    try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
      return Long.parseLong(lines.findFirst().orElseThrow().strip());
    }
  }

  private String url(String name) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name);
  }

  private String bin(String program) {
    return home.resolve("bin").resolve(program).toString();
  }

  /** Stops it after what runs is written. */
  @Override
  public void close() {
    try {
      stop();
    } catch (IOException e) {
      throw new Fault.Unreachable(
          "The embedded PostgreSQL did not stop: " + e.getMessage(), e);
    }
  }

  private void stop() throws IOException {
    stop(user, home, data);
  }

  private static void stop(ServiceUser user, Path home, Path data) throws IOException {
    user.run(
        60, home.resolve("bin/pg_ctl").toString(), "-w", "-t", "50", "-D", data.toString(), "-m",
        "fast", "stop");
  }

  /**
   * Stops the one that a killed Cordboard left running.
   *
   * @return whether there was one
   */
  public static boolean stopLeftBehind(Path directory) {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try {
      ServiceUser user = ServiceUser.here();
      Path place = user.other() ? placeOf(directory) : directory.resolve("postgres");
      if (!running(place.resolve("data"))) {
        return false;
      }
      stop(user, place.resolve("postgres-18.6"), place.resolve("data"));
      return true;
    } catch (IOException e) {
      throw new Fault.Unreachable("The embedded PostgreSQL did not stop: " + e.getMessage(), e);
    }
  }
}
