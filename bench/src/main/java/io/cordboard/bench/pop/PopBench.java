package io.cordboard.bench.pop;

import io.cordboard.app.SystemClock;
import io.cordboard.bench.ari.AmiServer;
import io.cordboard.bench.ari.AriServer;
import io.cordboard.bench.ari.Exchange;
import io.cordboard.bench.ari.FakeCall;
import io.cordboard.bench.data.LoadedData.Agent;
import io.cordboard.bench.data.LoadedData;
import io.cordboard.bench.desk.Desk;
import io.cordboard.bench.desk.SignIn;
import io.cordboard.bench.measure.Growth;
import io.cordboard.bench.measure.Period;
import io.cordboard.bench.measure.Period.Cost;
import io.cordboard.bench.measure.PoppedCall;
import io.cordboard.bench.measure.Processes;
import io.cordboard.bench.measure.Product;
import io.cordboard.bench.measure.Traffic;
import io.cordboard.core.trust.Phone;
import io.cordboard.kernel.Clock;
import io.cordboard.store.demo.BenchData;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls arrive at a switch's socket, cards appear at agents' desks: load the database, start the server,
 * sign the agents in, warm up, measure.
 */
public final class PopBench implements Desk.Watch {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SWITCH = "asterisk";
  private static final long ANSWER_MILLIS = 20;

  private final PopPlan plan;
  private final Path launcher;
  private final Exchange exchange;
  private final Clock clock = new SystemClock();
  private final SplittableRandom random = new SplittableRandom(7);
  private final LongAdder messages = new LongAdder();
  private final LongAdder troubles = new LongAdder();

  private PopBench(PopPlan plan, Path launcher) {
    this.plan = plan;
    this.launcher = launcher;
    this.exchange = new Exchange(new Exchange.Pace(ANSWER_MILLIS, plan.talkMillis()));
  }

  /** Where the benchmarks' databases are kept. */
  public static Path cache() {
    return PopPlan.cache();
  }

  /** Runs it; prints the figures as the last line. */
  public static int run(List<String> args, Path launcher) throws IOException, SQLException {
    PopBench bench = new PopBench(PopPlan.parse(args), launcher);
    try (bench.exchange) {
      ObjectNode figures = bench.run();
      System.out.println(JSON.writeValueAsString(figures));
      boolean whole =
          whole(figures) && (!figures.has("burst") || whole(figures.get("burst")));
      return whole && figures.path("flat").asBoolean(true) ? 0 : 1;
    }
  }

  /** Every call had the right card, was talked to its end and has its record; nobody saw another's. */
  static boolean whole(JsonNode figures) {
    long offered = figures.get("offered").asLong();
    return offered > 0
        && Stream.of("delivered", "served", "recorded")
            .allMatch(count -> figures.get(count).asLong() == offered)
        && figures.get("wrongCustomer").asLong() == 0;
  }

  private ObjectNode run() throws IOException, SQLException {
    try (LoadedData data =
        LoadedData.open(
            plan.data(), plan.customers(), plan.agents(), SWITCH, Phone.Kind.SIP, PopBench::say)) {
      List<String> extensions = data.agents().stream().map(Agent::extension).toList();
      try (AriServer ari = AriServer.open(exchange, extensions);
          AmiServer ami = AmiServer.open(extensions)) {
        Connection.write(plan.data(), ari.port(), ami.port(), extensions);
        try (Product product = Product.up(launcher, plan.data(), false)) {
          return measure(data, product);
        }
      }
    }
  }

