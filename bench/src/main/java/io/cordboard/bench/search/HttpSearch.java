package io.cordboard.bench.search;

import io.cordboard.bench.data.LoadedData;
import io.cordboard.bench.desk.SignIn;
import io.cordboard.bench.measure.Requests;
import io.cordboard.kernel.Fault;
import io.cordboard.store.demo.BenchData.Sample;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same searches as an agent's page asks them: through the server, with rights, masks and the audit of every
 * customer who is shown. And pages deep in the lists; a page without an entry is no page and is not counted.
 */
final class HttpSearch {
  /** Pages from here on are deep. */
  static final int DEEP_FROM = 20;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TYPED_PAGE = 9;
  private static final int LIST_PAGE = 100;
  private static final int MOST_PAGES = 200;
  private static final int DEEP_PAGES = 200;

  private final URI server;
  private final String cookie;
  private final Requests requests = new Requests();
  private final SplittableRandom random = new SplittableRandom(7);
  private final List<Sample> samples;

  HttpSearch(URI server, LoadedData.Agent agent, List<Sample> samples) {
    this.server = server;
    this.cookie = new SignIn(server).cookie(agent);
    this.samples = samples;
  }

  /** What was asked, and how long it took. */
  private record Asked(JsonNode answer, long nanos) {}

  /** Types; the time of each search in nanoseconds. */
  List<Long> type(int searches) {
    List<Long> took = new ArrayList<>();
    while (took.size() < searches) {
      for (String text : Keystrokes.of(samples.get(random.nextInt(samples.size())), random)) {
        took.add(ask("/api/v1/customers?limit=" + TYPED_PAGE + "&q=" + encoded(text)).nanos());
      }
    }
    return took;
  }

  /** First and deep pages of all lists that agents leaf through. */
  void pages(ObjectNode figures, Sample changed) {
    // so many are looked at that larger pages would never be deep
    walk("search", "/api/v1/customers?limit=" + TYPED_PAGE + "&q=" + encoded(broad()), figures);
    walk("tasks", "/api/v1/tasks?view=open&limit=" + LIST_PAGE, figures);
    walk("changes", "/api/v1/customers/" + changed.id() + "/changes?limit=" + LIST_PAGE, figures);
    Pages all = new Pages();
    for (int i = 0; i < DEEP_PAGES; i++) {
      String cursor = "0\n\n" + samples.get(random.nextInt(samples.size())).id();
      String list = "/api/v1/customers?limit=" + LIST_PAGE;
      all.add(0, ask(list));
      all.add(DEEP_FROM, ask(list + "&cursor=" + base64(cursor)));
    }
    all.tell("list", figures);
  }

  /** A text that fits very many: the commonest first character of a name. */
  private String broad() {
    return samples.stream()
        .map(sample -> sample.name().substring(0, sample.name().offsetByCodePoints(0, 1)))
        .collect(Collectors.groupingBy(text -> text, Collectors.counting()))
        .entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .orElseThrow()
        .getKey();
  }

  private void walk(String name, String list, ObjectNode figures) {
    Pages pages = new Pages();
    String cursor = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      Asked asked = ask(list + (cursor == null ? "" : "&cursor=" + cursor));
      pages.add(page, asked);
      JsonNode next = asked.answer().path("next");
      if (next.isNull() || next.isMissingNode()) {
        break;
      }
      cursor = encoded(next.asString());
    }
    pages.tell(name, figures);
  }

  /** Times of first and of deep pages. */
  static final class Pages {
    private final List<Long> first = new ArrayList<>();
    private final List<Long> deep = new ArrayList<>();
    private int count;

    private void add(int page, Asked asked) {
      add(page, asked.answer().path("items").size(), asked.nanos());
    }

    void add(int page, int items, long nanos) {
      if (items == 0) {
        return;
      }
      count++;
      if (page == 0) {
        first.add(nanos);
      } else if (page >= DEEP_FROM) {
        deep.add(nanos);
      }
    }

    /** Null where there was no such page: nothing was measured. */
    void tell(String name, ObjectNode figures) {
      ObjectNode told = figures.putObject(name);
      told.put("pages", count);
      told.put("firstPageMillis", median(first));
      told.put("deepPages", deep.size());
      told.put("deepPageMillis", median(deep));
    }

    private static @Nullable Double median(List<Long> times) {
      return times.isEmpty()
          ? null
          : SearchBench.millis(times.stream().sorted().toList().get(times.size() / 2));
    }
  }

  private Asked ask(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Cookie", cookie)
            .GET()
            .build();
    long begin = System.nanoTime();
    HttpResponse<String> answer = requests.send(request);
    long nanos = System.nanoTime() - begin;
    if (answer.statusCode() != 200) {
      throw new Fault.Refused(path + ": HTTP " + answer.statusCode() + ": " + answer.body());
    }
    return new Asked(JSON.readTree(answer.body()), nanos);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
