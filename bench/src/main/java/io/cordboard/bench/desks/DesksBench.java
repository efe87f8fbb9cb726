package io.cordboard.bench.desks;

import io.cordboard.app.SystemClock;
import io.cordboard.bench.data.LoadedData;
import io.cordboard.bench.data.LoadedData.Agent;
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
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hundreds of desks are connected while calls arrive on the demo switch: what a desk costs in memory, and how
 * fast the card is there.
 */
public final class DesksBench implements Desk.Watch {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SWITCH = "demo";
  private static final long ANSWER_MILLIS = 500;
  private static final int MOST_KINDS = 20;

  private final DesksPlan plan;
  private final LoadedData data;
  private final Product product;
  private final Growth growth;
  private final TestCalls calls;
  private final SplittableRandom random = new SplittableRandom(7);
  private final Clock clock = new SystemClock();
  private final LongAdder messages = new LongAdder();
  private final Map<String, LongAdder> troubles = new ConcurrentHashMap<>();
  private final List<Desk> desks = new ArrayList<>();

  private DesksBench(DesksPlan plan, LoadedData data, Product product) {
    this.plan = plan;
    this.data = data;
    this.product = product;
    this.growth = new Growth(product.pid(), data.data());
    this.calls =
        new TestCalls(product, data.callers(), random.split(), plan.talkSeconds(), this::trouble);
  }

  /** Runs it; prints the figures as the last line. */
  public static int run(List<String> args, Path launcher, Path cache)
      throws IOException, SQLException {
    DesksPlan plan = DesksPlan.parse(args, cache);
    try (LoadedData data =
            LoadedData.open(
                plan.data(), plan.customers(), plan.desks(), SWITCH, Phone.Kind.VIRTUAL,
                DesksBench::say);
        Product product = Product.up(launcher, plan.data(), true)) {
      ObjectNode figures = new DesksBench(plan, data, product).measure();
      System.out.println(JSON.writeValueAsString(figures));
      long offered = figures.get("offered").asLong();
      return figures.get("delivered").asLong() == offered
              && figures.get("recorded").asLong() == offered
          ? 0
          : 1;
    }
  }

  private ObjectNode measure() throws IOException {
    try {
      List<Agent> agents = data.agents();
      int half = agents.size() / 2;
      // what is made once for all desks is no desk's memory
      connect(agents.subList(0, 1));
      desks.removeFirst().close();
      growth.look();
      connect(agents.subList(0, half));
      growth.look();
      connect(agents.subList(half, agents.size()));
      growth.look();
      say("Warming up for %d s".formatted(plan.warmUpSeconds()));
      play(plan.warmUpSeconds());
      say("Measuring for %d s".formatted(plan.seconds()));
      long since = clock.micros();
      long before = messages.sum();
      Period period = play(plan.seconds());
      long heard = messages.sum() - before;
      growth.look();
      return figures(period, heard).put("recorded", data.data().recordsSince(since));
    } finally {
      desks.forEach(Desk::close);
    }
  }

  private void connect(List<Agent> agents) {
    say("Signing %d agents in".formatted(agents.size()));
    SignIn signIn = new SignIn(product.url());
    for (Agent agent : agents) {
      desks.add(
          Desk.open(
              product.url(), signIn.cookie(agent), clock, this, messages, ANSWER_MILLIS));
    }
    Traffic.await("all agents are ready", () -> desks.stream().allMatch(Desk::ready));
  }

  private Period play(int seconds) throws IOException {
    Cost before = cost();
    Period period = new Traffic(random, calls::arrive, calls::live).play(plan.rate(), seconds);
    period.cost(cost().minus(before));
    return period;
  }

  private Cost cost() throws IOException {
    return new Cost(
        Processes.cpuMicros(product.pid()), Processes.cpuMicrosOfFamily(data.postgresPid()), 0);
  }

  // ---- what desks see ------------------------------------------------------------------------

  @Override
  public void card(Desk.Shown shown) {
    PoppedCall call = calls.byNumber(shown.number());
    if (call != null) {
      synchronized (call) {
        if (!call.isPopped()) {
          call.arrived(shown.nanos() - shown.tookMicros() * 1_000);
          call.popped(shown.customer(), shown.nanos());
        }
      }
    }
  }

  @Override
  public void wrapsUp(String number) {
    calls.over(number);
  }

  @Override
  public void trouble(String what) {
    // ids and numbers in it would make each a kind of its own
    String kind = what.replaceAll("[0-9a-f-]{36}|\\+?[0-9]{6,}", "...");
    if (troubles.size() < MOST_KINDS || troubles.containsKey(kind)) {
      troubles.computeIfAbsent(kind, k -> new LongAdder()).increment();
    }
  }

  // ---- figures -------------------------------------------------------------------------------

  private ObjectNode figures(Period period, long heard) {
    List<Long> heap = growth.heapBytes();
    int half = plan.desks() / 2;
    ObjectNode node = period.figures();
    node.put("desks", plan.desks());
    node.put("messagesPerCall", Period.rounded((double) heard / Math.max(1, period.offered()), 10));
    node.put("heapBytesPerDesk", (heap.get(2) - heap.get(0)) / plan.desks());
    node.put("heapBytesPerDeskOfTheSecondHalf", (heap.get(2) - heap.get(1)) / (plan.desks() - half));
    ObjectNode bytes = node.putObject("heapBytes");
    bytes.put("0", heap.get(0));
    bytes.put(String.valueOf(half), heap.get(1));
    bytes.put(String.valueOf(plan.desks()), heap.get(2));
    bytes.put("afterTheCalls", heap.get(3));
    node.put("customers", plan.customers());
    node.put("talkSeconds", plan.talkSeconds());
    node.put("warmUpSeconds", plan.warmUpSeconds());
    ObjectNode told = node.putObject("troubles");
    troubles.forEach((kind, times) -> told.put(kind, times.sum()));
    return node;
  }

  private static void say(String text) {
    System.err.println("  " + text + " ...");
  }
}
