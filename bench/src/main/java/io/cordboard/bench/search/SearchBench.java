package io.cordboard.bench.search;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.app.Options;
import io.cordboard.bench.data.LoadedData;
import io.cordboard.bench.measure.Processes;
import io.cordboard.bench.measure.Product;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.Place;
import io.cordboard.core.profile.CustomerSearch;
import io.cordboard.core.profile.CustomerSearch.Found;
import io.cordboard.core.profile.CustomerSearch.Position;
import io.cordboard.core.profile.SearchQuery;
import io.cordboard.core.trust.Phone;
import io.cordboard.store.customer.JdbcCustomerSearch;
import io.cordboard.store.customer.JdbcSpellings;
import io.cordboard.store.demo.BenchData.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Searches for customers as they are typed, and walks the list of all of them. */
public final class SearchBench {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE = 9;
  private static final int LIST_PAGE = 100;
  private static final int DEEP_PAGES = 200;
  private static final int LISTED = 5_000;
  private static final Place HOME = Place.of("CN");

  private final CustomerSearch search;
  private final NumberReader numbers = new NumberReader();
  private final SplittableRandom random = new SplittableRandom(7);
  private final List<Sample> samples;
  /** On a busy machine the least of several tells what a search takes by itself. */
  private final int leastOf;

  /** One search. */
  private record Took(String text, long nanos) {}

  private SearchBench(CustomerSearch search, List<Sample> samples, int leastOf) {
    this.search = search;
    this.samples = samples;
    this.leastOf = leastOf;
  }

  /**
   * Runs it; prints the figures as the last line. With {@code --http} also through the server; fails where
   * something took longer than {@code --under} milliseconds.
   */
  public static int run(List<String> args, Path launcher, Path cache)
      throws IOException, SQLException {
    Options options =
        Options.parse(
            args, Set.of("--customers", "--searches", "--warm-up", "--least-of", "--under"),
            Set.of("--http"));
    int customers = options.number("--customers", 100_000);
    int searches = options.number("--searches", 5_000);
    int under = options.number("--under", 0);
    boolean served = false;
    Path data =
        options.value("--data").map(Path::of).orElse(cache.resolve("bench-" + customers));
    LoadedData loaded =
        LoadedData.open(
            data.toAbsolutePath(), customers, 1, "asterisk", Phone.Kind.SIP, System.err::println);
    try {
      HikariDataSource pool = loaded.pool();
      long spelled = new JdbcSpellings(pool).fill();
      if (spelled > 0) {
        loaded.data().tidy();
      }
      SearchBench bench =
          new SearchBench(
              new JdbcCustomerSearch(pool), loaded.data().samples(2_000),
              Math.max(1, options.number("--least-of", 1)));
      bench.type(options.number("--warm-up", 1_000));
      ObjectNode figures = JSON.createObjectNode().put("customers", customers);
      long cpu = Processes.cpuMicrosOfFamily(loaded.postgresPid());
      List<Took> took = bench.type(searches);
      cpu = Processes.cpuMicrosOfFamily(loaded.postgresPid()) - cpu;
      bench.tell(took, figures);
      figures.put("postgresCpuMicrosPerSearch", cpu / Math.max(1, (long) took.size() * bench.leastOf));
      figures.put("leastOf", bench.leastOf);
      bench.pages(figures);
      ObjectNode sizes = figures.putObject("indexBytes");
      loaded.data().searchIndexes().forEach(sizes::put);
      if (options.flag("--http")) {
        served = true;
        bench.served(loaded, launcher, options, figures.putObject("http"));
      }
      System.out.println(JSON.writeValueAsString(figures));
      return keeps(figures, under) ? 0 : 1;
    } finally {
      loaded.close();
      if (!served) {
        loaded.stop();
      }
    }
  }

  /** As agents' pages ask, with lists that are long. */
  private void served(LoadedData loaded, Path launcher, Options options, ObjectNode figures)
      throws IOException {
    Sample changed = samples.getFirst();
    loaded.data().fillLists(LISTED, changed.id());
    try (Product product = Product.up(launcher, loaded.directory(), false)) {
      HttpSearch http = new HttpSearch(product.url(), loaded.agents().getFirst(), samples);
      http.type(options.number("--warm-up", 1_000));
      long cpu = Processes.cpuMicros(product.pid());
      List<Long> took = http.type(options.number("--searches", 5_000)).stream().sorted().toList();
      cpu = Processes.cpuMicros(product.pid()) - cpu;
      figures.put("searches", took.size());
      figures.put("p50Millis", millis(took.get(took.size() / 2)));
      figures.put("p95Millis", millis(took.get(took.size() * 95 / 100)));
      figures.put("p99Millis", millis(took.get(took.size() * 99 / 100)));
      figures.put("serverCpuMicrosPerSearch", cpu / took.size());
      http.pages(figures, changed);
    }
  }

  /** Whether nothing took longer; a deep page that was not there was not measured, and keeps nothing. */
  static boolean keeps(JsonNode figures, int under) {
    return under <= 0
        || Stream.concat(
                figures.findValues("p99Millis").stream(),
                figures.findValues("deepPageMillis").stream())
            .allMatch(one -> one.isNumber() && one.asDouble() <= under);
  }

  private List<Took> type(int searches) {
    List<Took> took = new ArrayList<>();
    while (took.size() < searches) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      for (String text : Keystrokes.of(sample, random)) {
        took.add(new Took(text, least(text)));
      }
    }
    return took;
  }

  private long least(String text) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < leastOf; i++) {
      long begin = System.nanoTime();
      search.find(
          SearchQuery.of(text, numbers.canonical(text, HOME), HOME.callingCode()), null, PAGE);
      least = Math.min(least, System.nanoTime() - begin);
    }
    return least;
  }

  private void tell(List<Took> took, ObjectNode figures) {
    List<Took> sorted = took.stream().sorted(Comparator.comparingLong(Took::nanos)).toList();
    figures.put("searches", sorted.size());
    figures.put("p50Millis", millis(sorted.get(sorted.size() / 2).nanos()));
    figures.put("p95Millis", millis(sorted.get(sorted.size() * 95 / 100).nanos()));
    figures.put("p99Millis", millis(sorted.get(sorted.size() * 99 / 100).nanos()));
    for (Took slow : sorted.reversed().subList(0, Math.min(10, sorted.size()))) {
      System.err.printf("  '%s' took %.1f ms%n", slow.text(), millis(slow.nanos()));
    }
  }

  /** The first pages of the list of all, and pages that lie as deep as there are customers. */
  private void pages(ObjectNode figures) {
    figures.put("firstPageMillis", millis(median(null)));
    List<Long> deep = new ArrayList<>();
    for (int i = 0; i < DEEP_PAGES; i++) {
      Position far = new Position(0, "", samples.get(random.nextInt(samples.size())).id());
      deep.add(page(far));
    }
    figures.put("deepPageMillis", millis(deep.stream().sorted().toList().get(DEEP_PAGES / 2)));
  }

  private long median(@Nullable Position after) {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < DEEP_PAGES; i++) {
      all.add(page(after));
    }
    return all.stream().sorted().toList().get(DEEP_PAGES / 2);
  }

  private long page(@Nullable Position after) {
    long begin = System.nanoTime();
    Found found = search.all(after, LIST_PAGE);
    return found.hits().isEmpty() ? 0 : System.nanoTime() - begin;
  }

  static double millis(long nanos) {
    return Math.round(nanos / 1e4) / 100.0;
  }
}
