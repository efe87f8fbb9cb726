package io.cordboard.bench.data;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.app.SystemClock;
import io.cordboard.app.postgres.EmbeddedPostgres;
import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.store.Database;
import io.cordboard.store.demo.BenchData;
import io.cordboard.store.demo.DemoData;
import io.cordboard.store.trust.JdbcUsers;
import io.cordboard.web.session.Argon2Hasher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** A data directory with customers and agents, made once and kept; its PostgreSQL runs. */
public final class LoadedData implements AutoCloseable {
  private static final long SEED = 20_260_105;
  private static final int CALLERS = 200_000;
  private static final int FIRST_EXTENSION = 30_001;

  private final Path directory;
  private final EmbeddedPostgres postgres;
  private final HikariDataSource pool;
  private final BenchData data;
  private final Clock clock = new SystemClock();
  private List<Agent> agents = List.of();
  private List<BenchData.Caller> callers = List.of();

  private LoadedData(Path directory, EmbeddedPostgres postgres) {
    this.directory = directory;
    this.postgres = postgres;
    this.pool = postgres.database().pool("bench", 2);
    this.data = new BenchData(pool);
  }

  /** Somebody who takes calls. */
  public record Agent(String user, String password, String extension) {
    @Override
    public String toString() {
      return "Agent[" + user + "]";
    }
  }

  /** Who shall be there: so many, with such phones. */
  private record Crew(int count, String switchId, Phone.Kind kind) {}

  /** Says a word at every tenth. */
  private static final class Progress implements LongConsumer {
    private final int customers;
    private final Consumer<String> words;
    private long next;

    Progress(int customers, Consumer<String> words) {
      this.customers = customers;
      this.words = words;
      this.next = customers / 10;
    }

    @Override
    public void accept(long rows) {
      if (rows >= next && customers >= 100_000) {
        words.accept("Loaded %,d of %,d customers".formatted(rows, customers));
        next += customers / 10;
      }
    }
  }

  /**
   * Opens it; loads what is not there yet.
   *
   * @param switchId of the switch that rings the agents
   * @param kind of their phones
   */
  public static LoadedData open(
      Path directory, int customers, int agents, String switchId, Phone.Kind kind,
      Consumer<String> progress)
      throws IOException, SQLException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, progress);
    LoadedData loaded = new LoadedData(directory, postgres);
    try {
      loaded.load(postgres.database(), customers, new Crew(agents, switchId, kind), progress);
      return loaded;
    } catch (RuntimeException | IOException | SQLException e) {
      loaded.close();
      throw e;
    }
  }

  private void load(
      Database database, int customers, Crew crew, Consumer<String> progress)
      throws IOException, SQLException {
    try {
      database.migrate();
    } catch (Fault.Refused other) {
      throw new Fault.Refused(
          "%s (The benchmark's database of another version is in %s: name another directory with --data.)"
              .formatted(other.getMessage(), directory));
    }
    List<AgentId> ids = agents(crew);
    long began = System.nanoTime();
    DemoData.Plan plan = new DemoData.Plan(SEED, customers, ids, true);
    long made = new DemoData(pool, clock).load(plan, new Progress(customers, progress));
    data.staff(ids);
    if (made > 0) {
      progress.accept(
          "Loaded %,d customers in %d s".formatted(made, (System.nanoTime() - began) / 1_000_000_000));
    }
    data.tidy();
    callers = data.callers(CALLERS);
  }

  private List<AgentId> agents(Crew crew) throws IOException {
    String password = password();
    Users users = new JdbcUsers(pool);
    Map<String, User> known =
        users.list().stream()
            .collect(Collectors.toMap(user -> user.username().value(), Function.identity()));
    String hash = known.size() < crew.count() ? new Argon2Hasher().hash(password) : "";
    Ids ids = new Ids(clock, new SecureRandom());
    List<AgentId> all = new ArrayList<>();
    List<Agent> made = new ArrayList<>();
    for (int i = 0; i < crew.count(); i++) {
      String name = "bench-%04d".formatted(i + 1);
      String extension = String.valueOf(FIRST_EXTENSION + i);
      User user = known.get(name);
      if (user == null) {
        user = user(new AgentId(ids.next()), name, new Phone(crew.switchId(), extension, crew.kind()));
        users.create(user, hash);
      }
      all.add(user.id());
      made.add(new Agent(name, password, extension));
    }
    agents = List.copyOf(made);
    return all;
  }

  private User user(AgentId id, String name, Phone phone) {
    return new User(
        id, new Username(name), new DisplayName(name), Role.AGENT, Set.of(), true, phone, false,
        clock.micros());
  }

  /** One for all agents of this directory, random, kept beside it. */
  private String password() throws IOException {
    Path file = directory.resolve("bench.secret");
    if (!Files.exists(file)) {
      byte[] random = new byte[16];
      new SecureRandom().nextBytes(random);
      Files.createFile(
          file,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file).strip();
  }

  public Path directory() {
    return directory;
  }

  public List<Agent> agents() {
    return agents;
  }

  public List<BenchData.Caller> callers() {
    if (callers.isEmpty()) {
      throw new Fault.NotFound("No customer of this database has a number of their own.");
    }
    return callers;
  }

  /** Connections to the database. */
  public HikariDataSource pool() {
    return pool;
  }

  public BenchData data() {
    return data;
  }

  /** The first process of PostgreSQL. */
  public long postgresPid() throws IOException {
    return postgres.pid();
  }

  /** Lets go of it; PostgreSQL is stopped by the server that used it, or here when none did. */
  @Override
  public void close() {
    pool.close();
  }

  /** Stops PostgreSQL, for a server that never took it over. */
  public void stop() {
    postgres.close();
  }
}