  private ObjectNode measure(LoadedData data, Product product) throws IOException {
    Traffic.await("the server listens to the switch", exchange::connected);
    say("Signing %d agents in".formatted(plan.agents()));
    List<Desk> desks = desks(data.agents(), product);
    try {
      Traffic.await("all agents are ready", () -> desks.stream().allMatch(Desk::ready));
      say("Warming up for %d s".formatted(plan.warmUpSeconds()));
      play(data, product, plan.rate(), plan.warmUpSeconds());
      say("Measuring for %d s".formatted(plan.seconds()));
      long since = clock.micros();
      ObjectNode figures =
          plan.nightly()
              ? nightly(data, product)
              : figures(play(data, product, plan.rate(), plan.seconds()));
      figures.put("recorded", data.data().recordsSince(since));
      if (plan.burst() > 0) {
        figures.set("burst", burst(data, product));
      }
      return figures.put("troubles", troubles.sum());
    } finally {
      desks.forEach(Desk::close);
    }
  }

  /** In four parts, with a look at what must not grow before, between and after. */
  private ObjectNode nightly(LoadedData data, Product product) throws IOException {
    Growth growth = new Growth(product.pid(), data.data());
    Period whole = new Period();
    growth.look();
    for (int part = 1; part <= 4; part++) {
      whole.add(play(data, product, plan.rate(), Math.max(1, plan.seconds() / 4)));
      growth.look();
      say("Part %d of 4: %,d calls".formatted(part, whole.offered()));
    }
    ObjectNode figures = figures(whole).put("flat", growth.flat());
    figures.set("heapBytes", JSON.valueToTree(growth.heapBytes()));
    figures.set("tableBytes", JSON.valueToTree(growth.tableBytes()));
    return figures;
  }

  private List<Desk> desks(List<Agent> agents, Product product) {
    SignIn signIn = new SignIn(product.url());
    List<Desk> desks = new ArrayList<>();
    for (Agent agent : agents) {
      desks.add(Desk.open(product.url(), signIn.cookie(agent), clock, this, messages, 0));
    }
    return desks;
  }

  private ObjectNode burst(LoadedData data, Product product) throws IOException {
    int rate = plan.rate() * plan.burst();
    say("A burst of %d calls a second for %d s".formatted(rate, plan.burstSeconds()));
    long since = clock.micros();
    long began = System.nanoTime();
    Period burst = play(data, product, rate, plan.burstSeconds());
    return figures(burst)
        .put("recorded", data.data().recordsSince(since))
        .put("seconds", Math.round((System.nanoTime() - began) / 1e9));
  }

  // ---- traffic -------------------------------------------------------------------------------

  private Period play(LoadedData data, Product product, int rate, int seconds) throws IOException {
    Cost before = cost(data, product);
    Period period =
        new Traffic(random, () -> arrive(data.callers()), exchange::live).play(rate, seconds);
    period.cost(cost(data, product).minus(before));
    return period;
  }

  private FakeCall arrive(List<BenchData.Caller> callers) {
    while (true) {
      BenchData.Caller caller = callers.get(random.nextInt(callers.size()));
      FakeCall call = exchange.arrive(caller.number(), caller.customer(), BenchData.LINE);
      if (call != null) {
        return call;
      }
    }
  }

  private Cost cost(LoadedData data, Product product) throws IOException {
    return new Cost(
        Processes.cpuMicros(product.pid()), Processes.cpuMicrosOfFamily(data.postgresPid()),
        exchange.events());
  }

  // ---- what desks see ------------------------------------------------------------------------

  @Override
  public void card(Desk.Shown shown) {
    FakeCall call = exchange.byNumber(shown.number());
    if (call != null) {
      call.popped(shown.customer(), shown.nanos());
    }
  }

  @Override
  public void trouble(String what) {
    troubles.increment();
    if (troubles.sum() <= 10) {
      say(what);
    }
  }

  // ---- figures -------------------------------------------------------------------------------

  private ObjectNode figures(Period period) {
    ObjectNode node = period.figures();
    node.put("customers", plan.customers());
    node.put("agents", plan.agents());
    node.put("talkMillis", plan.talkMillis());
    node.put("warmUpSeconds", plan.warmUpSeconds());
    return node;
  }

  private static void say(String text) {
    System.err.println("  " + text + " ...");
  }
}
