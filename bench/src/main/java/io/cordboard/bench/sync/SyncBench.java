package io.cordboard.bench.sync;

import io.cordboard.app.Options;
import io.cordboard.bench.sync.Changed.Change;
import io.cordboard.bench.sync.Changed.Outcome;
import io.cordboard.core.sync.CrmGate;
import io.cordboard.core.sync.Forecast;
import io.cordboard.core.sync.Joined;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.RecordKind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * From the commit of a change to its being accepted by a CRM over HTTP, by that CRM's own ledger: real database with
 * {@code fsync}, the outbox in the change's own transaction, leases, links, the adapter that a file describes.
 */
public final class SyncBench {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int CUSTOMERS = 20_000;
  private static final int WRITERS = 8;
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);

  private final SyncFloor floor;
  private final Options options;
  private final Map<String, AtomicLong> places = new ConcurrentHashMap<>();
  private final SplittableRandom random = new SplittableRandom(11);

  private SyncBench(SyncFloor floor, Options options) {
    this.floor = floor;
    this.options = options;
  }

  /** Runs it; prints the figures as the last line, and fails where a change was lost, doubled or out of order. */
  public static int run(List<String> args, Path cache) throws IOException, SQLException {
    Options options =
        Options.parse(
            args,
            Set.of("--rate", "--seconds", "--crm-latency", "--crm-limit", "--backlog", "--warm-up", "--customers"),
            Set.of());
    Path data = options.value("--data").map(Path::of).orElse(cache.resolve("bench-sync"));
    try (SyncFloor floor = new SyncFloor(data.toAbsolutePath(), words -> System.err.println("  " + words + " ..."))) {
      ObjectNode figures = new SyncBench(floor, options).measure();
      System.out.println(JSON.writeValueAsString(figures));
      boolean clean =
          figures.get("lost").asLong() == 0 && figures.get("duplicated").asLong() == 0
              && figures.get("outOfOrder").asLong() == 0;
      return clean ? 0 : 1;
    }
  }

  private ObjectNode measure() throws SQLException {
    int rate = options.number("--rate", 200);
    int seconds = options.number("--seconds", 30);
    int backlog = options.number("--backlog", 0);
    int count = Math.max(options.number("--customers", CUSTOMERS), backlog);
    ObjectNode figures = JSON.createObjectNode();
    say("Making %,d customers", count);
    List<String> customers = floor.customers(count);
    floor.join();
    if (backlog > 0) {
      figures.put("drainedPerSecond", drain(customers.subList(0, backlog)));
    } else {
      drain(customers.subList(0, Math.min(customers.size(), 2_000)));
    }
    troubles();
    say("Warming up for %d s", options.number("--warm-up", 10));
    changes(customers, rate, options.number("--warm-up", 10), new Changed());
    settle();
    say("Measuring for %d s", seconds);
    Changed changed = new Changed();
    LookUps lookUps = new LookUps();
    Thread looking = Thread.ofPlatform().daemon().start(lookUps);
    int place = floor.crm.ledger().size();
    long begin = System.nanoTime();
    changes(customers, rate, seconds, changed);
    settle();
    looking.interrupt();
    tell(figures, changed.outcome(floor.crm.ledger().since(place)), begin);
    lookUps.tell(figures);
    CrmGate.State gate = floor.connections.running(SyncFloor.CRM).joined().gate().state();
    figures.put("crmRequests", gate.requests()).put("crmBusyAnswers", gate.slowed());
    if (options.number("--crm-limit", 0) > 0) {
      forecast(customers, figures);
    }
    return figures;
  }

  private void troubles() {
    int latency = options.number("--crm-latency", 0);
    int limit = options.number("--crm-limit", 0);
    if (latency > 0) {
      floor.crm.troubles().latency(Duration.ofMillis(latency), Duration.ZERO);
    }
    if (limit > 0) {
      floor.crm.troubles().limit(limit, true);
    }
  }

  /** All of them are sent for the first time: each is a record that has to be made there. */
  private long drain(List<String> customers) throws SQLException {
    say("Handing in %,d records and sending them", customers.size());
    try (Connection connection = floor.pool().getConnection();
        PreparedStatement mark = connection.prepareStatement("select sync_mark('customer', ?, null, 0)")) {
      for (int from = 0; from < customers.size(); from += 5_000) {
        List<String> part = customers.subList(from, Math.min(customers.size(), from + 5_000));
        mark.setArray(1, connection.createArrayOf("text", part.toArray()));
        mark.execute();
      }
    }
    int place = floor.crm.ledger().size();
    long begin = System.nanoTime();
    floor.start();
    settle();
    long took = System.nanoTime() - begin;
    int done = floor.crm.ledger().since(place).size();
    long perSecond = (long) (done / (took / 1e9));
    say("%,d records stand there after %,d ms: %,d a second", done, took / 1_000_000, perSecond);
    return perSecond;
  }

  private void changes(List<String> customers, int rate, int seconds, Changed changed) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      double next = System.nanoTime();
      while (next < end) {
        next += -Math.log(1 - random.nextDouble()) / rate * 1e9;
        long wait = (long) next - System.nanoTime();
        if (wait > 0) {
          LockSupport.parkNanos(wait);
        }
        String customer = customers.get(random.nextInt(customers.size()));
        writers.execute(() -> change(customer, changed));
      }
    }
  }

  private void change(String customer, Changed changed) {
    AtomicLong places = this.places.computeIfAbsent(customer, any -> new AtomicLong());
    // one after the other: which of two commits came first could not be told else
    synchronized (places) {
      long place = places.incrementAndGet();
      String name = customer.substring(24) + " " + place;
      try (Connection connection = floor.pool().getConnection();
          PreparedStatement update =
              connection.prepareStatement(
                  "update customer set name = ?, version = version + 1 where id = ?::uuid")) {
        update.setString(1, name);
        update.setString(2, customer);
        update.executeUpdate();
        changed.add(new Change(customer, place, name, System.nanoTime()));
        floor.wake();
      } catch (SQLException failed) {
        throw new IllegalStateException("A change could not be made.", failed);
      }
    }
  }

  private void settle() throws SQLException {
    long limit = System.nanoTime() + LONGEST_DRAIN.toNanos();
    while (floor.open() > 0 && System.nanoTime() < limit) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static void tell(ObjectNode figures, Outcome outcome, long begin) {
    figures.put("changes", outcome.changes()).put("delivered", outcome.delivered()).put("lost", outcome.lost());
    figures.put("duplicated", outcome.duplicated()).put("outOfOrder", outcome.outOfOrder());
    figures.put("p50Millis", percentile(outcome.nanos(), 0.5)).put("p95Millis", percentile(outcome.nanos(), 0.95));
    figures.put("p99Millis", percentile(outcome.nanos(), 0.99)).put("maxMillis", percentile(outcome.nanos(), 1));
    figures.put("perSecond", Math.round(outcome.delivered() / Math.max(1e-9, (outcome.lastNanos() - begin) / 1e9)));
  }

  private static double percentile(List<Long> sorted, double share) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int place = (int) Math.min(sorted.size() - 1L, (long) Math.ceil(sorted.size() * share) - 1);
    return Math.round(sorted.get(Math.max(0, place)) / 1e4) / 100.0;
  }

  /** A mountain of work, what is said of its end when a third is done, and when it ends. */
  private void forecast(List<String> customers, ObjectNode figures) throws SQLException {
    int many = options.number("--crm-limit", 10) * 400;
    say("Changing %,d at once, to see when their end is foretold", many);
    for (int i = 0; i < many; i++) {
      change(customers.get(i % customers.size()), new Changed());
    }
    Forecast forecast = new Forecast();
    long begun = floor.open();
    long asked = 0;
    double foretold = 0;
    long open = begun;
    while (open > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      open = floor.open();
      long now = System.nanoTime();
      forecast.sample(now, begun - open);
      if (asked == 0 && open < begun * 2 / 3 && open > 0) {
        asked = now;
        foretold = forecast.end(open).orElse(Duration.ZERO).toMillis();
      }
    }
    double took = (System.nanoTime() - asked) / 1e6;
    figures.put("foretoldMillis", Math.round(foretold)).put("tookMillis", Math.round(took));
    figures.put("foretellErrorPercent", Math.round(Math.abs(foretold - took) / Math.max(1, took) * 1000) / 10.0);
  }

  /** Calls that ring meanwhile, five a second. */
  private final class LookUps implements Runnable {
    private final List<Long> took = new ArrayList<>();
    private int failed;

    @Override
    public void run() {
      Joined joined = floor.connections.running(SyncFloor.CRM).joined();
      PhoneNumber number = new PhoneNumber("+8613800138000");
      while (!Thread.interrupted()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_000));
        long begin = System.nanoTime();
        try {
          Duration within = Duration.ofMillis(800);
          joined.gate().pass(
              CrmGate.For.CALL, within,
              () -> joined.crm().as(FindByNumber.class, RecordKind.CUSTOMER).findByNumber(number, within));
          took.add(System.nanoTime() - begin);
        } catch (RuntimeException fault) {
          failed++;
        }
      }
    }

    void tell(ObjectNode figures) {
      List<Long> sorted = took.stream().sorted().toList();
      figures.put("lookUps", sorted.size()).put("lookUpsFailed", failed);
      figures.put("lookUpP99Millis", percentile(sorted, 0.99));
    }
  }

  private static void say(String words, Object... of) {
    System.err.println("  " + words.formatted(of) + " ...");
  }
}
