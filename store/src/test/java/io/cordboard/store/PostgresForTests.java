package io.cordboard.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A real PostgreSQL for tests: one server a JVM, started when first asked for and gone with the JVM; a
 * database of its own for whoever asks.
 *
 * <p>Unpacks once for a machine and user. As root it runs as {@code nobody}, because PostgreSQL refuses
 * root. It takes writes as done before the disk has them, unless {@code -Dcordboard.test.fsync=on}.
 */
public final class PostgresForTests {
  private static final String VERSION = "18.6.0";
  private static final String PASSWORD = "only-for-tests";
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path home;
  private final Path data;
  private final int port;

  private PostgresForTests(Path home, Path data, int port) {
    this.home = home;
    this.data = data;
    this.port = port;
  }

  /** An empty database. */
  public static Database empty() {
    PostgresForTests server = Shared.SERVER;
    String name = "test" + DATABASES.incrementAndGet();
    server.admin("create database " + name);
    return server.database(name);
  }

  /** A database with all our tables. */
  public static Database migrated() {
    String name = "test" + DATABASES.incrementAndGet();
    Shared.SERVER.admin("create database " + name + " template " + Template.NAME);
    return Shared.SERVER.database(name);
  }

  private static final class Shared {
    static final PostgresForTests SERVER = start();
  }

  private static final class Template {
    static final String NAME = create();

    private static String create() {
      Shared.SERVER.admin("create database migrated");
      Shared.SERVER.database("migrated").migrate();
      return "migrated";
    }
  }

  private Database database(String name) {
    return new Database("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "postgres", PASSWORD);
  }

  private void admin(String sql) {
    Database server = database("postgres");
    try (Connection connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static PostgresForTests start() {
    try {
      Path root = Path.of("/var/tmp", "cordboard-postgres-" + System.getProperty("user.name"));
      Files.createDirectories(root);
      sweep(root);
      Path home = unpacked(root);
      Path run = Files.createTempDirectory(root, "run-" + ProcessHandle.current().pid() + "-");
      Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
      PostgresForTests server = new PostgresForTests(home, run.resolve("data"), freePort());
      server.initialise(run);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(home, run)));
      server.launch(run);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void initialise(Path run) throws IOException {
    Path secret = Files.writeString(run.resolve("password"), PASSWORD);
    Files.createDirectory(data);
    if (ROOT) {
      exec(List.of("chown", "-R", "nobody", run.toString()));
    }
    exec(
        asService(
            bin("initdb"), "-D", data.toString(), "-U", "postgres", "-A", "scram-sha-256",
            "--pwfile", secret.toString(), "-E", "UTF8", "--locale-provider=builtin",
            "--locale=C.UTF-8", "--no-sync"));
  }

  private void launch(Path run) throws IOException {
    String fsync = System.getProperty("cordboard.test.fsync", "off");
    String options =
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=%s"
            .formatted(port, fsync)
            + " -c shared_buffers=128MB -c max_connections=100 -c max_wal_size=4GB";
    exec(
        asService(
            bin("pg_ctl"), "-w", "-D", data.toString(), "-l", run.resolve("log").toString(),
            "-o", options, "start"));
  }

  private static void stop(Path home, Path run) {
    try {
      exec(
          asService(
              home.resolve("bin/pg_ctl").toString(), "-D", run.resolve("data").toString(), "-m",
              "immediate", "stop"));
    } catch (IOException | IllegalStateException notRunning) {
      // there is nothing left to stop
    }
    delete(run);
  }

  // what a killed JVM left behind
  private static void sweep(Path root) throws IOException {
    try (Stream<Path> runs = Files.list(root)) {
      for (Path run : runs.filter(p -> p.getFileName().toString().startsWith("run-")).toList()) {
        long pid = Long.parseLong(run.getFileName().toString().split("-")[1]);
        if (ProcessHandle.of(pid).isEmpty()) {
          stop(root.resolve(VERSION), run);
        }
      }
    }
  }

  private static Path unpacked(Path root) throws IOException {
    Path home = root.resolve(VERSION);
    if (Files.exists(home)) {
      return home;
    }
    Path fresh = Files.createTempDirectory(root, "unpack-");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (InputStream packed = PostgresForTests.class.getResourceAsStream("/postgres-linux-x86_64.txz");
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, fresh);
      }
    }
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException anotherJvmWasFaster) {
      delete(fresh);
    }
    return home;
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path to)
      throws IOException {
    Path path = to.resolve(entry.getName()).normalize();
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    boolean program = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private String bin(String program) {
    return home.resolve("bin").resolve(program).toString();
  }

  private static List<String> asService(String... command) {
    List<String> all = new ArrayList<>();
    if (ROOT) {
      all.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static void exec(List<String> command) throws IOException {
    Path output = Files.createTempFile("cordboard-postgres", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command.get(0) + ": " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for PostgreSQL", e);
    } finally {
      Files.delete(output);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path tree) {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
