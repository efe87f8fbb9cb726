package io.cordboard.bench.pop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PopBenchTest {
  private static ObjectNode figures() {
    return JsonMapper.builder()
        .build()
        .createObjectNode()
        .put("offered", 100)
        .put("delivered", 100)
        .put("served", 100)
        .put("recorded", 100)
        .put("wrongCustomer", 0);
  }

  @Test
  void isWholeOnlyWhereNothingIsMissing() {
    assertThat(PopBench.whole(figures())).isTrue();
    for (String count : List.of("delivered", "served", "recorded")) {
      assertThat(PopBench.whole(figures().put(count, 99))).as(count).isFalse();
    }
    assertThat(PopBench.whole(figures().put("recorded", 101))).isFalse();
    assertThat(PopBench.whole(figures().put("wrongCustomer", 1))).isFalse();
    assertThat(PopBench.whole(figures().put("offered", 0).put("delivered", 0))).isFalse();
  }
}
