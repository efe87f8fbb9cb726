package io.cordboard.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class HttpSearchTest {
  private final ObjectNode figures = JsonMapper.builder().build().createObjectNode();

  @Test
  void aPageWithoutAnEntryIsNoPage() {
    HttpSearch.Pages pages = new HttpSearch.Pages();
    pages.add(0, 100, 3_000_000);
    pages.add(1, 100, 5_000_000);
    pages.add(HttpSearch.DEEP_FROM, 0, 10_000);
    pages.tell("tasks", figures);
    assertThat(figures.at("/tasks/pages").asInt()).isEqualTo(2);
    assertThat(figures.at("/tasks/firstPageMillis").asDouble()).isEqualTo(3.0);
    assertThat(figures.at("/tasks/deepPages").asInt()).isZero();
    assertThat(figures.at("/tasks/deepPageMillis").isNull()).as("nothing was measured").isTrue();
  }

  @Test
  void whatIsTooSlowFailsAndSoDoesWhatWasNotMeasured() {
    figures.put("p99Millis", 50.0);
    assertThat(SearchBench.keeps(figures, 50)).isTrue();
    assertThat(SearchBench.keeps(figures, 49)).isFalse();
    assertThat(SearchBench.keeps(figures, 0)).as("no limit").isTrue();
    ObjectNode deep = figures.putObject("http").put("p99Millis", 10.0).putObject("tasks");
    deep.put("deepPageMillis", 10.0);
    assertThat(SearchBench.keeps(figures, 50)).isTrue();
    deep.put("deepPageMillis", 51.0);
    assertThat(SearchBench.keeps(figures, 50)).isFalse();
    deep.putNull("deepPageMillis");
    assertThat(SearchBench.keeps(figures, 50)).isFalse();
  }
}
